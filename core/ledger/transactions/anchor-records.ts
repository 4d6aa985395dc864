/** A hospital commits to record versions, many at once: each version is anchored once, ever. */
import type { CategoryTag, Commitment, OrganizationId, Pseudonym, RecordId } from '../identifiers.ts';
import { type Rejection, reject } from '../rejection.ts';
import { hex, integer, listOf, nullable, object } from '../shape.ts';
import { custodianKey, personKey, recordKey, type StateOverlay } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, organizationSigner } from './signers.ts';

export const MOST_ANCHORED_RECORDS = 1_000;

export interface AnchoredRecord {
  readonly record: RecordId;
  /** 1 and up. */
  readonly version: number;
  /** Null for a record of nobody, such as a ward. */
  readonly subject: Pseudonym | null;
  readonly categoryTag: CategoryTag;
  readonly commitment: Commitment;
}

export interface AnchorRecords {
  readonly organization: OrganizationId;
  readonly records: readonly AnchoredRecord[];
}

export const anchorRecords: TransactionRule<AnchorRecords> = {
  shape: object({
    organization: hex(32),
    records: listOf(
      object({
        record: hex(32),
        version: integer(1),
        subject: nullable(hex(32)),
        categoryTag: hex(32),
        commitment: hex(64),
      }),
      1,
      MOST_ANCHORED_RECORDS,
    ),
  }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, records }, state) {
    for (const anchored of records) {
      const rejection = applyOne(anchored, organization, state);
      if (rejection !== undefined) return rejection;
    }
    return undefined;
  },
};

function applyOne(
  { record, version, subject, categoryTag, commitment }: AnchoredRecord,
  organization: OrganizationId,
  state: StateOverlay,
): Rejection | undefined {
  const custodian = state.read(custodianKey(record))?.organization;
  if (custodian === undefined) state.write(custodianKey(record), { organization });
  else if (custodian !== organization) return reject('record-of-another-custodian', { record });
  else if (state.read(recordKey(record, version)) !== undefined)
    return reject('record-version-anchored', { record, version });
  if (subject !== null) {
    const person = state.read(personKey(subject));
    if (person === undefined) return reject('person-unknown', { pseudonym: subject });
    if (person.organization !== organization) return reject('organization-not-home', { organization });
  }
  state.write(recordKey(record, version), { categoryTag, commitment, custodian: organization, subject });
  return undefined;
}
