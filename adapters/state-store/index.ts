export { checkState, type StateFault } from './check-state.ts';
export { StateDamaged } from './checked-rows.ts';
export { type SqliteStateStore, openStateForReading, openStateStore } from './state-store.ts';
