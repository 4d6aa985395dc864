export * from './account-values.ts';
export * from './accounts.ts';
export * from './errors.ts';
export * from './ledger.ts';
export * from './patients.ts';
export * from './records.ts';
export * from './sessions.ts';
export * from './signed-messages.ts';
