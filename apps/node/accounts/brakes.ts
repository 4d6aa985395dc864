/**
 * One brake for each name, in bounded memory. A brake is forgotten when its time is over and never before: when all places
 * are taken, names without one share brakes by a keyed hash. A flood of names then slows strangers, and frees nobody.
 */
import { hmacSha256, type Random, utf8 } from '@clearchart/crypto';
import { ApiError } from '../http/errors.ts';

export interface BrakeRule {
  readonly freeTries: number;
  /** After the last free try; doubles with each further one. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

const FORGOTTEN_AFTER_MS = 15 * 60_000;
const MOST_NAMES = 20_000;
const SHARED_BRAKES = 4_096;

interface Tries {
  readonly count: number;
  readonly blockedUntil: number;
  readonly lastAt: number;
}

export class Brakes {
  readonly #rule: BrakeRule;
  /** So that nobody can choose a name that shares a brake with another. */
  readonly #key: Uint8Array;
  /** The longest untouched first. */
  readonly #tries = new Map<string, Tries>();
  readonly #shared = new Map<number, Tries>();

  constructor(rule: BrakeRule, random: Random) {
    this.#rule = rule;
    this.#key = random.bytes(32);
  }

  /** Counts a try. @throws ApiError `too-many-requests` with the time to wait. */
  begin(name: string, now: number): void {
    assertNoWait(this.waitMs(name, now));
    this.count(name, now);
  }

  /** Milliseconds this name has to wait; 0 when it may try. */
  waitMs(name: string, now: number): number {
    const tries = this.#tries.get(name) ?? this.#shared.get(this.#sharedBy(name));
    return tries === undefined ? 0 : Math.max(0, tries.blockedUntil - now);
  }

  count(name: string, now: number): void {
    this.#forgetEnded(now);
    const own = this.#tries.get(name);
    const shared = this.#sharedBy(name);
    // A place that has become free does not begin anew what was counted without one.
    const tries = this.#after(own ?? this.#shared.get(shared), now);
    if (own === undefined && this.#tries.size >= MOST_NAMES) {
      this.#shared.set(shared, tries);
      return;
    }
    this.#tries.delete(name);
    this.#tries.set(name, tries);
  }

  #after(before: Tries | undefined, now: number): Tries {
    const count = before === undefined || hasEnded(before, now) ? 1 : before.count + 1;
    const beyond = count - this.#rule.freeTries;
    const waitMs =
      beyond < 0 ? 0 : Math.min(this.#rule.firstWaitMs * 2 ** Math.min(beyond, 20), this.#rule.longestWaitMs);
    return { count, blockedUntil: now + waitMs, lastAt: now };
  }

  /** Whoever shares a brake is let go by its time alone. */
  release(name: string): void {
    this.#tries.delete(name);
  }

  #forgetEnded(now: number): void {
    for (const [name, tries] of this.#tries) {
      if (!hasEnded(tries, now)) return;
      this.#tries.delete(name);
    }
  }

  #sharedBy(name: string): number {
    const [high = 0, low = 0] = hmacSha256(this.#key, utf8(name));
    return ((high << 8) | low) % SHARED_BRAKES;
  }
}

/** @throws ApiError `too-many-requests` unless the wait is over. */
export function assertNoWait(waitMs: number): void {
  if (waitMs <= 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new ApiError('too-many-requests', {
    detail: `wait ${seconds} seconds, then try again`,
    retryAfterSeconds: seconds,
  });
}

function hasEnded({ lastAt }: Tries, now: number): boolean {
  return now - lastAt > FORGOTTEN_AFTER_MS;
}
