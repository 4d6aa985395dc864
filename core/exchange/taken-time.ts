/** The time that an Appointment takes of those who take part in it. */
import { STATUSES_THAT_TAKE_TIME } from './appointment-state.ts';
import { spanOfDateTime } from './period.ts';
import { overlaps, type TimeSlot } from './free-slots.ts';

/** Minutes of a visit that is booked here, and of one that does not say when it ends, or not after its beginning. */
export const VISIT_MINUTES = 20;
/** A visit takes no more than this of anybody, however late its end: one that began longer ago is not looked at. */
export const LONGEST_VISIT_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

/** The parts of FHIR R4 Appointment that say when. */
export interface AppointmentTimes {
  readonly status?: string;
  readonly start?: string;
  readonly end?: string;
}

/** Undefined when it takes none: by its status, or because it does not say when. */
export function takenTime({ status = '', start, end }: AppointmentTimes): TimeSlot | undefined {
  const begins = spanOfDateTime(start ?? '')?.from;
  if (!STATUSES_THAT_TAKE_TIME.includes(status) || begins === undefined) return undefined;
  const said = spanOfDateTime(end ?? '')?.from ?? begins;
  const ends = said > begins ? said : begins + VISIT_MINUTES * MINUTE_MS;
  return { start: begins, end: Math.min(ends, begins + LONGEST_VISIT_MS) };
}

/** Who is asked for which time. */
export interface Claim {
  readonly time: TimeSlot;
  /** FHIR ids of practitioners. */
  readonly practitioners: ReadonlySet<string>;
}

/** Whether a version asks for time that the version before it did not have. */
export function asksForMore(after: Claim, before: Claim | undefined): boolean {
  if (before === undefined) return true;
  const within = before.time.start <= after.time.start && after.time.end <= before.time.end;
  return !within || [...after.practitioners].some((one) => !before.practitioners.has(one));
}

/** Two visits stand in each other's way while the time that both take is not over. */
export function collides(one: TimeSlot, other: TimeSlot, now: number): boolean {
  return overlaps(one, other) && Math.min(one.end, other.end) > now;
}
