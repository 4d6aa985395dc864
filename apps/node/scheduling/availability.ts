/** When a practitioner sees people, from FHIR's PractitionerRole: hours of the week, less the times that are named as closed. */
import { type OpenHours, spanOfPeriod, type TimeSlot, type WallClock } from '@clearchart/exchange';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
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
  readonly notAvailable?: readonly { readonly during?: { readonly start?: string; readonly end?: string } }[];
}

export function openHours({ availableTime = [] }: AvailabilityRules): OpenHours[] {
  return availableTime.flatMap(({ daysOfWeek, allDay, availableStartTime, availableEndTime }): OpenHours[] => {
    const days = new Set((daysOfWeek ?? DAYS).map((day) => DAYS.indexOf(day)));
    const fromMinute = allDay === true ? 0 : minuteOf(availableStartTime);
    const untilMinute = allDay === true ? WHOLE_DAY_MINUTES : minuteOf(availableEndTime);
    return fromMinute === undefined || untilMinute === undefined ? [] : [{ days, fromMinute, untilMinute }];
  });
}

/** A day without a time is the hospital's own day; an end that is open closes for good. */
export function closedTimes({ notAvailable = [] }: AvailabilityRules, wall: WallClock): TimeSlot[] {
  return notAvailable.map(({ during }) => {
    const { from, until } = spanOfPeriod(during);
    return { start: inZone(from, during?.start, wall), end: inZone(until, during?.end, wall) + 1 };
  });
}

function inZone(time: number, text: string | undefined, wall: WallClock): number {
  const isDay = text !== undefined && !text.includes('T');
  return isDay && Number.isFinite(time) ? time - wall.offsetAt(time) * MINUTE_MS : time;
}

function minuteOf(time: string | undefined): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(time ?? '') ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
