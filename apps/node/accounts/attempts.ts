/**
 * Brakes on guessing. One address at one account waits longer after each failed try, up to a minute; one account from
 * everywhere waits a few seconds at most, so that nobody can keep the right person out.
 */
import type { Clock } from '@clearchart/exchange';
import { ApiError } from '../http/errors.ts';

interface Brake {
  readonly freeTries: number;
  readonly longestWaitMs: number;
}

const FROM_ONE_ADDRESS: Brake = { freeTries: 5, longestWaitMs: 60_000 };
const FROM_EVERYWHERE: Brake = { freeTries: 100, longestWaitMs: 5_000 };
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const MOST_REMEMBERED = 20_000;

interface Tries {
  count: number;
  blockedUntil: number;
  lastAt: number;
}

export class Attempts {
  readonly #tries = new Map<string, Tries>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a try that may fail. @throws ApiError `too-many-requests` with the time to wait. */
  begin(account: string, address: string): void {
    const brakes: readonly [string, Brake][] = [
      [`${account} ${address}`, FROM_ONE_ADDRESS],
      [account, FROM_EVERYWHERE],
    ];
    const now = this.#clock.now();
    for (const [name] of brakes) {
      const blockedUntil = this.#tries.get(name)?.blockedUntil ?? 0;
      if (blockedUntil > now) {
        const seconds = Math.ceil((blockedUntil - now) / 1000);
        throw new ApiError('too-many-requests', {
          detail: `wait ${seconds} seconds, then try again`,
          retryAfterSeconds: seconds,
        });
      }
    }
    for (const [name, brake] of brakes) this.#count(name, brake, now);
  }

  #count(name: string, { freeTries, longestWaitMs }: Brake, now: number): void {
    const known = this.#tries.get(name);
    const fresh = known === undefined || now - known.lastAt > FORGOTTEN_AFTER_MS;
    const count = fresh ? 1 : known.count + 1;
    const beyond = count - freeTries;
    const waitMs = beyond < 0 ? 0 : Math.min(1_000 * 2 ** Math.min(beyond, 20), longestWaitMs);
    this.#tries.delete(name);
    for (const oldest of this.#tries.keys()) {
      if (this.#tries.size < MOST_REMEMBERED) break;
      this.#tries.delete(oldest);
    }
    this.#tries.set(name, { count, blockedUntil: now + waitMs, lastAt: now });
  }

  succeeded(account: string, address: string): void {
    this.#tries.delete(`${account} ${address}`);
    this.#tries.delete(account);
  }
}
