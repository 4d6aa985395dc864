export { openConsensusStore, type SqliteConsensusStore } from './consensus-store.ts';
