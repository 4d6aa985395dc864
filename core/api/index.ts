export * from './ledger.ts';
export * from './patients.ts';
export * from './records.ts';
