// From FHIR resources to what the summary shows: problems, allergies, medicines. Pure.
import {
  type AllergyIntolerance,
  type Condition,
  conceptCode,
  conceptWords,
  type MedicationRequest,
  type Resource,
} from './fhir.ts';

export interface Problem {
  resource: Resource;
  words: string;
  since: string | undefined;
  until: string | undefined;
  active: boolean;
  /** In the patient's own words, and not confirmed by the hospital. */
  told: boolean;
}

const ACTIVE_CONDITIONS = new Set(['active', 'recurrence', 'relapse']);

function newestFirst(one: string | undefined, other: string | undefined): number {
  return (other ?? '').localeCompare(one ?? '');
}

/** Whether the patient told it and nobody at the hospital has confirmed it. */
export function isTold(condition: Condition): boolean {
  return (
    condition.asserter?.reference?.startsWith('Patient/') === true &&
    condition.verificationStatus?.coding?.[0]?.code === 'unconfirmed'
  );
}

export function problems(conditions: readonly Condition[]): Problem[] {
  return conditions
    .filter(({ verificationStatus }) => conceptCode(verificationStatus) !== 'entered-in-error')
    .map((condition) => ({
      resource: condition,
      words: conceptWords(condition.code) ?? '',
      since: condition.onsetDateTime ?? condition.recordedDate,
      until: condition.abatementDateTime,
      active: ACTIVE_CONDITIONS.has(conceptCode(condition.clinicalStatus) ?? 'active'),
      told: isTold(condition),
    }))
    .toSorted((one, other) => Number(other.active) - Number(one.active) || newestFirst(one.since, other.since));
}

export interface Allergy {
  resource: Resource;
  words: string;
  reaction: string | undefined;
  severe: boolean;
}

/** SNOMED CT's ways of saying that there is none: no known allergy, drug, food, environmental allergy. */
const NONE_KNOWN = new Set(['716186003', '409137002', '429625007', '428607008']);

export function allergies(resources: readonly AllergyIntolerance[]): Allergy[] {
  return resources
    .filter((allergy) => (conceptCode(allergy.clinicalStatus) ?? 'active') === 'active')
    .filter((allergy) => !NONE_KNOWN.has(conceptCode(allergy.code) ?? ''))
    .map((allergy) => ({
      resource: allergy,
      words: conceptWords(allergy.code) ?? '',
      reaction: conceptWords(allergy.reaction?.[0]?.manifestation?.[0]),
      severe:
        allergy.criticality === 'high' || allergy.reaction?.some((reaction) => reaction.severity === 'severe') === true,
    }))
    .toSorted((one, other) => Number(other.severe) - Number(one.severe));
}

export interface Dose {
  /** Units in the morning, at noon and at night, as in 1–0–1; undefined when the order says it in other ways. */
  perDay: [number, number, number] | undefined;
  /** The order's own words. */
  text: string | undefined;
  /** How often, when it is neither: `times` within `period` of a unit (h, d, wk, mo). */
  every: { times: number; period: number; unit: string } | undefined;
  asNeeded: boolean;
}

export interface Medicine {
  resource: Resource;
  words: string;
  active: boolean;
  since: string | undefined;
  dose: Dose;
}

const MORNING = new Set(['MORN', 'MORN.early', 'MORN.late', 'CM', 'ACM', 'PCM']);
const NOON = new Set(['NOON', 'AFT', 'CD', 'ACD', 'PCD']);
const NIGHT = new Set(['EVE', 'EVE.early', 'EVE.late', 'NIGHT', 'HS', 'CV', 'ACV', 'PCV']);

function doseOf(request: MedicationRequest): Dose {
  const instruction = request.dosageInstruction?.[0];
  const repeat = instruction?.timing?.repeat;
  // An order of 2–0–1 has an instruction for each amount.
  const parts = (request.dosageInstruction ?? []).map(({ timing, doseAndRate }) => ({
    when: timing?.repeat?.when ?? [],
    amount: doseAndRate?.[0]?.doseQuantity?.value ?? 1,
  }));
  const when = parts.flatMap((part) => part.when);
  const count = (moments: Set<string>) =>
    parts.reduce((sum, part) => sum + (part.when.some((moment) => moments.has(moment)) ? part.amount : 0), 0);
  return {
    perDay: when.length === 0 ? undefined : [count(MORNING), count(NOON), count(NIGHT)],
    text: instruction?.text,
    every:
      repeat?.frequency === undefined || repeat.period === undefined || repeat.periodUnit === undefined
        ? undefined
        : { times: repeat.frequency, period: repeat.period, unit: repeat.periodUnit },
    asNeeded: instruction?.asNeededBoolean === true,
  };
}

/** Each medicine once: the newest order for the same words counts, as a later order replaces an earlier one. */
export function medicines(requests: readonly MedicationRequest[]): Medicine[] {
  const newest = new Map<string, Medicine>();
  const ordered = requests.toSorted((one, other) => newestFirst(one.authoredOn, other.authoredOn));
  for (const request of ordered) {
    const words = conceptWords(request.medicationCodeableConcept) ?? '';
    const active = request.status === 'active';
    const known = newest.get(words);
    if (known !== undefined && (known.active || !active)) continue;
    newest.set(words, { resource: request, words, active, since: request.authoredOn, dose: doseOf(request) });
  }
  return [...newest.values()].toSorted((one, other) => Number(other.active) - Number(one.active));
}
