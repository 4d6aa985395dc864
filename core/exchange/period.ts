/** A span of time in milliseconds since the epoch, both ends included; an open end is infinite. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
export const NEVER: Span = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY };

export function contains(span: Span, time: number): boolean {
  return span.from <= time && time <= span.until;
}

export function intersection(left: Span, right: Span): Span {
  return { from: Math.max(left.from, right.from), until: Math.min(left.until, right.until) };
}

const FHIR_DATE_TIME =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;

const MILLISECONDS_PER_DAY = 86_400_000;

/** Days from 1970-01-01 to the first of the given month, by the civil calendar (Howard Hinnant's days_from_civil). */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/**
 * The span that a FHIR date, dateTime or instant covers: `2026-11` is the whole of November.
 * A value without a time zone is read as UTC. Undefined when the text is none of these (FHIR R4, 2.24.0.1).
 */
export function spanOfDateTime(text: string): Span | undefined {
  const match = FHIR_DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, yearText, monthText, dayText, hourText, minuteText, secondText, fractionText, zone] = match;
  const year = Number(yearText);
  const month = monthText === undefined ? undefined : Number(monthText);
  const day = dayText === undefined ? undefined : Number(dayText);
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > 31)) return undefined;
  const start = daysFromCivil(year, month ?? 1, day ?? 1) * MILLISECONDS_PER_DAY;
  if (hourText === undefined) {
    const next =
      day !== undefined
        ? start + MILLISECONDS_PER_DAY
        : month !== undefined
          ? daysFromCivil(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) * MILLISECONDS_PER_DAY
          : daysFromCivil(year + 1, 1, 1) * MILLISECONDS_PER_DAY;
    return { from: start, until: next - 1 };
  }
  const offset = zone === undefined || zone === 'Z' ? 0 : offsetOf(zone);
  const minutes = Number(hourText) * 60 + Number(minuteText) - offset;
  const fraction = fractionText === undefined ? 0 : Math.floor(Number(`0.${fractionText}`) * 1000);
  const from = start + minutes * 60_000 + Number(secondText ?? '0') * 1000 + fraction;
  const precision = secondText === undefined ? 60_000 : fractionText === undefined ? 1000 : 1;
  return { from, until: from + precision - 1 };
}

function offsetOf(zone: string): number {
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
}

/** The span of a FHIR Period; a missing end is open, an unreadable one makes it never. */
export function spanOfPeriod(period: { start?: string; end?: string } | undefined): Span {
  if (period === undefined) return ALWAYS;
  const start = period.start === undefined ? ALWAYS : spanOfDateTime(period.start);
  const end = period.end === undefined ? ALWAYS : spanOfDateTime(period.end);
  if (start === undefined || end === undefined) return NEVER;
  return { from: start.from, until: end.until };
}
