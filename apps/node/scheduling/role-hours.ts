/** The hours of a PractitionerRole as a person sets them: spans of a week and times off by the hospital's wall clock, and back to FHIR. */
import { type HoursSpan, LONGEST_REASON, type TimeOff } from '@clearchart/api';
import { momentOfWall, spanOfDateTime, type WallClock } from '@clearchart/exchange';
import { type AvailabilityRules, closedTime, DAYS, openHours, type Period } from './availability.ts';

const MINUTE_MS = 60_000;
const WHOLE_DAY_MINUTES = 24 * 60;
/** A week begins on Monday. */
const WEEK = [...DAYS.slice(1), DAYS[0]];

/** By day and time; spans that overlap, as other FHIR clients may write them, are one. */
export function weekOf(rules: AvailabilityRules): HoursSpan[] {
  const open = openHours(rules);
  return WEEK.flatMap((day) => {
    const spans = open
      .filter(({ days, fromMinute, untilMinute }) => days.has(DAYS.indexOf(day)) && fromMinute < untilMinute)
      .toSorted((one, other) => one.fromMinute - other.fromMinute);
    const joined: { from: number; until: number }[] = [];
    for (const { fromMinute, untilMinute } of spans) {
      const last = joined.at(-1);
      if (last === undefined || fromMinute >= last.until) joined.push({ from: fromMinute, until: untilMinute });
      else last.until = Math.max(last.until, untilMinute);
    }
    return joined.map(({ from, until }) => ({ day, from: clockOf(from), until: clockOf(until) }));
  });
}

/** Those that are not over, earliest first. */
export function timesOffOf({ notAvailable = [] }: AvailabilityRules, wall: WallClock, now: number): TimeOff[] {
  return notAvailable
    .map(({ description, during }) => ({ description, during, span: closedTime(during, wall) }))
    .filter(({ span }) => span.end > now)
    .toSorted((one, other) => one.span.start - other.span.start)
    .map(({ description, during }) => ({
      ...(during?.start === undefined ? {} : { from: onWall(during.start, 'from', wall) }),
      ...(during?.end === undefined ? {} : { until: onWall(during.end, 'until', wall) }),
      reason: (description?.trim() ?? '').slice(0, LONGEST_REASON) || '–',
    }));
}

/**
 * The parts of a PractitionerRole that say so in FHIR; undefined when a time off ends before it begins. One of `standing`, as another
 * client wrote it, may: it closes nothing, and goes when a person removes it.
 */
export function rulesOf(
  week: readonly HoursSpan[],
  timesOff: readonly TimeOff[],
  wall: WallClock,
  standing: readonly TimeOff[] = [],
): AvailabilityRules | undefined {
  const notAvailable = timesOff.map(({ from, until, reason }) => ({
    description: reason,
    during: {
      ...(from === undefined ? {} : { start: inFhir(from, wall) }),
      ...(until === undefined ? {} : { end: inFhir(until, wall) }),
    },
  }));
  const stood = (one: TimeOff) => standing.some(({ from, until }) => from === one.from && until === one.until);
  const makesSense = notAvailable.every(({ during }, at) => {
    const { start, end } = closedTime(during, wall);
    return start < end || stood(timesOff[at] as TimeOff);
  });
  if (!makesSense) return undefined;
  const daysBySpan = Map.groupBy(week, ({ from, until }) => `${from} ${until}`);
  const availableTime = [...daysBySpan.values()].map((same) => {
    const { from, until } = same[0] as HoursSpan;
    const times =
      until === '24:00' ? { allDay: true } : { availableStartTime: `${from}:00`, availableEndTime: `${until}:00` };
    return { daysOfWeek: WEEK.filter((day) => same.some((one) => one.day === day)), ...times };
  });
  return {
    ...(availableTime.length === 0 ? {} : { availableTime }),
    ...(notAvailable.length === 0 ? {} : { notAvailable: notAvailable.map(withoutEmptyPeriod) }),
  };
}

/** FHIR has no element without content. */
function withoutEmptyPeriod({ description, during }: { description: string; during: Period }) {
  return Object.keys(during).length === 0 ? { description } : { description, during };
}

function clockOf(minutes: number): string {
  const most = Math.min(minutes, WHOLE_DAY_MINUTES);
  return `${two(most / 60)}:${two(most % 60)}`;
}

function two(number: number): string {
  return String(Math.floor(number)).padStart(2, '0');
}

/** A day stays a day; a year or a month, as other FHIR clients may write, is its first or last one. */
function onWall(text: string, edge: 'from' | 'until', wall: WallClock): string {
  const time = spanOfDateTime(text)?.[edge] ?? 0;
  if (!text.includes('T')) return new Date(time).toISOString().slice(0, 10);
  const moment = Date.parse(text);
  return new Date(moment + wall.offsetAt(moment) * MINUTE_MS).toISOString().slice(0, 16);
}

function inFhir(text: string, wall: WallClock): string {
  if (!text.includes('T')) return text;
  const local = Date.parse(`${text}:00Z`);
  // What the wall clock skips in spring is meant by the time before the change.
  const time = momentOfWall(local, wall) ?? local - wall.offsetAt(local - 24 * 60 * MINUTE_MS) * MINUTE_MS;
  const offset = wall.offsetAt(time);
  const shown = new Date(time + offset * MINUTE_MS).toISOString().slice(0, 19);
  return `${shown}${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}
