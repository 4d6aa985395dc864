/**
 * Whose signature may be stored: nobody signs in another's name. A patient signs what a patient may write, and writes no other
 * Provenance (docs/protocol/signatures.md, P7 and P8). Whether a signature holds is for its reader to check.
 */
import { AUTHOR_SIGNATURE } from './author-signature.ts';
import { equalJson } from './equal-json.ts';

interface WrittenResource {
  readonly resourceType: string;
  readonly [field: string]: unknown;
}

export interface Signer {
  readonly role: string;
  /** `Patient/id` or `Practitioner/id`. */
  readonly person?: string | undefined;
  /** 32 hexadecimal digits. */
  readonly pseudonym?: string | undefined;
}

/** System of the identifier that names the signer on the ledger. */
const PSEUDONYMS = 'urn:clearchart:pseudonym';
/** Record versions that one signature answers for, and the patient before them. */
const TARGETS_AT_MOST = 201;
const NAME_CHARACTERS_AT_MOST = 200;
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const CONDITION_VERSION = /^Condition\/[A-Za-z0-9.-]{1,64}\/_history\/[1-9]\d{0,9}$/;
const PATIENT_FIELDS: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  'meta',
  'target',
  'recorded',
  'agent',
  'signature',
]);

/** Whether it stands for a signature on the ledger. */
export function isPersonSignature({ resourceType, signature }: WrittenResource): boolean {
  return (
    resourceType === 'Provenance' &&
    Array.isArray(signature) &&
    signature.some(
      (one: { who?: { identifier?: { system?: unknown } } } | null) => one?.who?.identifier?.system === PSEUDONYMS,
    )
  );
}

/** Whether the person may make `after` out of `before`, as far as signatures go. Undefined: not there. */
export function maySign(
  signer: Signer,
  before: WrittenResource | undefined,
  after: WrittenResource | undefined,
): boolean {
  if (before !== undefined && isPersonSignature(before)) return false;
  if (signer.role === 'patient') return before === undefined && after !== undefined && isOwnOfPatient(signer, after);
  return after === undefined || after['signature'] === undefined || isBy(signer, after);
}

/** Every signature in it is the writer's, under the pseudonym of the writer's account. */
function isBy({ person, pseudonym }: Signer, { signature }: WrittenResource): boolean {
  if (person === undefined || pseudonym === undefined || !Array.isArray(signature)) return false;
  return (signature as { who?: { reference?: unknown; identifier?: unknown } }[]).every(
    ({ who }) => who?.reference === person && equalJson(who.identifier, { system: PSEUDONYMS, value: pseudonym }),
  );
}

function isOwnOfPatient(signer: Signer, resource: WrittenResource): boolean {
  const { target, recorded, agent, signature } = resource;
  if (!isPersonSignature(resource) || !isBy(signer, resource)) return false;
  const [only, ...others] = signature as { when?: unknown; data?: unknown; who?: { display?: unknown } }[];
  const name = only?.who?.display;
  return (
    Object.keys(resource).every((field) => PATIENT_FIELDS.has(field)) &&
    others.length === 0 &&
    typeof name === 'string' &&
    name.length <= NAME_CHARACTERS_AT_MOST &&
    equalJson(agent, [{ who: { reference: signer.person, display: name } }]) &&
    isInstant(recorded) &&
    equalJson(only, { type: [AUTHOR_SIGNATURE], when: recorded, who: only?.who, data: only?.data }) &&
    typeof only?.data === 'string' &&
    SIGNATURE.test(only.data) &&
    areOwnWritings(signer.person ?? '', target)
  );
}

const isInstant = (value: unknown): boolean => typeof value === 'string' && INSTANT.test(value);

/** The patient, then versions of what a patient writes. */
function areOwnWritings(person: string, targets: unknown): boolean {
  if (!Array.isArray(targets) || targets.length < 2 || targets.length > TARGETS_AT_MOST) return false;
  return targets.every((target: { reference?: unknown } | null, at) => {
    const reference = target?.reference;
    if (typeof reference !== 'string' || !equalJson(target, { reference })) return false;
    if (at === 0) return reference === person;
    const ofPerson = reference.startsWith(`${person}/_history/`) && /\/_history\/[1-9]\d{0,9}$/.test(reference);
    return CONDITION_VERSION.test(reference) || (ofPerson && reference.split('/').length === 4);
  });
}
