/** City General Hospital in Pune, wholly made up: the same people for the same seed and day, on any machine. */
import type { Bundle } from '@medplum/fhirtypes';
import { calendarAt } from './calendar.ts';
import { chanceFrom } from './chance.ts';
import { type DemoPractitioner, directory } from './directory.ts';
import { householdPeople } from './household-people.ts';
import { emailOf, patientRecord } from './patient-record.ts';
import { PEOPLE, type Person } from './people.ts';
import { ADMINISTRATOR, HOSPITAL, type StaffKey } from './staff.ts';

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
  readonly hospital: { readonly name: string; readonly city: string };
  readonly administrator: { readonly key: string; readonly name: string; readonly email: string };
  readonly practitioners: readonly DemoPractitioner[];
  readonly patients: readonly DemoPatient[];
  readonly directory: Bundle;
  readonly logins: readonly DemoLogin[];
}

/** `todayMs`: milliseconds since 1970, from which every date is counted; `offsetMinutes` of the clock times, east of UTC. */
export function demoHospital(seed: number, todayMs: number, offsetMinutes?: number): DemoHospital {
  const calendar = calendarAt(todayMs, offsetMinutes);
  const { bundle, practitioners } = directory(seed, calendar);
  const written: [string, Person][] = Object.entries(PEOPLE);
  const taken = written.flatMap(([, { appointments = [] }]) => appointments);
  const others = householdPeople(calendar, taken, APPOINTMENTS - taken.length);
  const patients = [...written, ...others].map(([key, person], index) => ({
    key,
    name: `${person.given} ${person.family}`,
    ...(person.account === 'login' ? { email: emailOf(key) } : {}),
    about: person.about,
    unclaimed: person.account === 'unclaimed',
    isWritten: index < written.length,
    bundle: patientRecord(key, person, FIRST_RECORD_NUMBER + index, seed, calendar),
  }));
  return {
    hospital: HOSPITAL,
    administrator: ADMINISTRATOR,
    practitioners,
    patients,
    directory: bundle,
    logins: logins(seed, practitioners, patients),
  };
}

const FIRST_RECORD_NUMBER = 101;
/** Around today, of all patients. */
const APPOINTMENTS = 120;

const PRACTITIONERS_WITH_LOGIN: Readonly<Partial<Record<StaffKey, string>>> = {
  'sunita-joshi': 'Family doctor of most people here: today’s visits, whole histories.',
  'arjun-nair': 'Sees Meera Kulkarni today and Baldev Singh tomorrow; nobody else’s record opens for him.',
};

function logins(
  seed: number,
  practitioners: readonly DemoPractitioner[],
  patients: readonly DemoPatient[],
): readonly DemoLogin[] {
  const { key, name, email } = ADMINISTRATOR;
  const about = 'Accounts, registry, the health of the node; no content of any record.';
  const all: Omit<DemoLogin, 'password'>[] = [{ role: 'administrator', personKey: key, name, email, about }];
  for (const doctor of practitioners) {
    const says = PRACTITIONERS_WITH_LOGIN[doctor.key];
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
  return all.map((login) => ({ ...login, password: password(seed, login.personKey) }));
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
function password(seed: number, key: string): string {
  const chance = chanceFrom(seed, `password of ${key}`);
  return `${chance.pick(WORDS)}-${chance.pick(WORDS)}-${chance.pick(WORDS)}-${chance.between(100, 999)}`;
}
