/** Pairs of patients who may be one person, looked for among all: only those are compared who share a day of birth, an e-mail or a phone. */
import { joinedInto, likeness, type Likeness, type LinkedPatient, type PersonTraits } from '@clearchart/exchange';
import type { ClinicalSession } from '../clinical/index.ts';
import { contactOf, parsePatient, type PatientLine } from '../routes/patient-lines.ts';

/** Patients looked at; beyond them the page says so. */
const MOST_PATIENTS = 20_000;
/** Read at once, so that others are not kept waiting. */
const AT_ONCE = 250;
/** A day of birth that stands for "unknown" is shared by many: of those no more are compared. */
const MOST_WHO_SHARE = 60;
/** More comparisons than of so many at once keep others waiting. */
const FEW_WHO_SHARE = 10;
const PHONE_DIGITS = 9;

export interface Pair {
  /** FHIR ids; the record that is older comes first. */
  readonly patients: readonly [string, string];
  readonly because: readonly Likeness[];
}

export interface Duplicates {
  /** The strongest first. */
  readonly pairs: readonly Pair[];
  /** Whether there are more patients than were looked at. */
  readonly partial: boolean;
}

interface Known extends PersonTraits {
  readonly id: string;
}

export async function findDuplicates(session: ClinicalSession): Promise<Duplicates> {
  // One who is made meanwhile moves the pages: who is met twice is one.
  const people = new Map<string, Known>();
  for (let skip = 0; skip < MOST_PATIENTS; skip += AT_ONCE) {
    const found = session.find('Patient', '_lastUpdated=ge1970-01-01', AT_ONCE, { newestFirst: true, skip });
    for (const { id, content } of found) for (const one of knownOf(id, parsePatient(content))) people.set(id, one);
    if (found.length < AT_ONCE) return { pairs: await pairsOf([...people.values()]), partial: false };
    await letOthersGo();
  }
  return { pairs: await pairsOf([...people.values()]), partial: true };
}

function knownOf(id: string, patient: PatientLine): Known[] {
  if (joinedInto(patient as unknown as LinkedPatient) !== undefined) return [];
  const [name] = patient.name ?? [];
  return [
    {
      id,
      given: name?.given?.join(' ') ?? '',
      family: name?.family ?? '',
      birthDate: patient.birthDate,
      email: contactOf(patient, 'email'),
      phone: contactOf(patient, 'phone'),
    },
  ];
}

const letOthersGo = (): Promise<unknown> => new Promise((resume) => setImmediate(resume));

async function pairsOf(people: readonly Known[]): Promise<Pair[]> {
  const pairs = new Map<string, Pair>();
  for (const sharing of groupsOf(people)) {
    if (sharing.length > FEW_WHO_SHARE) await letOthersGo();
    for (const [at, one] of sharing.entries())
      for (const other of sharing.slice(at + 1)) {
        const key = [one.id, other.id].toSorted().join('/');
        const because = pairs.has(key) ? [] : likeness(one, other);
        // People come newest first.
        if (because.length > 0) pairs.set(key, { patients: [other.id, one.id], because });
      }
  }
  return [...pairs.values()].toSorted((left, right) => right.because.length - left.because.length);
}

function groupsOf(people: readonly Known[]): Known[][] {
  const groups = new Map<string, Known[]>();
  for (const person of people) {
    const shared = [
      ['born', person.birthDate ?? ''],
      ['mail', (person.email ?? '').trim().toLowerCase()],
      ['phone', (person.phone ?? '').replace(/\D/g, '').slice(-PHONE_DIGITS)],
    ] as const;
    for (const [kind, value] of shared) {
      if (value === '') continue;
      const group = groups.get(kind + value);
      if (group === undefined) groups.set(kind + value, [person]);
      else if (group.length < MOST_WHO_SHARE) group.push(person);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
