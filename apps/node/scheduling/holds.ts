/**
 * Times that somebody is about to book: nobody else is offered them for five minutes. Kept in memory, since nothing is promised but a
 * little time; what is booked is on disk before it is answered.
 */
import type { TimeSlot } from '@clearchart/exchange';

export const HOLD_MS = 5 * 60_000;
/** One for each person who books; the oldest gives way. */
const MOST_HOLDS = 5_000;

interface Hold extends TimeSlot {
  readonly practitioner: string;
  readonly until: number;
}

export class Holds {
  readonly #byHolder = new Map<string, Hold>();

  /** Takes the place of what this holder held before. */
  place(holder: string, practitioner: string, slot: TimeSlot, now: number): number {
    this.#byHolder.delete(holder);
    for (const [other, { until }] of this.#byHolder) if (until <= now) this.#byHolder.delete(other);
    const oldest = this.#byHolder.keys().next();
    if (this.#byHolder.size >= MOST_HOLDS && oldest.done !== true) this.#byHolder.delete(oldest.value);
    const until = now + HOLD_MS;
    this.#byHolder.set(holder, { practitioner, start: slot.start, end: slot.end, until });
    return until;
  }

  end(holder: string): void {
    this.#byHolder.delete(holder);
  }

  /** Times of a practitioner that others than `holder` hold. */
  ofOthers(holder: string, practitioner: string, now: number): TimeSlot[] {
    return [...this.#byHolder]
      .filter(([other, hold]) => other !== holder && hold.practitioner === practitioner && hold.until > now)
      .map(([, { start, end }]) => ({ start, end }));
  }
}
