/** The hospital, its rooms and its doctors: imported before any patient, and safe to import twice. */
import type { Bundle, Location, Organization, Practitioner, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { MADE_UP, newSheet } from './building/chart.ts';
import type { Calendar } from './calendar.ts';
import { chanceFrom } from './chance.ts';
import { hoursOf } from './hours.ts';
import {
  doctorName,
  HOSPITAL,
  ORGANIZATION_NUMBER,
  STAFF,
  STAFF_NUMBERS,
  staffEmail,
  type StaffKey,
  type StaffMember,
  UNIT_NUMBERS,
  UNITS,
} from './staff.ts';

export interface DemoPractitioner {
  readonly key: StaffKey;
  readonly name: string;
  readonly specialty: string;
  readonly email: string;
  readonly resource: Practitioner;
  readonly role: PractitionerRole;
}

export interface Directory {
  readonly bundle: Bundle;
  readonly practitioners: readonly DemoPractitioner[];
}

export function directory(seed: number, calendar: Calendar): Directory {
  const sheet = newSheet(chanceFrom(seed, 'directory'));
  const organization = sheet.add<Organization>(
    {
      resourceType: 'Organization',
      identifier: [{ system: UNIT_NUMBERS, value: ORGANIZATION_NUMBER }],
      active: true,
      type: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/organization-type',
              code: 'prov',
              display: 'Healthcare Provider',
            },
          ],
        },
      ],
      name: HOSPITAL.name,
      alias: ['सिटी जनरल रुग्णालय'],
      telecom: [{ system: 'phone', value: '+91 00000 01000', use: 'work' }],
      address: [
        { line: ['1 Namuna Road'], city: HOSPITAL.city, state: 'Maharashtra', postalCode: '411001', country: 'IN' },
      ],
    },
    once(UNIT_NUMBERS, ORGANIZATION_NUMBER),
  );
  const rooms = new Map<string, Reference<Location>>();
  for (const [key, { number, name, place }] of Object.entries(UNITS)) {
    const room: Location = {
      resourceType: 'Location',
      identifier: [{ system: UNIT_NUMBERS, value: number }],
      status: 'active',
      name,
      description: place,
      mode: 'instance',
      managingOrganization: organization,
    };
    rooms.set(key, sheet.add(room, once(UNIT_NUMBERS, number)));
  }
  const practitioners = (Object.keys(STAFF) as StaffKey[]).map((key, index) => {
    const member: StaffMember = STAFF[key];
    const resource = practitionerOf(key, member, calendar);
    const person = sheet.add(resource, once(STAFF_NUMBERS, member.number));
    const role: PractitionerRole = {
      resourceType: 'PractitionerRole',
      identifier: [{ system: STAFF_NUMBERS, value: `${member.number}-R` }],
      active: true,
      practitioner: person,
      organization,
      code: [
        {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/practitioner-role', code: 'doctor', display: 'Doctor' },
          ],
        },
      ],
      specialty: [member.specialty],
      location: [known(rooms.get(member.unit))],
      ...hoursOf(index, calendar),
    };
    sheet.add(role, once(STAFF_NUMBERS, `${member.number}-R`));
    const tag = { tag: [MADE_UP] };
    return {
      key,
      name: doctorName(key),
      specialty: member.specialty.text ?? '',
      email: staffEmail(key),
      resource: { ...resource, meta: tag },
      role: { ...role, meta: tag },
    };
  });
  return { bundle: sheet.bundle(), practitioners };
}

function practitionerOf(key: StaffKey, member: StaffMember, calendar: Calendar): Practitioner {
  return {
    resourceType: 'Practitioner',
    identifier: [{ use: 'official', system: STAFF_NUMBERS, value: member.number }],
    active: true,
    name: [
      { use: 'official', text: doctorName(key), family: member.family, given: [member.given], prefix: ['Dr'] },
      {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: 'mr' }],
        use: 'usual',
        text: `डॉ. ${member.nativeName}`,
      },
    ],
    telecom: [{ system: 'email', value: staffEmail(key), use: 'work' }],
    gender: member.gender,
    birthDate: calendar.bornOn(member.age, member.birthday),
    qualification: [{ code: { text: `MD, ${member.specialty.text ?? ''}` } }],
    communication: member.languages.map((code) => ({ coding: [{ system: 'urn:ietf:bcp:47', code }] })),
  };
}

/** Creates only where nobody carries the number yet (FHIR R4 http §ifNoneExist). */
function once(system: string, number: string): string {
  return `identifier=${system}|${number}`;
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('a doctor works in a room the hospital does not have');
  return found;
}
