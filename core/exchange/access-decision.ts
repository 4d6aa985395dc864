/**
 * Who may read and write what at the hospital that keeps the record: one pure function, deny by
 * default. A caller without a rule here sees nothing (docs/protocol/access.md).
 */
import { type CareRelationship, CARE_RESOURCE_TYPES } from './care-relationship.ts';
import { equalJson } from './equal-json.ts';
import { contains } from './period.ts';

export type CallerRole = 'administrator' | 'practitioner' | 'patient' | 'system';

export interface Reader {
  readonly role: CallerRole;
  /** `Patient/id` or `Practitioner/id`, when the caller is a person with a record or a post here. */
  readonly person?: string | undefined;
  /** What a care resource at this hospital gives the practitioner. */
  readonly relationships: readonly CareRelationship[];
}

export interface AccessDecision {
  readonly types: 'all' | ReadonlySet<string>;
  /** FHIR ids of the patients whose records are visible. */
  readonly subjects: 'all' | ReadonlySet<string>;
  readonly categories: 'all';
  /** Whether directory resources (organizations, practitioners, places) are visible. */
  readonly directory: boolean;
  readonly write: 'all' | ReadonlySet<string>;
}

/** Registry lines, times of appointments and care teams; never other content (sharing.md, Who may open what). */
export const REGISTRY_TYPES: ReadonlySet<string> = new Set([
  'Appointment',
  'CareTeam',
  'HealthcareService',
  'Location',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Schedule',
  'Slot',
]);

/** What a treating practitioner may not write: who works here and who is whose care team is the desk's to say. */
const DESK_ONLY: ReadonlySet<string> = new Set([
  'CareTeam',
  'HealthcareService',
  'Location',
  'Organization',
  'Practitioner',
  'PractitionerRole',
]);

/** The types that give a care relationship: nobody may give it to himself. */
const GIVES_ACCESS: ReadonlySet<string> = new Set(CARE_RESOURCE_TYPES);

const NOTHING: ReadonlySet<string> = new Set();
const OWN_PATIENT: ReadonlySet<string> = new Set(['Patient']);

/** The clinical types a practitioner may write for patients in his or her care, out of all known types. */
export function clinicalTypes(allTypes: Iterable<string>): ReadonlySet<string> {
  return new Set([...allTypes].filter((type) => !DESK_ONLY.has(type)));
}

export function decideAccess(reader: Reader, allTypes: ReadonlySet<string>, now: number): AccessDecision {
  switch (reader.role) {
    case 'system':
      return { types: 'all', subjects: 'all', categories: 'all', directory: true, write: 'all' };
    case 'administrator':
      return { types: REGISTRY_TYPES, subjects: 'all', categories: 'all', directory: true, write: REGISTRY_TYPES };
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
        write: reader.person?.startsWith('Patient/') ? OWN_PATIENT : NOTHING,
      };
  }
}

function subjectsInCare(reader: Reader, now: number): ReadonlySet<string> {
  if (reader.person?.startsWith('Practitioner/') !== true) return NOTHING;
  return new Set(reader.relationships.filter(({ span }) => contains(span, now)).map(({ patient }) => patient));
}

function ownSubject(reader: Reader): ReadonlySet<string> {
  return reader.person?.startsWith('Patient/') ? new Set([reader.person.slice('Patient/'.length)]) : NOTHING;
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

/** The finer rule for one write that the types already allow; undefined when it may be done. */
export function checkWrite(
  reader: Reader,
  before: WrittenResource | undefined,
  after: WrittenResource | undefined,
): WriteRefusal | undefined {
  if (reader.role === 'patient') return checkPatientWrite(before, after);
  if (reader.role === 'practitioner') {
    // An Encounter or Appointment may be written for a patient who is already in care: the store
    // demands a visible subject. It must not widen or move that right to somebody else's patient.
    const type = (after ?? before)?.resourceType ?? '';
    if (GIVES_ACCESS.has(type) && before !== undefined && after !== undefined && moved(before, after)) {
      return 'would-give-access';
    }
  }
  return undefined;
}

function moved(before: WrittenResource, after: WrittenResource): boolean {
  return !equalJson(before['subject'], after['subject']);
}

function checkPatientWrite(
  before: WrittenResource | undefined,
  after: WrittenResource | undefined,
): WriteRefusal | undefined {
  if (before === undefined || after === undefined) return 'field-not-yours';
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const field of fields) {
    if (NOT_COMPARED.has(field) || PATIENT_OWN_FIELDS.has(field)) continue;
    if (!equalJson(before[field], after[field])) return 'field-not-yours';
  }
  return undefined;
}
