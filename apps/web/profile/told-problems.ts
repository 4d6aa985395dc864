// The problems a patient tells in the own words, as a short form: which there are, what changes, and the transaction that writes it.
// Pure. Nothing is overwritten: words that change are a new version, and one that is emptied is marked as no longer there.
import { toldProblem } from '@clearchart/exchange';
import type { Condition } from '../record/fhir.ts';
import { isTold } from '../record/summary.ts';

/** As many as the form offers at once; a record may hold more. */
export const TOLD_AT_ONCE = 5;

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';

const concept = (system: string, code: string) => ({ coding: [{ system, code }] });

/** Those that go on, the first told first. */
export function toldProblems(conditions: readonly Condition[]): Condition[] {
  return conditions
    .filter((condition) => isTold(condition) && condition.clinicalStatus?.coding?.[0]?.code === 'active')
    .toSorted((one, other) => (one.recordedDate ?? '').localeCompare(other.recordedDate ?? ''));
}

/** The words of the form: one field for each told problem, and empty ones up to five. */
export function wordsOf(told: readonly Condition[]): string[] {
  const empty = Array.from({ length: Math.max(0, TOLD_AT_ONCE - told.length) }, () => '');
  return [...told.map(({ code }) => code?.text ?? ''), ...empty];
}

export interface ToldChange {
  /** Of the field in the form. */
  at: number;
  before: string;
  after: string;
}

export function toldChanges(told: readonly Condition[], words: readonly string[]): ToldChange[] {
  return wordsOf(told).flatMap((before, at) => {
    const after = (words[at] ?? '').trim();
    return after === before ? [] : [{ at, before, after }];
  });
}

export interface ToldBundle {
  resourceType: 'Bundle';
  type: 'transaction';
  entry: { resource: object; request: { method: string; url: string; ifMatch?: string } }[];
}

/** A transaction: all changes, or none. `today` is a date (`YYYY-MM-DD`). */
export function toldBundle(
  patientId: string,
  told: readonly Condition[],
  changes: readonly ToldChange[],
  today: string,
): ToldBundle {
  const entry = changes.map(({ at, after }) => {
    const known = told[at];
    if (known === undefined) {
      const resource = toldProblem(`Patient/${patientId}`, after, today);
      return { resource, request: { method: 'POST', url: 'Condition' } };
    }
    const resource =
      after === '' ? { ...known, clinicalStatus: concept(CLINICAL, 'inactive') } : { ...known, code: { text: after } };
    const ifMatch = `W/"${known.meta?.versionId}"`;
    return { resource, request: { method: 'PUT', url: `Condition/${known.id}`, ifMatch } };
  });
  return { resourceType: 'Bundle', type: 'transaction', entry };
}
