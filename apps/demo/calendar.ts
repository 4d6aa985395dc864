/**
 * Dates counted from today, so the demo is as fresh on any day; clock times are those of the machine it runs on, where its hours
 * are offered too. Without an offset they are Pune's.
 */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** UTC+05:30, no summer time. */
const PUNE_MINUTES = 330;

export interface Calendar {
  /** FHIR date, YYYY-MM-DD; negative counts ahead. */
  date(daysAgo: number): string;
  /** FHIR dateTime of a clock time HH:MM, plus minutes. */
  moment(daysAgo: number, clock: string, minutesLater?: number): string;
  /** The date of birth of somebody who is `age` years old today and has the birthday MM-DD. */
  bornOn(age: number, birthday: string): string;
  daysSince(date: string): number;
}

/** @param offsetMinutes east of UTC */
export function calendarAt(todayMs: number, offsetMinutes = PUNE_MINUTES): Calendar {
  const today = Math.floor((todayMs + offsetMinutes * MINUTE_MS) / DAY_MS);
  const date = (daysAgo: number) => isoDate(today - daysAgo);
  return {
    date,
    moment: (daysAgo, clock, minutesLater = 0) => {
      const [hours = 0, minutes = 0] = clock.split(':').map(Number);
      const local = new Date((today - daysAgo) * DAY_MS + (hours * 60 + minutes + minutesLater) * MINUTE_MS);
      return `${local.toISOString().slice(0, 19)}${zoneOf(offsetMinutes)}`;
    },
    bornOn: (age, birthday) => {
      const [year = '', ...rest] = date(0).split('-');
      const hadBirthday = birthday <= rest.join('-');
      return `${Number(year) - age - (hadBirthday ? 0 : 1)}-${birthday}`;
    },
    daysSince: (day) => today - Date.parse(day) / DAY_MS,
  };
}

function isoDate(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** `+05:30` */
function zoneOf(offsetMinutes: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${part(Math.floor(size / 60))}:${part(size % 60)}`;
}
