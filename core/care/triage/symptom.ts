// A symptom a person can tap or write about: its code, where it is felt, its words, and who looks after it.
import type { SpecialtyId } from '../specialties.ts';

export const BODY_AREAS = ['whole-body', 'head', 'chest', 'abdomen', 'back-limbs', 'skin', 'pelvis', 'mind'] as const;

export type BodyArea = (typeof BODY_AREAS)[number];

export interface SymptomRow {
  readonly id: string;
  readonly area: BodyArea;
  /** SNOMED CT finding code; none where we know no code with certainty and the id is our own code. */
  readonly snomed?: string;
  /**
   * Phrases of whole words, parted by `; `: `a|b` either word, `~` up to three other words between. Written with plain spaces; English,
   * Hindi, and Hindi in Latin letters where people write it so.
   */
  readonly en: string;
  readonly hi: string;
  /** Who looks after it, with the weight it adds: 3 first choice, 2 often, 1 possible. Empty for a sign that only warns. */
  readonly seenBy: Readonly<Partial<Record<SpecialtyId, 1 | 2 | 3>>>;
}

export type Sex = 'female' | 'male' | 'other' | 'unknown';
