export { fetchSnapshot, type Snapshot } from './fetch-snapshot.ts';
export { SnapshotGiver } from './give-snapshots.ts';
export { History, type HistoryPorts } from './history.ts';
export { JoinedBlocks } from './joined-blocks.ts';
export { AWAY_MS, WORTH_A_SNAPSHOT } from './limits.ts';
