// Dates and numbers as a reader of the page's language writes them: 24 hours, "23 November", latin figures.
import i18next from 'i18next';

function locale(): string {
  return i18next.language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-GB';
}

/** Undefined: that of the machine, as in every browser. */
let zone: string | undefined;

/** On a node that draws a page: times as at the hospital (an IANA name). */
export function tellTimesIn(timeZone: string): void {
  zone = timeZone;
}

type When = number | string | Date;

/** A FHIR date without a time is a calendar day, not midnight in London. */
const isDay = (when: When): when is string => typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when);

function asDate(when: When): Date | undefined {
  const text = isDay(when) ? `${when}T12:00:00` : when;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function format(when: When, options: Intl.DateTimeFormatOptions): string {
  const date = asDate(when);
  if (date === undefined) return String(when);
  const timeZone = zone === undefined || isDay(when) ? {} : { timeZone: zone };
  return new Intl.DateTimeFormat(locale(), { ...options, ...timeZone }).format(date);
}

/** "23 November 2026". A FHIR year or year and month stays as coarse as it is. */
export function formatDate(when: When): string {
  if (typeof when === 'string' && /^\d{4}$/.test(when)) return when;
  if (typeof when === 'string' && /^\d{4}-\d{2}$/.test(when)) {
    return format(`${when}-15`, { month: 'long', year: 'numeric' });
  }
  return format(when, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** "23 Nov 2026", for narrow places. */
export function formatShortDate(when: When): string {
  if (typeof when === 'string' && /^\d{4}(-\d{2})?$/.test(when)) return formatDate(when);
  return format(when, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "Monday 23 November"; the year stands there when it is not this one. */
export function formatDay(when: When): string {
  const thisYear = asDate(when)?.getFullYear() === new Date().getFullYear();
  return format(when, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(thisYear ? {} : { year: 'numeric' }),
  }).replace(',', '');
}

/** "Monday". */
export function formatWeekday(when: When): string {
  return format(when, { weekday: 'long' });
}

/** "Mon 23 Nov", for narrow places. */
export function formatShortDay(when: When): string {
  return format(when, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '');
}

/** "Mon", "23" and "Nov", for a leaf of a calendar. */
export function formatParts(when: When): { weekday: string; day: string; month: string } {
  return {
    weekday: format(when, { weekday: 'short' }),
    day: format(when, { day: 'numeric' }),
    month: format(when, { month: 'short' }),
  };
}

/** A language as the reader calls it: "Hindi" for hi; the code itself when nobody knows it. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "10:42". */
export function formatTime(when: When): string {
  return format(when, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "10:42:09". */
export function formatClock(when: When): string {
  return format(when, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

/** "23 Nov 2026, 10:42:09". */
export function formatMoment(when: When): string {
  return `${formatShortDate(when)}, ${formatClock(when)}`;
}

/** "10:42" of the last half day, "23 Nov 2026, 10:42" of before. */
export function formatLately(when: number, now: number): string {
  const time = formatTime(when);
  return now - when < 12 * HOUR_MS ? time : `${formatShortDate(when)}, ${time}`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "3 minutes ago"; undefined within the last minute, which has words of its own. */
export function formatAgo(when: number, now: number): string | undefined {
  const past = now - when;
  if (past < MINUTE_MS) return undefined;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'always' });
  if (past < HOUR_MS) return format.format(-Math.floor(past / MINUTE_MS), 'minute');
  if (past < 2 * DAY_MS) return format.format(-Math.floor(past / HOUR_MS), 'hour');
  return format.format(-Math.floor(past / DAY_MS), 'day');
}

/** "18,204" in English, grouped as the language groups. */
export function formatNumber(value: number, digitsAtMost = 2): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digitsAtMost }).format(value);
}

/** Whole years from a birth date (`YYYY-MM-DD` or coarser) to a moment. */
export function ageInYears(birthDate: string, now: number): number | undefined {
  const [year, month = 1, day = 1] = birthDate.split('-').map(Number);
  if (year === undefined || Number.isNaN(year)) return undefined;
  const today = new Date(now);
  const before = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day);
  return today.getFullYear() - year - (before ? 1 : 0);
}
