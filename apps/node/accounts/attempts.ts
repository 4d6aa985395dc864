/**
 * Brakes on guessing. One network at one account waits longer after each failed try, up to a minute; one account from
 * everywhere waits a few seconds each time. Whoever guesses from a dozen networks at once can keep the right person out.
 */
import { isIPv6 } from 'node:net';
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

  /** Counts a try that may fail, from an IP address. @throws ApiError `too-many-requests` with the time to wait. */
  begin(account: string, address: string): void {
    const brakes: readonly [string, Brake][] = [
      [`${account} ${networkOf(address)}`, FROM_ONE_ADDRESS],
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
    if (this.#tries.size >= MOST_REMEMBERED) this.#forgetOne(now);
    this.#tries.set(name, { count, blockedUntil: now + waitMs, lastAt: now });
  }

  /** The oldest that holds nobody up now, so that a flood of new names frees no account that is being guessed at. */
  #forgetOne(now: number): void {
    let oldest: string | undefined;
    for (const [name, { blockedUntil }] of this.#tries) {
      oldest ??= name;
      if (blockedUntil > now) continue;
      this.#tries.delete(name);
      return;
    }
    if (oldest !== undefined) this.#tries.delete(oldest);
  }

  succeeded(account: string, address: string): void {
    this.#tries.delete(`${account} ${networkOf(address)}`);
    this.#tries.delete(account);
  }
}

/** The address, or of IPv6 the /64 that one subscriber has whole. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
