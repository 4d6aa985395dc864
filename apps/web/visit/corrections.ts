// A finished note or diagnosis corrected: a new version that says so and why. Nothing is overwritten silently. Pure.
import { type Condition, conceptWords, type Resource } from '../record/fhir.ts';
import { base64, textOfBase64 } from './visit-resources.ts';
import type { VisitNote } from './visits.ts';

/** Characters of a reason; with fewer it is none. */
export const SHORTEST_REASON = 3;
export const REASON_LENGTH_LIMIT = 500;

interface Annotated extends Resource {
  note?: { text?: string }[];
}

/** The note with other words, marked as amended (FHIR R4 composition-status); the earlier versions stay in the history. */
export function amendedNote(note: VisitNote, text: string, reason: string): VisitNote {
  const [first, ...others] = note.content ?? [];
  return {
    ...note,
    docStatus: 'amended',
    description: reason.trim(),
    content: [
      { ...first, attachment: { contentType: 'text/plain; charset=utf-8', data: base64(text.trim()) } },
      ...others,
    ],
  };
}

/** The diagnosis taken back: it was never so. FHIR R4 con-5 wants no clinical status beside it. */
export function withdrawnCondition(condition: Condition & Annotated, reason: string): Condition & Annotated {
  const { clinicalStatus: _clinicalStatus, abatementDateTime: _abatement, ...rest } = condition;
  const verificationStatus = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'entered-in-error' }],
  };
  return {
    ...rest,
    verificationStatus,
    note: [...(condition.note ?? []), { text: reason.trim() }],
  } as Condition & Annotated;
}

/** Why a correction was made, as it was stored with it. */
export function correctionReason(corrected: Resource): string | undefined {
  const { description, note } = corrected as Partial<VisitNote> & Annotated;
  return description ?? note?.at(-1)?.text;
}

/** What a correction says: the note's text, or the diagnosis that was taken back. */
export function correctionWords(corrected: Resource): string | undefined {
  const { content, code } = corrected as Partial<VisitNote> & Partial<Condition>;
  return content === undefined ? conceptWords(code) : textOfBase64(content[0]?.attachment?.data);
}

export function isReason(text: string): boolean {
  return text.trim().length >= SHORTEST_REASON;
}
