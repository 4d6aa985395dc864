/**
 * Who has stayed away from several visits is booked by the desk, which can ask what would help. Three within 90 days is a rule of
 * this house, not of medicine: it follows no published threshold.
 */

/** Missed visits from which on the desk books. */
export const MISSED_UNTIL_DESK_BOOKS = 3;
export const MISSED_COUNT_FOR_DAYS = 90;
export const MISSED_COUNT_FOR_MS = MISSED_COUNT_FOR_DAYS * 24 * 60 * 60_000;

export interface MissedVisits {
  /** Those that count still. */
  readonly count: number;
  /** Until then the desk books; undefined while the person may. Milliseconds. */
  readonly deskBooksUntil?: number;
}

/** `starts`: when the visits began that the person did not come to, milliseconds, in any order. */
export function missedVisits(starts: readonly number[], now: number): MissedVisits {
  const counted = starts
    .filter((start) => start <= now && start > now - MISSED_COUNT_FOR_MS)
    .toSorted((one, other) => other - one);
  const deciding = counted[MISSED_UNTIL_DESK_BOOKS - 1];
  return {
    count: counted.length,
    ...(deciding === undefined ? {} : { deskBooksUntil: deciding + MISSED_COUNT_FOR_MS }),
  };
}
