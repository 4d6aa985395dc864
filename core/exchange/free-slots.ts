/**
 * When somebody can be seen: opening hours of the week in the hospital's own time, less what is closed or taken. Free times are worked
 * out and never stored, so nothing has to be generated ahead and nothing grows stale.
 */

/** From `start` up to, not including, `end`; milliseconds since the epoch. */
export interface TimeSlot {
  readonly start: number;
  readonly end: number;
}

export interface OpenHours {
  /** 0 is Sunday. */
  readonly days: ReadonlySet<number>;
  /** Minutes after midnight, by the wall clock. */
  readonly fromMinute: number;
  readonly untilMinute: number;
}

/** The wall clock of a place. */
export interface WallClock {
  /** Minutes east of UTC at a moment. */
  offsetAt(time: number): number;
}

export interface SlotSearch {
  readonly hours: readonly OpenHours[];
  readonly taken: readonly TimeSlot[];
  readonly lengthMinutes: number;
  readonly wall: WallClock;
  readonly from: number;
  readonly until: number;
  readonly most: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;

/** The free times, earliest first, each once. A time the wall clock skips in spring is not offered. */
export function freeSlots({ hours, taken, lengthMinutes, wall, from, until, most }: SlotSearch): TimeSlot[] {
  if (!(lengthMinutes > 0)) throw new RangeError('a slot has a length');
  const found: TimeSlot[] = [];
  const busy = merged(taken);
  let next = 0;
  const lastDay = localDay(until, wall);
  for (let day = localDay(from, wall); day <= lastDay && found.length < most; day += 1) {
    for (const minute of startsOf(day, hours, lengthMinutes)) {
      const start = momentOf(day, minute, wall);
      if (start === undefined || start < from || start >= until) continue;
      const slot = { start, end: start + lengthMinutes * MINUTE_MS };
      while (next < busy.length && (busy[next] as TimeSlot).end <= start) next += 1;
      const ahead = busy[next];
      if (ahead === undefined || !overlaps(ahead, slot)) found.push(slot);
    }
  }
  return found.slice(0, most);
}

/** What overlaps or touches becomes one, in the order of time: the slots, which rise too, are held against one of them each. */
function merged(taken: readonly TimeSlot[]): TimeSlot[] {
  const whole: { start: number; end: number }[] = [];
  for (const { start, end } of taken.toSorted((one, other) => one.start - other.start)) {
    const last = whole.at(-1);
    if (last === undefined || start > last.end) whole.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return whole;
}

export function overlaps(one: TimeSlot, other: TimeSlot): boolean {
  return one.start < other.end && other.start < one.end;
}

function localDay(time: number, wall: WallClock): number {
  return Math.floor((time + wall.offsetAt(time) * MINUTE_MS) / DAY_MS);
}

function weekdayOf(day: number): number {
  return (((day + FIRST_WEEKDAY) % 7) + 7) % 7;
}

/** Minutes of the day at which a slot may begin, rising. */
function startsOf(day: number, hours: readonly OpenHours[], lengthMinutes: number): number[] {
  const weekday = weekdayOf(day);
  const starts = new Set<number>();
  for (const { days, fromMinute, untilMinute } of hours) {
    if (!days.has(weekday)) continue;
    const last = Math.min(untilMinute, DAY_MINUTES) - lengthMinutes;
    for (let minute = Math.max(0, fromMinute); minute <= last; minute += lengthMinutes) starts.add(minute);
  }
  return [...starts].toSorted((one, other) => one - other);
}

/** Whether a visit lies within the hours of its day: one that reaches over midnight does not. */
export function isWithinHours({ start, end }: TimeSlot, hours: readonly OpenHours[], wall: WallClock): boolean {
  const day = localDay(start, wall);
  const minuteAt = (time: number) => (time + wall.offsetAt(time) * MINUTE_MS - day * DAY_MS) / MINUTE_MS;
  const [from, until] = [minuteAt(start), minuteAt(end)];
  return hours.some(
    ({ days, fromMinute, untilMinute }) => days.has(weekdayOf(day)) && fromMinute <= from && until <= untilMinute,
  );
}

function momentOf(day: number, minute: number, wall: WallClock): number | undefined {
  return momentOfWall(day * DAY_MS + minute * MINUTE_MS, wall);
}

/** The moment at which the wall clock shows what UTC shows at `local`; undefined when it skips that in spring. */
export function momentOfWall(local: number, wall: WallClock): number | undefined {
  const guess = local - wall.offsetAt(local) * MINUTE_MS;
  const moment = local - wall.offsetAt(guess) * MINUTE_MS;
  return moment + wall.offsetAt(moment) * MINUTE_MS === local ? moment : undefined;
}
