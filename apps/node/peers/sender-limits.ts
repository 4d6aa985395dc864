/** How much each sender may send: a token bucket for requests and one for bytes (RFC 2697 in spirit), and how much at a time. */
import { MOST_SENDERS, type SenderLimit } from './limits.ts';

interface Use {
  readonly limit: SenderLimit;
  requestsLeft: number;
  bytesLeft: number;
  /** When the two were worked out, milliseconds. */
  at: number;
  atOnce: number;
  bytesAtOnce: number;
}

/** How long to wait when only places are taken, seconds. */
const WAIT_FOR_PLACE_SECONDS = 1;

export type Place = { readonly release: () => void } | { readonly retryAfterSeconds: number };

export class SenderLimits {
  readonly #uses = new Map<string, Use>();

  get size(): number {
    return this.#uses.size;
  }

  /** A place under all these limits, or under none. */
  take(senders: readonly (readonly [name: string, limit: SenderLimit])[], bytes: number, now: number): Place {
    const uses = senders.map(([name, limit]) => this.#use(name, limit, now));
    const waits = uses.map((use) => (use === undefined ? WAIT_FOR_PLACE_SECONDS : waitOf(use, bytes)));
    const longest = Math.max(...waits);
    if (longest > 0) return { retryAfterSeconds: longest };
    for (const use of uses) if (use !== undefined) count(use, 1, bytes);
    let isReleased = false;
    return {
      release: () => {
        if (isReleased) return;
        isReleased = true;
        for (const use of uses) if (use !== undefined) giveBack(use, bytes);
      },
    };
  }

  #use(name: string, limit: SenderLimit, now: number): Use | undefined {
    let use = this.#uses.get(name);
    if (use === undefined) {
      if (this.#uses.size >= MOST_SENDERS) this.#forgetQuiet(now);
      if (this.#uses.size >= MOST_SENDERS) return undefined;
      use = { limit, requestsLeft: Infinity, bytesLeft: Infinity, at: now, atOnce: 0, bytesAtOnce: 0 };
      this.#uses.set(name, use);
    }
    refill(use, now);
    return use;
  }

  #forgetQuiet(now: number): void {
    for (const [name, use] of this.#uses) {
      refill(use, now);
      const { limit } = use;
      const isFull = use.requestsLeft === limit.requestsPerSecond * limit.burstSeconds;
      const isQuiet = isFull && use.bytesLeft === limit.bytesPerSecond * limit.burstSeconds && use.atOnce === 0;
      if (isQuiet) this.#uses.delete(name);
    }
  }
}

function refill(use: Use, now: number): void {
  const { requestsPerSecond, bytesPerSecond, burstSeconds } = use.limit;
  const seconds = Math.max(0, now - use.at) / 1000;
  use.at = now;
  use.requestsLeft = Math.min(use.requestsLeft + seconds * requestsPerSecond, requestsPerSecond * burstSeconds);
  use.bytesLeft = Math.min(use.bytesLeft + seconds * bytesPerSecond, bytesPerSecond * burstSeconds);
}

/** Seconds until there is room; 0 when there is. */
function waitOf(use: Use, bytes: number): number {
  const { limit } = use;
  if (use.atOnce >= limit.atOnce || use.bytesAtOnce + bytes > limit.bytesAtOnce) return WAIT_FOR_PLACE_SECONDS;
  const forRequest = (1 - use.requestsLeft) / limit.requestsPerSecond;
  const forBytes = (bytes - use.bytesLeft) / limit.bytesPerSecond;
  return Math.max(0, forRequest, forBytes);
}

function count(use: Use, requests: number, bytes: number): void {
  use.requestsLeft -= requests;
  use.bytesLeft -= bytes;
  use.atOnce += 1;
  use.bytesAtOnce += bytes;
}

function giveBack(use: Use, bytes: number): void {
  use.atOnce -= 1;
  use.bytesAtOnce -= bytes;
}
