// When a patient is reminded of a visit: the day before and two hours before, and never at night.
import type { WallClock } from './free-slots.ts';

const HOUR_MS = 60 * 60_000;

/** `from` and `until` are the span before the start in which one is sent: one that is late says nothing any more. */
const REMINDERS = [
  { kind: 'day-before', fromMs: 24 * HOUR_MS, untilMs: 3 * HOUR_MS },
  { kind: 'hours-before', fromMs: 2 * HOUR_MS, untilMs: HOUR_MS },
] as const;

export type ReminderKind = (typeof REMINDERS)[number]['kind'];

/** No visit further ahead is reminded of. */
export const REMINDED_WITHIN_MS = 24 * HOUR_MS;

/** Hours on the wall clock between which letters go out. */
const AWAKE = { from: 8, until: 21 };

export interface RemindedVisit {
  /** Milliseconds, as all that follow. */
  readonly start: number;
  readonly bookedAt: number;
}

/** The reminder that is due at `now`. Who booked within its time needs none. */
export function reminderDue(
  { start, bookedAt }: RemindedVisit,
  now: number,
  wall: WallClock,
): ReminderKind | undefined {
  const hour = Math.floor((((now / 60_000 + wall.offsetAt(now)) % 1440) + 1440) % 1440) / 60;
  if (hour < AWAKE.from || hour >= AWAKE.until) return undefined;
  const due = REMINDERS.find(({ fromMs, untilMs }) => now >= start - fromMs && now < start - untilMs);
  return due === undefined || bookedAt > start - due.fromMs ? undefined : due.kind;
}
