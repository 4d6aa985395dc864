/** The hospital's patients and practitioners as the accounts need them; the store is asked with the hospital's own right, and nothing is disclosed. */
import type { NewPractitioner, PatientProfile } from '@clearchart/api';
import { SPECIALTIES } from '@clearchart/care';
import { joinedInto, type LinkedPatient } from '@clearchart/exchange';
import { OWN_SCOPE } from '../accesses/index.ts';
import type { PatientDirectory } from '../accounts/index.ts';
import { contentOf, type ClinicalStore } from '../clinical/index.ts';
import { parsePatient, personName } from '../routes/patient-lines.ts';

/** Of the Patient made from a registration, by which it is made once (FHIR R4 §3.1.0.8.1, conditional create). */
const REGISTRATION = 'urn:clearchart:registration';

export function patientDirectory(clinical: ClinicalStore): PatientDirectory {
  const session = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  return {
    exists(patientId) {
      const found = session.resolve(`Patient/${patientId}`);
      // What was joined into another record is handed to nobody by itself.
      return found !== undefined && joinedInto(contentOf<LinkedPatient>(found)) === undefined;
    },
    practitionerExists: (practitionerId) => session.resolve(`Practitioner/${practitionerId}`) !== undefined,
    pseudonymOf: (patientId) => clinical.pseudonymOf(patientId),
    nameOf(patientId) {
      const found = session.resolve(`Patient/${patientId}`);
      return found === undefined ? undefined : personName(parsePatient(found.content));
    },
    async createPractitioner(practitioner) {
      const specialty = SPECIALTIES.find(({ id }) => id === practitioner.specialty);
      if (specialty === undefined) return undefined;
      const email = encodeURIComponent(practitioner.email.replace(/[\\$,|]/g, String.raw`\$&`));
      const { version } = await session.create('Practitioner', practitionerOf(practitioner), `email=${email}`);
      if (version === undefined) throw new Error('the new practitioner was not written');
      const reference = `Practitioner/${version.id}`;
      const same = `practitioner=${reference}&specialty=${specialty.system}|${specialty.code}`;
      await session.create('PractitionerRole', roleOf(reference, specialty), same);
      return { practitionerId: version.id };
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

type Specialty = (typeof SPECIALTIES)[number];

/** A title at the beginning is a prefix, the last word the family name; the text stays as it was written. */
function practitionerOf({ name, email }: NewPractitioner): object {
  const words = name.trim().split(/\s+/);
  const prefix = /^(dr|prof|डॉ)\.?$/i.test(words[0] ?? '') ? [words.shift() ?? ''] : [];
  const family = words.length > 1 ? (words.pop() ?? '') : '';
  return {
    resourceType: 'Practitioner',
    active: true,
    name: [
      {
        ...(prefix.length === 0 ? {} : { prefix }),
        ...(words.length === 0 ? {} : { given: words }),
        ...(family === '' ? {} : { family }),
        text: name.trim(),
      },
    ],
    telecom: [{ system: 'email', value: email, use: 'work' }],
  };
}

function roleOf(practitioner: string, { system, code, display }: Specialty): object {
  const doctor = {
    system: 'http://terminology.hl7.org/CodeSystem/practitioner-role',
    code: 'doctor',
    display: 'Doctor',
  };
  return {
    resourceType: 'PractitionerRole',
    active: true,
    practitioner: { reference: practitioner },
    code: [{ coding: [doctor] }],
    specialty: [{ coding: [{ system, code, display }], text: display }],
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
