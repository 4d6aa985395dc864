/** One hospital's server as a value, and the operator's work on its folder. */
export { type Config, CONFIG_NAMES, ConfigFault, type ConfigName, flagOf, readConfig, variableOf } from './config.ts';
export { type HospitalOptions, openHospital } from './compose.ts';
export { checkDataFolder, foundNetwork, restoreBackup } from './compose-operator.ts';
export { createNode, type Node, type NodeConfig } from './create-node.ts';
export type { BackupReport } from './operator/backup.ts';
export type { CheckReport, Fault } from './operator/check.ts';
export { askRunningNode, type Operate, type OperatorRequest } from './operator/control-socket.ts';
export type { ExportReport } from './operator/export.ts';
export type { Founded, FoundingOptions, KeyOptions } from './operator/founding.ts';
export type { ImportReport } from './operator/import.ts';
export { withNodeAtRest } from './operator/node-at-rest.ts';
export type { CreatedToken } from './accounts/index.ts';
export { OperatorRefusal } from './operator/refusal.ts';
export type { RestoreReport } from './operator/restore.ts';
export { runNode } from './run-node.ts';
export { DamagedData, FolderNotEmpty, isDemoFolder, NotADataFolder } from './storage/data-folder.ts';
export { FolderInUse } from './storage/folder-in-use.ts';
export { keysFolderOf, KeyUnavailable, readPassphrase } from './storage/node-key.ts';
