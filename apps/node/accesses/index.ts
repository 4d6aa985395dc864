/** Everything about who reads: the scope of a caller, the access events and the audit log behind it. */
import type { DatabaseSync } from 'node:sqlite';
import type { Aead, Random } from '@clearchart/crypto';
import type { CareResource, Clock, LinkedPatient, Timers } from '@clearchart/exchange';
import { contentOf, type ClinicalStore, type FhirContext } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import type { OrganizationTransactions } from '../ledger/organization-transactions.ts';
import type { NodeKeys } from '../storage/node-key.ts';
import { type AccessBatches, openAccessBatches } from './access-batches.ts';
import { type AccessEntries, openAccessEntries } from './access-entries.ts';
import { createAccessTables } from './access-tables.ts';
import { type AccessWindows, openAccessWindows } from './access-windows.ts';
import { openAuditLog } from './audit-log.ts';
import { type CareRelationships, openCareRelationships } from './care-relationships.ts';
import { type JoinedRecords, openJoinedRecords } from './joined-records.ts';
import { OWN_SCOPE, scopeOf } from './scope.ts';

export { openAccessEntries } from './access-entries.ts';
export { createAccessTables } from './access-tables.ts';
export { openDetail } from './access-windows.ts';
export { checkAuditLog } from './audit-log.ts';
export type { JoinedRecords } from './joined-records.ts';
export { OWN_SCOPE } from './scope.ts';

export interface AccessPorts {
  readonly database: DatabaseSync;
  readonly keys: NodeKeys;
  readonly aead: Aead;
  readonly random: Random;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly clinical: ClinicalStore;
  readonly own: OrganizationTransactions;
  readonly declaredUpTo: () => number;
}

export interface Accesses {
  readonly windows: AccessWindows;
  readonly batches: AccessBatches;
  readonly entries: AccessEntries;
  readonly relationships: CareRelationships;
  readonly joined: JoinedRecords;
  /** What a request of this caller is given: a scope, and the duty to report what leaves. */
  contextOf(caller: Caller): FhirContext;
  /** The same for a list of people: name, birth date, how to be reached. */
  listContextOf(caller: Caller): FhirContext;
  close(): void;
}

/** Care resources of one practitioner that are read at once. */
const MOST_CARE_RESOURCES = 5_000;
/** Patients with a link, of one hospital. */
const MOST_LINKED = 20_000;

export function openAccesses(ports: AccessPorts): Accesses {
  const { database, keys, aead, random, clock, timers, clinical, own } = ports;
  createAccessTables(database);
  const audit = openAuditLog({ database, key: keys.audit, aead, random, timers });
  const windows = openAccessWindows({
    database,
    aead,
    random,
    clock,
    timers,
    audit,
    key: keys.access,
    pseudonymOf: (patientId) => clinical.pseudonymOf(patientId),
  });
  const batches = openAccessBatches({
    database,
    clock,
    timers,
    logAccesses: own.logAccesses,
    outbox: clinical.outbox,
    declaredUpTo: ports.declaredUpTo,
  });
  const relationships = openCareRelationships({
    clock,
    findAll: (type, criteria) => findAll<CareResource>(clinical, type, criteria, MOST_CARE_RESOURCES),
  });
  const joined = openJoinedRecords(() =>
    findAll<LinkedPatient>(clinical, 'Patient', 'link:missing=false', MOST_LINKED),
  );
  const scopeFor = (caller: Caller) => scopeOf(caller, { clock, relationships, joined, types: clinical.types });
  const stopListening = clinical.onCommitted((types) => {
    relationships.written(types);
    joined.written(types);
  });
  return {
    windows,
    batches,
    entries: openAccessEntries(database),
    relationships,
    joined,
    contextOf: (caller) => ({
      scope: scopeFor(caller),
      owner: ownerOf(caller),
      onDisclosed: (disclosure) => windows.disclosed(caller, disclosure),
    }),
    listContextOf: (caller) => ({
      scope: scopeFor(caller),
      owner: ownerOf(caller),
      onDisclosed: (disclosure) => windows.listed(caller, disclosure),
    }),
    close() {
      stopListening();
      windows.close();
      batches.close();
    },
  };
}

function ownerOf({ accountId, tokenId, name }: Caller): string {
  if (accountId !== undefined) return `account/${accountId}`;
  return tokenId === undefined ? `name/${name}` : `token/${tokenId}`;
}

function findAll<Found>(clinical: ClinicalStore, type: string, criteria: string, most: number): Found[] {
  const session = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  return session.find(type, criteria, most).map(({ content }) => contentOf<Found>({ content }));
}
