/** Time comes in through here, so that the simulator can own it. */
export interface EngineClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `act` once after the delay, and returns what cancels that. */
  after(delayMs: number, act: () => void): () => void;
}

export const systemClock: EngineClock = {
  now: Date.now,
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};
