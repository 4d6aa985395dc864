// What a patient may say about the own health: a problem in the own words. It stays told by the patient, apart from what the
// hospital has found, until somebody there confirms it; from then on it is the hospital's.
import { equalJson } from './equal-json.ts';

interface WrittenResource {
  readonly resourceType: string;
  readonly [field: string]: unknown;
}

/** Most characters of one problem in the patient's own words. */
export const TOLD_WORDS_AT_MOST = 200;

const FIELDS: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  'meta',
  'subject',
  'asserter',
  'recorder',
  'category',
  'code',
  'clinicalStatus',
  'verificationStatus',
  'onsetDateTime',
  'recordedDate',
]);
/** Taken back, it is kept as entered in error: nothing is ever deleted. */
const TOLD_STATUSES: ReadonlySet<unknown> = new Set(['unconfirmed', 'entered-in-error']);
/** Labels that somebody else may have put there and rules may go by. */
const LABELS = ['tag', 'security', 'profile'] as const;

const concept = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});

/** What `person` (`Patient/id`) tells, as a FHIR R4 Condition. `recordedDate` is YYYY-MM-DD. */
export function toldProblem(person: string, words: string, recordedDate: string) {
  return {
    resourceType: 'Condition',
    subject: { reference: person },
    asserter: { reference: person },
    category: [concept('condition-category', 'problem-list-item')],
    clinicalStatus: concept('condition-clinical', 'active'),
    verificationStatus: concept('condition-ver-status', 'unconfirmed'),
    code: { text: words },
    recordedDate,
  };
}

/** Whether `person` (`Patient/id`) may make `after` out of `before`. Undefined stands for a resource that is not there. */
export function mayTell(
  person: string,
  before: WrittenResource | undefined,
  after: WrittenResource | undefined,
): boolean {
  if (after === undefined || !isTold(person, after, TOLD_STATUSES)) return false;
  if (before !== undefined && !isTold(person, before, new Set(['unconfirmed']))) return false;
  return LABELS.every((label) => equalJson(labelOf(before, label), labelOf(after, label)));
}

function isTold(person: string, resource: WrittenResource, statuses: ReadonlySet<unknown>): boolean {
  const { subject, asserter, recorder, code, verificationStatus } = resource;
  return (
    Object.keys(resource).every((field) => FIELDS.has(field)) &&
    isReferenceTo(person, subject) &&
    isReferenceTo(person, asserter) &&
    (recorder === undefined || isReferenceTo(person, recorder)) &&
    statuses.has(onlyCode(verificationStatus)) &&
    isOwnWords(code)
  );
}

function isReferenceTo(person: string, value: unknown): boolean {
  return equalJson(value, { reference: person });
}

function isOwnWords(code: unknown): boolean {
  const { text, ...rest } = (code ?? {}) as { text?: unknown };
  return (
    typeof text === 'string' &&
    text.trim() !== '' &&
    text.length <= TOLD_WORDS_AT_MOST &&
    Object.keys(rest).length === 0
  );
}

function onlyCode(concept: unknown): unknown {
  const { coding } = (concept ?? {}) as { coding?: readonly { code?: unknown }[] };
  return coding?.length === 1 ? coding[0]?.code : undefined;
}

function labelOf(resource: WrittenResource | undefined, label: string): unknown {
  const meta = (resource?.['meta'] ?? {}) as Record<string, unknown>;
  return meta[label] ?? [];
}
