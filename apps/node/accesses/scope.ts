/** The one policy point of the node: what a caller may see and change now, decided anew for each request. */
import { checkWrite, type Clock, decideAccess, type Reader, stampWrite } from '@clearchart/exchange';
import type { AccessScope } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import type { CareRelationships } from './care-relationships.ts';
import type { JoinedRecords } from './joined-records.ts';

export interface ScopePorts {
  readonly clock: Clock;
  readonly relationships: CareRelationships;
  readonly joined: JoinedRecords;
  /** Every resource type the store knows. */
  readonly types: ReadonlySet<string>;
}

export function scopeOf(caller: Caller, { clock, relationships, joined, types }: ScopePorts): AccessScope {
  const isPractitioner = caller.role === 'practitioner' && caller.person?.startsWith('Practitioner/') === true;
  const reader: Reader = {
    role: caller.role,
    person: caller.person,
    pseudonym: caller.pseudonym,
    relationships: isPractitioner && caller.person !== undefined ? relationships.of(caller.person) : [],
    sameAs: (patientId) => joined.sameAs(patientId),
  };
  return {
    ...decideAccess(reader, types, clock.now()),
    checkWrite: (before, after) => checkWrite(reader, before, after, clock.now()),
    stampWrite: (resource, isNew) => stampWrite(reader, resource, isNew),
    sameAs: (patientId) => joined.sameAs(patientId),
  };
}

/** The hospital's own right, for what the node does by itself. Never handed to a request. */
export const OWN_SCOPE: AccessScope = {
  types: 'all',
  subjects: 'all',
  categories: 'all',
  directory: true,
  write: 'all',
};
