export { checkState, type StateFault } from './check-state.ts';
export { StateDamaged } from './checked-rows.ts';
export { importState } from './import-state.ts';
export { type JoinedState, joinStates } from './joined-state.ts';
export { openStateRows, type StateRows } from './state-rows.ts';
export { type SqliteStateStore, openStateForReading, openStateStore } from './state-store.ts';
