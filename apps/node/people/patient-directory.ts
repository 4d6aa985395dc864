/** The hospital's patients as the accounts need them; the store is asked with the hospital's own right, and nothing is disclosed. */
import type { PatientProfile } from '@clearchart/api';
import { OWN_SCOPE } from '../accesses/index.ts';
import type { PatientDirectory } from '../accounts/index.ts';
import type { ClinicalStore } from '../clinical/index.ts';
import { parsePatient, personName } from '../routes/patient-lines.ts';

/** Of the Patient made from a registration, by which it is made once (FHIR R4 §3.1.0.8.1, conditional create). */
const REGISTRATION = 'urn:clearchart:registration';

export function patientDirectory(clinical: ClinicalStore): PatientDirectory {
  const session = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  return {
    exists: (patientId) => session.resolve(`Patient/${patientId}`) !== undefined,
    practitionerExists: (practitionerId) => session.resolve(`Practitioner/${practitionerId}`) !== undefined,
    pseudonymOf: (patientId) => clinical.pseudonymOf(patientId),
    nameOf(patientId) {
      const found = session.resolve(`Patient/${patientId}`);
      return found === undefined ? undefined : personName(parsePatient(found.content));
    },
    async createPatient(profile, registration) {
      const identifier = { system: REGISTRATION, value: registration };
      const patient = { ...patientOf(profile), identifier: [identifier] };
      const { version } = await session.create('Patient', patient, `identifier=${REGISTRATION}|${registration}`);
      if (version === undefined) throw new Error('the new patient was not written');
      return { patientId: version.id };
    },
  };
}

/** A registration form as a FHIR R4 Patient. */
function patientOf({ name, birthDate, gender, email, mobile, address }: PatientProfile): object {
  return {
    resourceType: 'Patient',
    active: true,
    name: [{ use: 'official', given: name.given.split(/\s+/), family: name.family }],
    telecom: [
      { system: 'email', value: email },
      { system: 'phone', value: mobile, use: 'mobile' },
    ],
    gender,
    birthDate,
    address: [
      {
        line: [address.line],
        city: address.city,
        ...(address.postalCode ? { postalCode: address.postalCode } : {}),
        ...(address.country ? { country: address.country } : {}),
      },
    ],
  };
}
