// A check of one medicine for somebody of whom only what matters to the test is said.
import { checkPrescription, type PrescriptionAnswer, type PrescriptionCheck } from './check-prescription.ts';
import type { Concept } from './findings.ts';

export const SNOMED = 'http://snomed.info/sct';
export const ATC = 'http://www.whocc.no/atc';
export const text = (words: string): Concept => ({ text: words });
export const coded = (system: string, code: string): Concept => ({ coding: [{ system, code }] });

export interface Whose extends Partial<Omit<PrescriptionCheck, 'medicine' | 'current' | 'allergies' | 'problems'>> {
  readonly current?: readonly string[];
  readonly allergies?: readonly (string | Concept)[];
  readonly problems?: readonly string[];
}

/** Everything that is not given is known and empty: nothing is left unchecked by the test itself. */
export function check(medicine: string | Concept, whose: Whose = {}): PrescriptionAnswer {
  const concept = (each: string | Concept) => (typeof each === 'string' ? text(each) : each);
  return checkPrescription({
    age: 40,
    pregnant: false,
    ...whose,
    medicine: concept(medicine),
    current: (whose.current ?? []).map(concept),
    allergies: (whose.allergies ?? []).map(concept),
    problems: (whose.problems ?? []).map(concept),
  });
}
