import type { EngineClock } from '@clearchart/proof-of-work';

/** 2026-01-01: any fixed moment does. */
export const FIRST_MOMENT_MS = 1_767_225_600_000;

/** Time that passes only when told to. */
export class SimulatedClock implements EngineClock {
  #nowMs = FIRST_MOMENT_MS;
  #timers: { dueMs: number; act: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { dueMs: this.#nowMs + delayMs, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Runs what has come due, the earliest first; what those start is run only if it is due as well. */
  advance(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      const due = this.#timers.filter(({ dueMs }) => dueMs <= endMs).sort((left, right) => left.dueMs - right.dueMs);
      const [next] = due;
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.act();
    }
    this.#nowMs = endMs;
  }

  /** The process that set them is gone. */
  forgetTimers(): void {
    this.#timers = [];
  }
}
