/** The demo's hospitals, wholly made up: the same people for the same seed and day, on any machine. */
import type { Bundle } from '@medplum/fhirtypes';
import { type Calendar, calendarAt } from './calendar.ts';
import { chanceFrom } from './chance.ts';
import { CITY_GENERAL } from './city-general.ts';
import { type DemoPractitioner, directory } from './directory.ts';
import { type House, workEmail } from './house.ts';
import { householdPeople } from './household-people.ts';
import { emailOf, patientRecord } from './patient-record.ts';
import { OTHER_HOUSES } from './other-houses/index.ts';
import { PEOPLE, type Person } from './people.ts';

export type { DemoPractitioner } from './directory.ts';

export interface DemoPatient {
  readonly key: string;
  readonly name: string;
  /** Only of those who have a login. */
  readonly email?: string;
  readonly about: string;
  /** On record without an account: a claim code can be tried on this one. */
  readonly unclaimed: boolean;
  /** One of those that the landing page, the tour and the mocks know; the others may be imported later. */
  readonly isWritten: boolean;
  /** Transaction; refers to staff and rooms by number, so import the directory first. */
  readonly bundle: Bundle;
}

export interface DemoLogin {
  readonly role: 'administrator' | 'practitioner' | 'patient';
  readonly personKey: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly about: string;
}

export interface DemoHospital {
  /** Lower case and hyphens. */
  readonly key: string;
  readonly hospital: { readonly name: string; readonly city: string };
  readonly administrator: { readonly key: string; readonly name: string; readonly email: string };
  readonly practitioners: readonly DemoPractitioner[];
  readonly patients: readonly DemoPatient[];
  readonly directory: Bundle;
  readonly logins: readonly DemoLogin[];
}

/** City General. `todayMs`: milliseconds since 1970, from which every date is counted; `offsetMinutes` of the clock times, east of UTC. */
export function demoHospital(seed: number, todayMs: number, offsetMinutes?: number): DemoHospital {
  const calendar = calendarAt(todayMs, offsetMinutes);
  const written: [string, Person][] = Object.entries(PEOPLE);
  const taken = written.flatMap(([, { appointments = [] }]) => appointments);
  const others = householdPeople(calendar, taken, APPOINTMENTS - taken.length);
  const people = { written, others };
  return hospitalOf(CITY_GENERAL, people, { seed, calendar, directory: 'directory', password: 'password of ' });
}

/** The smaller ones that share the ledger with it; everybody there is written by hand. */
export function otherDemoHospitals(seed: number, todayMs: number, offsetMinutes?: number): readonly DemoHospital[] {
  const calendar = calendarAt(todayMs, offsetMinutes);
  return OTHER_HOUSES.map(({ house, people }) => {
    const labels = { directory: `directory of ${house.key}`, password: `password at ${house.key} of ` };
    return hospitalOf(house, { written: Object.entries(people), others: [] }, { seed, calendar, ...labels });
  });
}

const FIRST_RECORD_NUMBER = 101;
/** Around today, of all patients of City General. */
const APPOINTMENTS = 120;

interface Making {
  readonly seed: number;
  readonly calendar: Calendar;
  /** Labels of chance. */
  readonly directory: string;
  readonly password: string;
}

interface People {
  readonly written: readonly [key: string, person: Person][];
  readonly others: readonly [key: string, person: Person][];
}

function hospitalOf(house: House, { written, others }: People, making: Making): DemoHospital {
  const { seed, calendar } = making;
  const { bundle, practitioners } = directory(house, seed, making.directory, calendar);
  const patients = [...written, ...others].map(([key, person], index) => ({
    key,
    name: `${person.given} ${person.family}`,
    ...(person.account === 'login' ? { email: emailOf(key) } : {}),
    about: person.about,
    unclaimed: person.account === 'unclaimed',
    isWritten: index < written.length,
    bundle: patientRecord({ house, key, person, number: FIRST_RECORD_NUMBER + index }, seed, calendar),
  }));
  const { key, name, city } = house;
  return {
    key,
    hospital: { name, city },
    administrator: { ...house.administrator, email: workEmail(house, house.administrator.key) },
    practitioners,
    patients,
    directory: bundle,
    logins: logins(house, practitioners, patients).map((login) => ({
      ...login,
      password: password(seed, `${making.password}${login.personKey}`),
    })),
  };
}

function logins(
  house: House,
  practitioners: readonly DemoPractitioner[],
  patients: readonly DemoPatient[],
): Omit<DemoLogin, 'password'>[] {
  const { key, name } = house.administrator;
  const about = 'Accounts, registry, the health of the node; no content of any record.';
  const all: Omit<DemoLogin, 'password'>[] = [
    { role: 'administrator', personKey: key, name, email: workEmail(house, key), about },
  ];
  for (const doctor of practitioners) {
    const says = house.logins[doctor.key];
    if (says === undefined) continue;
    all.push({ role: 'practitioner', personKey: doctor.key, name: doctor.name, email: doctor.email, about: says });
  }
  for (const patient of patients) {
    if (patient.email === undefined) continue;
    all.push({
      role: 'patient',
      personKey: patient.key,
      name: patient.name,
      email: patient.email,
      about: patient.about,
    });
  }
  return all;
}

const WORDS = [
  'mango',
  'river',
  'lantern',
  'monsoon',
  'cotton',
  'copper',
  'banyan',
  'saffron',
  'harbour',
  'marigold',
  'temple',
  'jasmine',
  'kettle',
  'sparrow',
  'velvet',
  'orchard',
] as const;

/** Easy to type and shown to everybody: it protects nobody, for nobody here is real. */
function password(seed: number, label: string): string {
  const chance = chanceFrom(seed, label);
  return `${chance.pick(WORDS)}-${chance.pick(WORDS)}-${chance.pick(WORDS)}-${chance.between(100, 999)}`;
}
