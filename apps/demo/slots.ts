/** Appointments of twenty minutes given out so that no doctor has two at once, none on a Sunday, and all within hours. */
import type { Calendar } from './calendar.ts';
import type { StaffKey } from './house.ts';

export interface Slot {
  /** Negative is ahead. */
  readonly daysAgo: number;
  /** HH:MM in Pune. */
  readonly clock: string;
}

export interface Slots {
  /** On that day or the next working day before it. */
  before(doctor: StaffKey, daysAgo: number): Slot;
  /** On that day or the next working day after it; 0 is today. */
  after(doctor: StaffKey, inDays: number): Slot;
}

const LENGTH_MINUTES = 20;
/** Every doctor is there then. */
const FROM_MINUTES = 10 * 60;
const TO_MINUTES = 13 * 60;
const SUNDAY = 0;

export function slotsOf(
  calendar: Calendar,
  taken: readonly { with: StaffKey; inDays: number; clock: string }[],
): Slots {
  const given = new Map<string, number[]>();
  const listOf = (doctor: StaffKey, daysAgo: number): number[] => {
    const name = `${doctor} ${daysAgo}`;
    const list = given.get(name) ?? [];
    given.set(name, list);
    return list;
  };
  for (const { with: doctor, inDays, clock } of taken) listOf(doctor, -inDays).push(minutesOf(clock));
  const next = (doctor: StaffKey, from: number, step: 1 | -1): Slot => {
    for (let daysAgo = from; ; daysAgo += step) {
      if (new Date(calendar.date(daysAgo)).getUTCDay() === SUNDAY) continue;
      const list = listOf(doctor, daysAgo);
      for (let at = FROM_MINUTES; at < TO_MINUTES; at += LENGTH_MINUTES) {
        if (list.some((other) => Math.abs(other - at) < LENGTH_MINUTES)) continue;
        list.push(at);
        return { daysAgo, clock: `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}` };
      }
    }
  };
  return {
    before: (doctor, daysAgo) => next(doctor, daysAgo, 1),
    after: (doctor, inDays) => next(doctor, -inDays, -1),
  };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
