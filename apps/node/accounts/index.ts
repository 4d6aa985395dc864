/** Accounts of one hospital: how they come to be, how people sign in, and what programs may use instead. */
export { createAccounts } from './accounts.ts';
export { createEnrolment, createToken, type CreatedToken, renewEnrolment, type RenewedEnrolment } from './operator.ts';
export type { Custody } from './custody.ts';
export type { AccountLetters, LedgerCustody, LedgerKeys, LedgerPeople, PatientDirectory } from './ports.ts';
export type { LetterTable } from './letter-table.ts';
export { type AccountStore, openAccountStore } from './store.ts';
export { checkAccounts } from './check.ts';
export { checkCustody } from './check-custody.ts';
export { CustodyTable } from './custody-table.ts';
export { Sealing } from './sealing.ts';
export type { PersonReference } from './account-table.ts';
