// Combinations of symptoms that should not wait for a booked visit, each with the guidance it is taken from.
// A clinician has not reviewed them (docs/decisions/0050-care-rules.md).
import type { RedFlagRow } from './red-flag-row.ts';
import { LOWER_RED_FLAG_ROWS } from './red-flag-rows-lower.ts';
import { UPPER_RED_FLAG_ROWS } from './red-flag-rows-upper.ts';

export type { RedFlagRow, Urgency } from './red-flag-row.ts';

const RED_FLAG_ROWS = [...UPPER_RED_FLAG_ROWS, ...LOWER_RED_FLAG_ROWS] as const;

export type RedFlagId = (typeof RED_FLAG_ROWS)[number]['id'];

export const redFlagRows: readonly (RedFlagRow & { readonly id: RedFlagId })[] = RED_FLAG_ROWS;
