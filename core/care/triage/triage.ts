// From what bothers a person: what cannot wait, and who can help. A suggestion, never a diagnosis; pure.
import { SPECIALTIES, type SpecialtyId } from '../specialties.ts';
import { type RedFlagId, type RedFlagRow, redFlagRows, type Urgency } from './red-flags.ts';
import type { Sex } from './symptom.ts';
import { type SymptomId, symptomById, symptomsInText } from './symptoms.ts';

/** Below this age a child is seen by a paediatrician first; years. */
const CHILD_BELOW = 16;
const MAX_AGE = 150;

export interface TriageInput {
  readonly symptoms: readonly SymptomId[];
  readonly text: string;
  /** Years; a fraction counts (three weeks are 0.06). */
  readonly age: number;
  readonly sex: Sex;
  /** Undefined when not known; the words "pregnant" in the text count as true. */
  readonly pregnant?: boolean | undefined;
}

export interface RedFlag {
  readonly id: RedFlagId;
  readonly advice: Urgency;
  /** The symptoms that made it fire. */
  readonly why: readonly SymptomId[];
  readonly source: string;
}

/** `child`: seen by a paediatrician because of the age; `first-contact`: nothing points elsewhere, or as a second way. */
export type Because = SymptomId | 'child' | 'first-contact';

export interface SpecialtySuggestion {
  readonly specialty: SpecialtyId;
  readonly because: readonly Because[];
}

export interface Triage {
  /** Emergencies first, then in the order of the table. */
  readonly redFlags: readonly RedFlag[];
  /** Best first; never empty, general medicine is always among them for adults. */
  readonly specialties: readonly SpecialtySuggestion[];
  /** All symptoms found, tapped or written. */
  readonly found: readonly SymptomId[];
  /** Signs worth asking about now: one more of them would make a red flag of what is there. */
  readonly askAbout: readonly SymptomId[];
}

/** Throws RangeError for an age or a symptom id that does not exist: a bug of the caller must not pass as "no red flag". */
export function suggest(input: TriageInput): Triage {
  if (!(input.age >= 0 && input.age <= MAX_AGE)) throw new RangeError('age must be years between 0 and 150');
  const found = new Set<SymptomId>(symptomsInText(input.text));
  for (const id of input.symptoms) {
    if (symptomById(id) === undefined) throw new RangeError(`no such symptom: ${id}`);
    found.add(id);
  }
  const pregnant = input.pregnant === true || found.has('pregnancy');
  const rows = redFlagRows.filter((row) => concerns(row, input, pregnant));
  const redFlags = rows.filter((row) => fires(row, found)).map((row) => redFlag(row, found));
  return {
    redFlags: [
      ...redFlags.filter(({ advice }) => advice === 'emergency'),
      ...redFlags.filter(({ advice }) => advice === 'today'),
    ],
    specialties: suggestSpecialties(found, input.age, pregnant),
    found: [...found],
    askAbout: askAbout(rows, found),
  };
}

function concerns(row: RedFlagRow, { age, sex }: TriageInput, pregnant: boolean): boolean {
  if (row.from !== undefined && age < row.from) return false;
  if (row.below !== undefined && age >= row.below) return false;
  if (row.pregnant === true && !pregnant) return false;
  // Who has not said a sex, or another one, is not left out.
  return row.sex === undefined || (sex !== 'female' && sex !== 'male') || sex === row.sex;
}

function fires(row: RedFlagRow, found: ReadonlySet<SymptomId>): boolean {
  return row.all.every((group) => group.some((id) => found.has(id)));
}

function redFlag(row: (typeof redFlagRows)[number], found: ReadonlySet<SymptomId>): RedFlag {
  const why = [...new Set(row.all.flat())].filter((id) => found.has(id));
  return { id: row.id, advice: row.advice, why, source: row.source };
}

function askAbout(rows: readonly RedFlagRow[], found: ReadonlySet<SymptomId>): SymptomId[] {
  const ask = new Set<SymptomId>();
  for (const row of rows) {
    if (row.advice !== 'emergency' || fires(row, found)) continue;
    const open = row.all.filter((group) => !group.some((id) => found.has(id)));
    if (open.length === 1 && row.all.length > 1) for (const id of open[0]!) ask.add(id);
  }
  return [...ask];
}

function suggestSpecialties(found: ReadonlySet<SymptomId>, age: number, pregnant: boolean): SpecialtySuggestion[] {
  const scores = new Map<SpecialtyId, { score: number; because: Because[] }>();
  const add = (specialty: SpecialtyId, weight: number, because: Because): void => {
    const entry = scores.get(specialty) ?? { score: 0, because: [] };
    entry.score += weight;
    entry.because.push(because);
    scores.set(specialty, entry);
  };
  for (const id of found) {
    for (const [specialty, weight] of Object.entries(symptomById(id)?.seenBy ?? {})) {
      add(specialty as SpecialtyId, weight, id);
    }
  }
  // A child goes to the paediatrician first whatever it has; pregnancy stays with the obstetrician at any age.
  if (age < CHILD_BELOW && !pregnant) add('paediatrics', 100, 'child');
  if (pregnant && found.size > 0) add('gynaecology-obstetrics', 4, 'pregnancy');
  if (age >= CHILD_BELOW && !scores.has('general-medicine')) add('general-medicine', 0, 'first-contact');
  if (scores.size === 0) add('general-medicine', 0, 'first-contact');
  return SPECIALTIES.map(({ id }) => ({ specialty: id, entry: scores.get(id) }))
    .filter(({ entry }) => entry !== undefined)
    .toSorted((one, other) => other.entry!.score - one.entry!.score)
    .map(({ specialty, entry }) => ({ specialty, because: [...new Set(entry!.because)] }));
}
