import type { EngineClock } from '@clearchart/proof-of-work';
import type { EventQueue } from './event-queue.ts';

/** 2026-01-01: any fixed moment does. */
export const FIRST_MOMENT_MS = 1_767_225_600_000;

/** What all clocks show beside the time that passes in the queue: nights that are skipped. */
export interface Calendar {
  skippedMs: number;
}

/** One machine's clock. It goes wrong by its skew, and is the machine's: processes come and go. */
export interface MachineClock {
  skewMs: number;
}

/** A process's view of its machine's clock; its timers go with it. */
export class SimulatedClock implements EngineClock {
  readonly #queue: EventQueue;
  readonly #calendar: Calendar;
  readonly #machine: MachineClock;
  readonly #owner: string;
  #isGone = false;

  constructor(queue: EventQueue, calendar: Calendar, machine: MachineClock, owner: string) {
    this.#queue = queue;
    this.#calendar = calendar;
    this.#machine = machine;
    this.#owner = owner;
  }

  now(): number {
    return Math.floor(FIRST_MOMENT_MS + this.#queue.nowMs + this.#calendar.skippedMs + this.#machine.skewMs);
  }

  after(delayMs: number, act: () => void): () => void {
    if (this.#isGone) return () => undefined;
    // A timer never fires before the clock shows its time.
    const wholeMs = Math.ceil(this.#queue.nowMs + delayMs) - this.#queue.nowMs;
    return this.#queue.plan(wholeMs, () => this.#isGone || act(), this.#owner);
  }

  /** The process is gone, and its timers with it. */
  stop(): void {
    this.#isGone = true;
  }
}
