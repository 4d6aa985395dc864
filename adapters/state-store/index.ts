export { checkState, type StateFault } from './check-state.ts';
export { type FolderLock, lockFolder } from './folder-lock.ts';
export { type SqliteStateStore, openStateForReading, openStateStore } from './state-store.ts';
