// What the desk writes for a patient in custody, as the node is asked to write it: only what changed. Pure.
import type { CustodyEntries } from '@clearchart/api';
import { applyForm, changesOf, type ProfileForm } from '../profile/profile-form.ts';
import type { Patient } from '../record/fhir.ts';

/** Undefined when nothing is to be written. */
export function custodyEntries(
  patient: Patient,
  form: ProfileForm,
  told: readonly string[],
): CustodyEntries | undefined {
  const words = told.map((text) => text.trim()).filter((text) => text !== '');
  const isChanged = changesOf(patient, form).length > 0;
  if (!isChanged && words.length === 0) return undefined;
  const { telecom = [], address = [], contact = [] } = applyForm(patient, form);
  const lists = { telecom, address, contact } as unknown as Omit<NonNullable<CustodyEntries['details']>, 'versionId'>;
  return {
    ...(isChanged ? { details: { versionId: patient.meta?.versionId ?? '1', ...lists } } : {}),
    ...(words.length === 0 ? {} : { told: words }),
  };
}
