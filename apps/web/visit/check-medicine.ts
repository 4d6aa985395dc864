// Asks @clearchart/care about one prescription. Pure. It decides nothing medical: it gathers what is known of the patient, passes it
// on, and makes a fault of the tables, or a list that could not be read, as loud as a warning.
import {
  careTables,
  type CareTables,
  checkPrescription,
  type Finding,
  MAX_LINES,
  type NotChecked,
} from '@clearchart/care';
import type { CodeableConcept } from '../record/fhir.ts';
import type { Prescription } from './visit-form.ts';

/** What the check needs to know; undefined: not read yet, or it could not be. */
export interface CheckContext {
  readonly age: number | undefined;
  readonly allergies: readonly CodeableConcept[] | undefined;
  /** Taken now, with the id of the order. */
  readonly current: readonly { readonly concept: CodeableConcept; readonly id: string }[] | undefined;
  readonly problems: readonly CodeableConcept[] | undefined;
  readonly pregnant: boolean | undefined;
}

export type Verdict =
  | {
      readonly kind: 'checked';
      readonly findings: readonly Finding[];
      readonly notChecked: readonly NotChecked[];
    }
  /** A table is broken: nothing was checked. */
  | { readonly kind: 'fault' }
  /** Allergies, medicines or the age are not known: nothing was checked. */
  | { readonly kind: 'unread' };

const wordsOf = ({ text, coding }: CodeableConcept): string =>
  (text ?? coding?.[0]?.display ?? '').trim().toLowerCase();

/** The order that this one goes on with: the same medicine in the same strength. */
export function renewedOrder(prescription: Prescription, { current }: CheckContext): string | undefined {
  return current?.find(({ concept }) => wordsOf(concept) === wordsOf(prescription.concept))?.id;
}

/** `others` are the other prescriptions of this visit. `tablesOf` throws when a table is broken. */
export function verdictOn(
  prescription: Prescription,
  others: readonly Prescription[],
  context: CheckContext,
  tablesOf: () => CareTables = careTables,
): Verdict {
  const { age, allergies, current, problems, pregnant } = context;
  if (age === undefined || allergies === undefined || current === undefined) return { kind: 'unread' };
  const renewed = renewedOrder(prescription, context);
  const taken = [
    ...current.filter(({ id }) => id !== renewed).map(({ concept }) => concept),
    ...others.filter(({ key }) => key !== prescription.key).map(({ concept }) => concept),
  ];
  if ([taken, allergies, problems ?? []].some(({ length }) => length > MAX_LINES)) return { kind: 'fault' };
  try {
    const check = { medicine: prescription.concept, current: taken, allergies, problems, age, pregnant };
    return { kind: 'checked', ...checkPrescription(check, tablesOf()) };
  } catch {
    return { kind: 'fault' };
  }
}

/** Whether the practitioner must say why it is given all the same. */
export function needsAnswer(verdict: Verdict): boolean {
  if (verdict.kind !== 'checked') return true;
  return verdict.findings.some(({ severity }) => severity === 'contraindicated');
}

/** Letters of a reason that says anything. */
const SHORTEST_REASON = 3;

/** What an answer is to: the warnings that stop, whatever their order. */
export function stopsOf(verdict: Verdict): string {
  if (verdict.kind !== 'checked') return verdict.kind;
  return verdict.findings
    .filter(({ severity }) => severity === 'contraindicated')
    .map(({ kind, ingredient, other, against, effect }) => [kind, ingredient, other, against, effect].join('|'))
    .toSorted()
    .join('\n');
}

export function isAnswered(prescription: Prescription, verdict: Verdict | undefined): boolean {
  if (verdict === undefined) return false;
  if (!needsAnswer(verdict)) return true;
  return prescription.answerTo === stopsOf(verdict) && prescription.answer.trim().length >= SHORTEST_REASON;
}
