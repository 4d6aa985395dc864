/** One person's whole record as a FHIR R4 transaction bundle. */
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { family } from './building/family.ts';
import { type Chart, hospital, newSheet } from './building/chart.ts';
import { bloodGroup } from './building/measuring.ts';
import { appointment, careTeam } from './building/visits.ts';
import type { Calendar } from './calendar.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { type House, recordNumbers } from './house.ts';
import type { Person } from './people.ts';
import { RELATIONS } from './relations.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const LANGUAGE_OF_TEXT = 'http://hl7.org/fhir/StructureDefinition/language';

export function emailOf(key: string): string {
  return `${key.replace('-', '.')}@mail.example`;
}

export interface RecordPlan {
  readonly house: House;
  readonly key: string;
  readonly person: Person;
  /** Of the record at this hospital. */
  readonly number: number;
}

/** Chance depends on the key alone: who is at two hospitals has one address and one phone number. */
export function patientRecord({ house, key, person, number }: RecordPlan, seed: number, calendar: Calendar): Bundle {
  const chance = chanceFrom(seed, key);
  const sheet = newSheet(chance);
  const died = person.diedDaysAgo;
  const birthDate = calendar.bornOn(person.age, person.birthday);
  const patient = sheet.add<Patient>({
    resourceType: 'Patient',
    identifier: [{ use: 'official', system: recordNumbers(house), value: recordNumber(house, number) }],
    active: died === undefined,
    name: [
      { use: 'official', text: `${person.given} ${person.family}`, family: person.family, given: [person.given] },
      {
        extension: [{ url: LANGUAGE_OF_TEXT, valueCode: 'mr' }],
        use: 'usual',
        text: person.nativeName.join(' '),
        family: person.nativeName[1],
        given: [person.nativeName[0]],
      },
    ],
    telecom: [
      { system: 'phone', value: phone(chance), use: 'mobile' },
      ...(person.account === 'login' ? [{ system: 'email', value: emailOf(key) } as const] : []),
    ],
    gender: person.gender,
    birthDate,
    ...(died === undefined ? {} : { deceasedDateTime: calendar.moment(died, '11:00') }),
    address: [
      {
        use: 'home',
        line: [`Flat ${chance.between(1, 24)}, Namuna Residency`, person.locality],
        city: person.city ?? house.city,
        state: 'Maharashtra',
        postalCode: person.postalCode,
        country: 'IN',
      },
    ],
    contact: [
      {
        relationship: [
          {
            coding: [
              { system: `${HL7}/v2-0131`, code: 'N', display: 'Next-of-Kin' },
              {
                system: `${HL7}/v3-RoleCode`,
                code: person.contact.relation,
                display: RELATIONS[person.contact.relation],
              },
            ],
            text: RELATIONS[person.contact.relation],
          },
        ],
        name: { text: person.contact.name },
        telecom: [{ system: 'phone', value: phone(chance), use: 'mobile' }],
      },
    ],
    communication: person.languages.map((code, index) => ({
      language: { coding: [{ system: 'urn:ietf:bcp:47', code }] },
      preferred: index === 0,
    })),
    managingOrganization: hospital(house),
  });
  const chart: Chart = { ...sheet, house, calendar, chance, patient, ageDays: calendar.daysSince(birthDate) };
  writeHistory(chart, person);
  return sheet.bundle();
}

function writeHistory(chart: Chart, person: Person): void {
  const basics = person.history(chart);
  if (person.bloodGroup !== undefined) bloodGroup(chart, basics, person.bloodGroup);
  if (person.careTeam !== undefined) careTeam(chart, person.careTeam, basics.daysAgo);
  for (const relative of person.relatives ?? []) family(chart, relative, basics);
  for (const plan of person.appointments ?? []) appointment(chart, plan);
}

/** Subscriber numbers in India never begin with 0, so these reach nobody. */
function phone(chance: Chance): string {
  return `+91 00000 ${chance.between(10_000, 99_999)}`;
}

function recordNumber({ prefix }: House, number: number): string {
  return `${prefix}-${String(number).padStart(6, '0')}`;
}
