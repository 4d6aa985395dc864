/** Dates counted from today in Pune (UTC+05:30, no summer time), so the demo is as fresh on any day. */

const DAY_MS = 86_400_000;
const OFFSET_MS = 5.5 * 3_600_000;

export interface Calendar {
  /** FHIR date, YYYY-MM-DD; negative counts ahead. */
  date(daysAgo: number): string;
  /** FHIR dateTime of a clock time HH:MM, plus minutes. */
  moment(daysAgo: number, clock: string, minutesLater?: number): string;
  /** The date of birth of somebody who is `age` years old today and has the birthday MM-DD. */
  bornOn(age: number, birthday: string): string;
  daysSince(date: string): number;
}

export function calendarAt(todayMs: number): Calendar {
  const today = Math.floor((todayMs + OFFSET_MS) / DAY_MS);
  const date = (daysAgo: number) => isoDate(today - daysAgo);
  return {
    date,
    moment: (daysAgo, clock, minutesLater = 0) => {
      const [hours = 0, minutes = 0] = clock.split(':').map(Number);
      const local = new Date((today - daysAgo) * DAY_MS + (hours * 60 + minutes + minutesLater) * 60_000);
      return `${local.toISOString().slice(0, 19)}+05:30`;
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
