/** The hospital, its rooms and its doctors: imported before any patient, and safe to import twice. */
import type { Bundle, Location, Organization, Practitioner, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { MADE_UP, newSheet } from './building/chart.ts';
import type { Calendar } from './calendar.ts';
import { chanceFrom } from './chance.ts';
import { hoursOf } from './hours.ts';
import {
  doctorName,
  type House,
  organizationNumber,
  type StaffKey,
  staffNumbers,
  unitNumbers,
  workEmail,
} from './house.ts';
import type { StaffMember } from './staff-member.ts';

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

/** @param label of chance */
export function directory(house: House, seed: number, label: string, calendar: Calendar): Directory {
  const sheet = newSheet(chanceFrom(seed, label));
  const [units, numbers] = [unitNumbers(house), staffNumbers(house)];
  const organization = sheet.add<Organization>(
    {
      resourceType: 'Organization',
      identifier: [{ system: units, value: organizationNumber(house) }],
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
      name: house.name,
      alias: [house.nativeName],
      telecom: [{ system: 'phone', value: house.phone, use: 'work' }],
      address: [
        { line: [house.street], city: house.city, state: 'Maharashtra', postalCode: house.postalCode, country: 'IN' },
      ],
    },
    once(units, organizationNumber(house)),
  );
  const rooms = new Map<string, Reference<Location>>();
  for (const [key, { number, name, place }] of Object.entries(house.units)) {
    const room: Location = {
      resourceType: 'Location',
      identifier: [{ system: units, value: number }],
      status: 'active',
      name,
      description: place,
      mode: 'instance',
      managingOrganization: organization,
    };
    rooms.set(key, sheet.add(room, once(units, number)));
  }
  const practitioners = (Object.entries(house.staff) as [StaffKey, StaffMember][]).map(([key, member], index) => {
    const resource = practitionerOf(house, key, member, calendar);
    const person = sheet.add(resource, once(numbers, member.number));
    const role: PractitionerRole = {
      resourceType: 'PractitionerRole',
      identifier: [{ system: numbers, value: `${member.number}-R` }],
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
    sheet.add(role, once(numbers, `${member.number}-R`));
    const tag = { tag: [MADE_UP] };
    return {
      key,
      name: doctorName(member),
      specialty: member.specialty.text ?? '',
      email: workEmail(house, key),
      resource: { ...resource, meta: tag },
      role: { ...role, meta: tag },
    };
  });
  return { bundle: sheet.bundle(), practitioners };
}

function practitionerOf(house: House, key: StaffKey, member: StaffMember, calendar: Calendar): Practitioner {
  return {
    resourceType: 'Practitioner',
    identifier: [{ use: 'official', system: staffNumbers(house), value: member.number }],
    active: true,
    name: [
      { use: 'official', text: doctorName(member), family: member.family, given: [member.given], prefix: ['Dr'] },
      {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: 'mr' }],
        use: 'usual',
        text: `डॉ. ${member.nativeName}`,
      },
    ],
    telecom: [{ system: 'email', value: workEmail(house, key), use: 'work' }],
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
