/** Which birth dates a person can have who registers now. */

/** As the registration form takes it. */
const OLDEST = '1900-01-01';
/** Where the day begins first (UTC+14): nobody is refused who was born today at home. */
const EARLIEST_ZONE_MS = 14 * 60 * 60_000;

/** `date` is a day of the calendar as YYYY-MM-DD; `now` in milliseconds. */
export function isPossibleBirthDate(date: string, now: number): boolean {
  const today = new Date(now + EARLIEST_ZONE_MS).toISOString().slice(0, 10);
  return date >= OLDEST && date <= today;
}
