import { conceptCode, type Patient } from '../record/fhir.ts';
import { useAllergies, useConditions, useMedicationRequests } from '../record/use-record.ts';
import { type CheckContext, type Verdict, verdictOn } from './check-medicine.ts';
import type { Prescription, VisitForm } from './visit-form.ts';

const MILLISECONDS_PER_YEAR = 365.2425 * 86_400_000;
const ACTIVE = new Set(['active', 'recurrence', 'relapse']);
const NOT_HELD = new Set(['refuted', 'entered-in-error']);

interface Verified {
  verificationStatus?: { coding?: { code?: string }[] };
}

const isHeld = ({ verificationStatus }: Verified): boolean =>
  !NOT_HELD.has(verificationStatus?.coding?.[0]?.code ?? '');

/** What the checks go by: the record as it was read, and what this visit adds to it. */
export function useCheckContext(patient: Patient, form: VisitForm): CheckContext {
  const allergies = useAllergies(patient.id);
  const conditions = useConditions(patient.id);
  const requests = useMedicationRequests(patient.id);
  const born = Date.parse(patient.birthDate ?? '');
  // A list that could not be read again is not known, whatever was read before.
  const read = <Item>({ data, error }: { data: Item[] | undefined; error: unknown }) =>
    error === null ? data : undefined;
  return {
    age: Number.isNaN(born) ? undefined : Math.max(0, (Date.now() - born) / MILLISECONDS_PER_YEAR),
    allergies: read(allergies)
      ?.filter((one) => (conceptCode(one.clinicalStatus) ?? 'active') === 'active' && isHeld(one as Verified))
      .map(({ code }) => code ?? {})
      .concat(form.allergies.map(({ concept }) => concept)),
    current: read(requests)
      ?.filter(({ status }) => status === 'active')
      .map(({ id, medicationCodeableConcept }) => ({ id, concept: medicationCodeableConcept ?? {} })),
    problems: read(conditions)
      ?.filter((one) => ACTIVE.has(conceptCode(one.clinicalStatus) ?? 'active') && isHeld(one as Verified))
      .map(({ code }) => code ?? {})
      .concat(form.diagnoses.map(({ concept }) => concept)),
    pregnant: patient.gender === 'male' ? false : form.pregnant,
  };
}

export function verdictsOn(
  prescriptions: readonly Prescription[],
  context: CheckContext,
): ReadonlyMap<string, Verdict> {
  return new Map(prescriptions.map((one) => [one.key, verdictOn(one, prescriptions, context)]));
}
