/** Runs one node as a process: pid file, signals, exit. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Definitions, startDefinitions } from './clinical/index.ts';
import { assertFolderFree } from './compose.ts';
import { type Config, ConfigFault } from './config.ts';
import { createNode, type Node, type NodeConfig } from './create-node.ts';
import { giveBackMemory } from './give-back-memory.ts';
import type { TamperLab } from './lab/tamper-lab.ts';
import { FILES } from './storage/data-folder.ts';
import { readPassphrase } from './storage/node-key.ts';

export interface RunHooks {
  readonly onReady: (url: string) => void;
  /** Between listening and `onReady`, with the definitions that other nodes of the process may share; what it answers with is called, and waited for, before the node is closed. */
  readonly prepare?: (node: Node, definitions: Definitions) => Promise<() => Promise<void>>;
  /** Folders made by the demo are refused unless this is true. */
  readonly demo?: boolean;
  readonly lab?: TamperLab;
}

export function nodeConfigOf(config: Config & { readonly data: string }): NodeConfig {
  return {
    dataFolder: config.data,
    ...(config.keys === undefined ? {} : { keysFolder: config.keys }),
    ...(config.passphraseFile === undefined ? {} : { passphrase: readPassphrase(config.passphraseFile) }),
    host: config.host,
    port: config.port,
    logLevel: config.logLevel,
    trustProxy: config.trustProxy,
    emergencyNumber: config.emergencyNumber,
    ...(config.timeZone === undefined ? {} : { timeZone: config.timeZone }),
    ...(config.peerUrl === undefined ? {} : { peerUrl: config.peerUrl }),
    ...(config.peerCa === undefined ? {} : { peerCa: readSecret(config.peerCa) }),
    ...(config.knownBlock === undefined ? {} : { knownBlock: config.knownBlock }),
    ...(config.snapshotFrom === undefined ? {} : { snapshotFrom: config.snapshotFrom }),
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    ...(config.smtpUrl === undefined || config.smtpFrom === undefined
      ? {}
      : { smtp: { url: config.smtpUrl, from: config.smtpFrom } }),
    ...(config.tlsCertificate === undefined || config.tlsKey === undefined
      ? {}
      : { tls: { certificate: readSecret(config.tlsCertificate), key: readSecret(config.tlsKey) } }),
  };
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigFault([`${file} cannot be read`]);
  }
}

/** Resolves after SIGTERM or SIGINT, when everything is closed. @throws what stopped the ledger, when it cannot go on */
export async function runNode(config: Config & { readonly data: string }, hooks: RunHooks): Promise<void> {
  const stopped = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => stop());
  });
  const nodeConfig = nodeConfigOf(config);
  if (assertFolderFree(nodeConfig.dataFolder).demo && hooks.demo !== true) {
    throw new ConfigFault(['this folder was made by demo: its passwords are public, so node does not start on it']);
  }
  // They are read on another core while the ledger is opened.
  const definitions = startDefinitions();
  definitions.catch(() => undefined);
  let node: Node | undefined;
  let finish: (() => Promise<void>) | undefined;
  let pidFile: string | undefined;
  try {
    node = await createNode(nodeConfig, { definitions, ...(hooks.lab === undefined ? {} : { lab: hooks.lab }) });
    pidFile = join(node.hospital.folder, FILES.pid);
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
    finish = await hooks.prepare?.(node, await definitions);
    // Opening the ledger read much that nobody needs any more.
    await giveBackMemory();
    hooks.onReady(node.url);
    const failure = await Promise.race([stopped, node.hospital.failed]);
    if (failure !== undefined) throw failure;
  } finally {
    await finish?.();
    await node?.close();
    if (pidFile !== undefined) rmSync(pidFile, { force: true });
    await definitions.then(
      (started) => started.close(),
      () => undefined,
    );
  }
}
