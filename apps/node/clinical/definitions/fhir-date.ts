/** A FHIR date, dateTime, instant or partial date as the span of time it covers (FHIR R4 search §date). */
export interface Span {
  /** Milliseconds since the epoch, inclusive. */
  readonly low: number;
  /** Inclusive. */
  readonly high: number;
}

const DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** Beyond every date of FHIR; stands for an open end. */
export const FIRST_TIME = -62_135_596_800_000;
export const LAST_TIME = 253_402_300_799_999;

const MINUTE_MS = 60_000;

/** Undefined when the text is no date. A text without a zone is read as UTC. */
export function dateSpan(text: string): Span | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, day, hour, minute, second, fraction, zone] = match;
  const numbers = [month, day, hour, minute, second].map((part) => (part === undefined ? undefined : Number(part)));
  const [monthNumber = 1, dayNumber = 1, hourNumber = 0, minuteNumber = 0, secondNumber = 0] = numbers;
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1 || hourNumber > 24) return undefined;
  if (minuteNumber > 59 || secondNumber > 60 || dayNumber > daysIn(Number(year), monthNumber)) return undefined;
  const milliseconds = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const start =
    utc(Number(year), monthNumber, dayNumber) +
    ((hourNumber * 60 + minuteNumber) * 60 + secondNumber) * 1000 +
    milliseconds;
  const low = start - zoneMs(zone);
  return { low, high: low + length(Number(year), monthNumber, { month, day, hour, second, fraction }) - 1 };
}

interface Given {
  readonly month: string | undefined;
  readonly day: string | undefined;
  readonly hour: string | undefined;
  readonly second: string | undefined;
  readonly fraction: string | undefined;
}

function length(year: number, month: number, given: Given): number {
  const day = 24 * 60 * MINUTE_MS;
  if (given.month === undefined) return utc(year + 1, 1, 1) - utc(year, 1, 1);
  if (given.day === undefined) return daysIn(year, month) * day;
  if (given.hour === undefined) return day;
  if (given.second === undefined) return MINUTE_MS;
  return given.fraction === undefined ? 1000 : 10 ** (3 - Math.min(given.fraction.length, 3));
}

function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * MINUTE_MS;
}
