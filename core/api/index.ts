import './without-eval.ts';

export * from './account-values.ts';
export * from './accounts.ts';
export * from './booking.ts';
export * from './calendar.ts';
export * from './custody.ts';
export * from './disputes.ts';
export * from './record-disputes.ts';
export * from './errors.ts';
export * from './hours.ts';
export * from './joined-records.ts';
export * from './ledger.ts';
export * from './new-keys.ts';
export * from './patient-lists.ts';
export * from './patients.ts';
export * from './records.ts';
export * from './sessions.ts';
export * from './signed-messages.ts';
