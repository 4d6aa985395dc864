/**
 * What the use cases need from the world. The node joins these to real clocks and timers, the
 * simulator and the tests to ones of their own.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export interface Timers {
  /** Runs `action` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, action: () => void): () => void;
}
