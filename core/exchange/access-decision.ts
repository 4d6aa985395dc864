/**
 * Who may read and write what at the hospital that keeps the record: one pure function, deny by
 * default. A caller without a rule here sees nothing (docs/protocol/access.md).
 */
import type { CareRelationship } from './care-relationship.ts';
import { isRecordDispute } from './dispute-record.ts';
import { equalJson } from './equal-json.ts';
import { changesJoin } from './joined-records.ts';
import { maySign } from './own-signature.ts';
import { contains } from './period.ts';
import { REGISTRY_VIEWS, type TypeViews } from './registry-view.ts';
import { givesMore, isCareResource, marked, namesMorePatients, unmarked } from './self-given-access.ts';
import { mayTell } from './told-by-patient.ts';
import { markedByWriter } from './written-by-patient.ts';

export type CallerRole = 'administrator' | 'practitioner' | 'patient' | 'system';

export interface Reader {
  readonly role: CallerRole;
  /** `Patient/id` or `Practitioner/id`, when the caller is a person with a record or a post here. */
  readonly person?: string | undefined;
  /** Of the caller's account, on the ledger. */
  readonly pseudonym?: string | undefined;
  /** What a care resource at this hospital gives the practitioner. */
  readonly relationships: readonly CareRelationship[];
  /** FHIR ids of the records that the desk has joined with this patient's (C51). */
  readonly sameAs?: (patient: string) => readonly string[];
}

export interface AccessDecision {
  readonly types: 'all' | ReadonlySet<string>;
  /** FHIR ids of the patients whose records are visible. */
  readonly subjects: 'all' | ReadonlySet<string>;
  readonly categories: 'all';
  /** Whether directory resources (organizations, practitioners, places) are visible. */
  readonly directory: boolean;
  readonly write: 'all' | ReadonlySet<string>;
  /** What is shown of each type; whole resources when there is none. */
  readonly views?: TypeViews;
}

/** Registry lines, times of appointments and care teams; never other content (docs/protocol/access.md, C9). */
export const REGISTRY_TYPES: ReadonlySet<string> = new Set(REGISTRY_VIEWS.keys());

/** What a treating practitioner may not write: who works here and who is whose care team is the desk's to say. */
const DESK_ONLY: ReadonlySet<string> = new Set([
  'CareTeam',
  'HealthcareService',
  'Location',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Schedule',
]);

const NOTHING: ReadonlySet<string> = new Set();
/** The own Patient resource, problems in the own words, and the own signature under both. */
const OWN_TYPES: ReadonlySet<string> = new Set(['Patient', 'Condition', 'Provenance']);

/** The clinical types a practitioner may write for patients in his or her care, out of all known types. */
export function clinicalTypes(allTypes: Iterable<string>): ReadonlySet<string> {
  return new Set([...allTypes].filter((type) => !DESK_ONLY.has(type)));
}

export function decideAccess(reader: Reader, allTypes: ReadonlySet<string>, now: number): AccessDecision {
  switch (reader.role) {
    case 'system':
      return { types: 'all', subjects: 'all', categories: 'all', directory: true, write: 'all' };
    case 'administrator':
      return {
        types: REGISTRY_TYPES,
        subjects: 'all',
        categories: 'all',
        directory: true,
        write: REGISTRY_TYPES,
        views: REGISTRY_VIEWS,
      };
    case 'practitioner':
      return {
        types: 'all',
        subjects: subjectsInCare(reader, now),
        categories: 'all',
        directory: true,
        write: reader.person?.startsWith('Practitioner/') ? clinicalTypes(allTypes) : NOTHING,
      };
    case 'patient':
      return {
        types: 'all',
        subjects: ownSubject(reader),
        categories: 'all',
        directory: true,
        write: reader.person?.startsWith('Patient/') ? OWN_TYPES : NOTHING,
      };
  }
}

function subjectsInCare(reader: Reader, now: number): ReadonlySet<string> {
  if (reader.person?.startsWith('Practitioner/') !== true) return NOTHING;
  const current = reader.relationships.filter(({ span }) => contains(span, now));
  return new Set(current.flatMap(({ patient }) => withJoined(reader, patient)));
}

function ownSubject(reader: Reader): ReadonlySet<string> {
  return reader.person?.startsWith('Patient/')
    ? new Set(withJoined(reader, reader.person.slice('Patient/'.length)))
    : NOTHING;
}

function withJoined({ sameAs }: Reader, patient: string): readonly string[] {
  return [patient, ...(sameAs?.(patient) ?? [])];
}

interface WrittenResource {
  readonly resourceType: string;
  readonly [field: string]: unknown;
}

/** What a patient may change on the own record: how to be reached. The rest is the hospital's to correct. */
export const PATIENT_OWN_FIELDS: ReadonlySet<string> = new Set(['telecom', 'address', 'contact', 'communication']);

/** `meta` and `text` are written by the node and the renderer, not by the person. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['meta', 'text', 'id', 'resourceType']);

export type WriteRefusal = 'field-not-yours' | 'would-give-access';

/** The finer rule for one write that the types already allow, at `now`; undefined when it may be done. */
export function checkWrite(
  reader: Reader,
  before: WrittenResource | undefined,
  after: WrittenResource | undefined,
  now: number,
): WriteRefusal | undefined {
  if ((before ?? after)?.resourceType === 'Provenance' && reader.role !== 'system')
    return maySign(reader, before, after) ? undefined : 'field-not-yours';
  if (reader.role !== 'system' && (before ?? after)?.resourceType === 'Patient' && changesJoin(before, after))
    return 'field-not-yours';
  if (reader.role === 'patient') return checkPatientWrite(reader.person ?? '', before, after);
  if (reader.role !== 'system' && [before, after].some((one) => one !== undefined && isRecordDispute(one)))
    return 'field-not-yours';
  if (reader.role !== 'practitioner' || after === undefined || !isCareResource(after)) return undefined;
  const moved =
    before !== undefined && (!equalJson(before['subject'], after['subject']) || namesMorePatients(before, after));
  return moved || givesMore(before, after, now) ? 'would-give-access' : undefined;
}

/**
 * The resource as it is stored: what a practitioner makes is marked, so that it gives nobody a right, until
 * the desk writes it again; and so is a patient's own version of the Patient resource.
 */
export function stampWrite<Written extends WrittenResource>(reader: Reader, written: Written, isNew: boolean): Written {
  if (written.resourceType === 'Patient') return markedByWriter(written, reader.role === 'patient');
  if (!isCareResource(written)) return written;
  if (reader.role === 'practitioner' && isNew) return marked(written);
  return reader.role === 'administrator' ? unmarked(written) : written;
}

function checkPatientWrite(
  person: string,
  before: WrittenResource | undefined,
  after: WrittenResource | undefined,
): WriteRefusal | undefined {
  if ((before ?? after)?.resourceType === 'Condition') {
    return mayTell(person, before, after) ? undefined : 'field-not-yours';
  }
  if (before === undefined || after === undefined) return 'field-not-yours';
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const field of fields) {
    if (NOT_COMPARED.has(field) || PATIENT_OWN_FIELDS.has(field)) continue;
    if (!equalJson(before[field], after[field])) return 'field-not-yours';
  }
  return undefined;
}
