/** When a practitioner sees people, from FHIR's PractitionerRole: hours of the week, less the times that are named as closed. */
import {
  momentOfWall,
  type OpenHours,
  spanOfDateTime,
  spanOfPeriod,
  type TimeSlot,
  type WallClock,
} from '@clearchart/exchange';

/** FHIR R4 days-of-week, as the wall clock counts them: 0 is Sunday. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const WHOLE_DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

export interface AvailabilityRules {
  readonly availableTime?: readonly {
    readonly daysOfWeek?: readonly string[];
    readonly allDay?: boolean;
    /** `HH:MM:SS` */
    readonly availableStartTime?: string;
    readonly availableEndTime?: string;
  }[];
  readonly notAvailable?: readonly { readonly description?: string; readonly during?: Period }[];
}

/** FHIR R4 Period. */
export interface Period {
  readonly start?: string;
  readonly end?: string;
}

export function openHours({ availableTime = [] }: AvailabilityRules): OpenHours[] {
  return availableTime.flatMap(({ daysOfWeek, allDay, availableStartTime, availableEndTime }): OpenHours[] => {
    const days = new Set((daysOfWeek ?? DAYS).map((day) => DAYS.findIndex((one) => one === day)));
    const fromMinute = allDay === true ? 0 : minuteOf(availableStartTime);
    const untilMinute = allDay === true ? WHOLE_DAY_MINUTES : minuteOf(availableEndTime);
    return fromMinute === undefined || untilMinute === undefined ? [] : [{ days, fromMinute, untilMinute }];
  });
}

/** A day without a time is the hospital's own day, the last one included; an end that is open closes for good. */
export function closedTimes({ notAvailable = [] }: AvailabilityRules, wall: WallClock): TimeSlot[] {
  return notAvailable.map(({ during }) => closedTime(during, wall));
}

export function closedTime(during: Period | undefined, wall: WallClock): TimeSlot {
  const { from, until } = spanOfPeriod(during);
  const endsAt = isMoment(during?.end) ? spanOfDateTime(during?.end ?? '')?.from : undefined;
  return { start: inZone(from, during?.start, wall), end: endsAt ?? inZone(until, during?.end, wall) + 1 };
}

function inZone(time: number, text: string | undefined, wall: WallClock): number {
  const isDay = text !== undefined && !isMoment(text);
  return isDay && Number.isFinite(time) ? (momentOfWall(time, wall) ?? time - wall.offsetAt(time) * MINUTE_MS) : time;
}

function isMoment(text: string | undefined): boolean {
  return text?.includes('T') === true;
}

function minuteOf(time: string | undefined): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(time ?? '') ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
