// Combinations of symptoms that should not wait for a booked visit, each with the guidance it is taken from.
// A clinician has not reviewed them (docs/decisions/0050-care-rules.md).
import { LOWER_RED_FLAG_ROWS } from './red-flag-rows-lower.ts';
import { UPPER_RED_FLAG_ROWS } from './red-flag-rows-upper.ts';
import type { SymptomId } from './symptoms.ts';

export type Urgency = 'emergency' | 'today';

export interface RedFlagRow {
  readonly id: string;
  /** `emergency`: call an ambulance now; `today`: be seen on the same day. */
  readonly advice: Urgency;
  /** One of every group must be there. */
  readonly all: readonly (readonly SymptomId[])[];
  /** Only at these ages, in years. */
  readonly from?: number;
  readonly below?: number;
  readonly sex?: 'female' | 'male';
  readonly pregnant?: true;
  readonly source: string;
}

const RED_FLAG_ROWS = [...UPPER_RED_FLAG_ROWS, ...LOWER_RED_FLAG_ROWS] as const;

export type RedFlagId = (typeof RED_FLAG_ROWS)[number]['id'];

export const redFlagRows: readonly (RedFlagRow & { readonly id: RedFlagId })[] = RED_FLAG_ROWS;
