/** Accounts of one hospital: how they come to be, how people sign in, and what programs may use instead. */
export { createAccounts, type Accounts } from './accounts.ts';
export { createEnrolment, createToken, type CreatedToken, type TokenParameters } from './operator.ts';
export type { AccountsPorts, LedgerPeople, PatientDirectory, PersonDraft } from './ports.ts';
export { type AccountStore, type AccountStorePorts, openAccountStore } from './store.ts';
