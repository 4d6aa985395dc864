export type { CheckFault, CommitmentLookup } from './check.ts';
export { type Definitions, startDefinitions } from './definitions/definitions.ts';
export { outcomeOf } from './operation-outcome.ts';
export type { Outbox, OutboxEntry } from './outbox.ts';
export type * from './ports.ts';
export { Refusal } from './refusal.ts';
export { BODY_LIMIT, type FhirContext, registerFhirRoutes } from './routes.ts';
export type { ClinicalSession, VersionWithOpening } from './session.ts';
export { type ClinicalStore, createClinicalStore } from './store.ts';
