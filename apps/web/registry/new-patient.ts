// A Patient from the desk's form. The desk may leave out how to reach somebody; who it is, it may not.
import type { Registration, RegistrationField } from '../account/registration-form.ts';
import type { Patient } from '../record/fhir.ts';

const MAY_BE_ABSENT = new Set<RegistrationField>(['email', 'mobile', 'line', 'city']);

/** Whether an answer is left out and may be. */
export function isAbsent(field: RegistrationField, form: Registration): boolean {
  return MAY_BE_ABSENT.has(field) && form[field].trim() === '';
}

export function patientOf(form: Registration): Omit<Patient, 'id'> {
  const text = (field: RegistrationField) => form[field].trim();
  const telecom = [
    ...(text('mobile') === '' ? [] : [{ system: 'phone', use: 'mobile', value: text('mobile') }]),
    ...(text('email') === '' ? [] : [{ system: 'email', value: text('email') }]),
  ];
  const address = {
    ...(text('line') === '' ? {} : { line: [text('line')] }),
    ...(text('city') === '' ? {} : { city: text('city') }),
  };
  return {
    resourceType: 'Patient',
    name: [{ use: 'official', given: text('given').split(/\s+/), family: text('family') }],
    birthDate: text('birthDate'),
    gender: text('gender'),
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(Object.keys(address).length === 0 ? {} : { address: [address] }),
  };
}
