/** How much each sender may send: token buckets for requests, bytes and the bytes of answers (RFC 2697 in spirit), and how much at a time. */
import { MOST_SENDERS, type SenderLimit } from './limits.ts';

interface Use {
  readonly limit: SenderLimit;
  requestsLeft: number;
  bytesLeft: number;
  /** Below zero after a long answer: nothing is taken until it is made up for. */
  answerBytesLeft: number;
  /** When the three were worked out, milliseconds. */
  at: number;
  atOnce: number;
  bytesAtOnce: number;
}

/** How long to wait when only places are taken, seconds. */
const WAIT_FOR_PLACE_SECONDS = 1;

export interface Taken {
  readonly release: () => void;
  /** How long the answer is that it got. */
  readonly charge: (answerBytes: number) => void;
}
export type Place = Taken | { readonly retryAfterSeconds: number };

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
      charge: (answerBytes) => {
        for (const use of uses) if (use !== undefined) use.answerBytesLeft -= answerBytes;
      },
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
      const all = { requestsLeft: Infinity, bytesLeft: Infinity, answerBytesLeft: Infinity };
      use = { limit, ...all, at: now, atOnce: 0, bytesAtOnce: 0 };
      this.#uses.set(name, use);
    }
    refill(use, now);
    return use;
  }

  #forgetQuiet(now: number): void {
    for (const [name, use] of this.#uses) {
      refill(use, now);
      const { requestsPerSecond, bytesPerSecond, answerBytesPerSecond, burstSeconds } = use.limit;
      const isFull =
        use.requestsLeft === requestsPerSecond * burstSeconds &&
        use.bytesLeft === bytesPerSecond * burstSeconds &&
        use.answerBytesLeft === answerBytesPerSecond * burstSeconds;
      if (isFull && use.atOnce === 0) this.#uses.delete(name);
    }
  }
}

function refill(use: Use, now: number): void {
  const { requestsPerSecond, bytesPerSecond, answerBytesPerSecond, burstSeconds } = use.limit;
  const seconds = Math.max(0, now - use.at) / 1000;
  use.at = now;
  use.requestsLeft = Math.min(use.requestsLeft + seconds * requestsPerSecond, requestsPerSecond * burstSeconds);
  use.bytesLeft = Math.min(use.bytesLeft + seconds * bytesPerSecond, bytesPerSecond * burstSeconds);
  const mostAnswered = answerBytesPerSecond * burstSeconds;
  use.answerBytesLeft = Math.min(use.answerBytesLeft + seconds * answerBytesPerSecond, mostAnswered);
}

/** Seconds until there is room; 0 when there is. */
function waitOf(use: Use, bytes: number): number {
  const { limit } = use;
  if (use.atOnce >= limit.atOnce || use.bytesAtOnce + bytes > limit.bytesAtOnce) return WAIT_FOR_PLACE_SECONDS;
  const forRequest = (1 - use.requestsLeft) / limit.requestsPerSecond;
  const forBytes = (bytes - use.bytesLeft) / limit.bytesPerSecond;
  return Math.max(0, forRequest, forBytes, -use.answerBytesLeft / limit.answerBytesPerSecond);
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
