/** Messages that wait for one peer: sent one after the other, in order, and the oldest dropped when there are too many. */
import type { Clock, Timers } from '@clearchart/exchange';
import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS, MOST_WAITING, MOST_WAITING_BYTES, REPEAT_WITHIN_MS } from './limits.ts';
import type { SignedRequest } from './signed-request.ts';

/**
 * What came of one attempt. `refused`: for good, this message alone. `not-now`: it has not been taken. `unknown`: it may have
 * been, so that it goes again only as the same request.
 */
export type Attempt = 'taken' | 'refused' | 'not-now' | 'unknown';

export interface MessageQueuePorts {
  readonly clock: Clock;
  readonly timers: Timers;
  sign(message: Uint8Array): SignedRequest;
  /** Never rejects. */
  attempt(message: Uint8Array, request: SignedRequest): Promise<Attempt>;
}

interface Waiting {
  readonly message: Uint8Array;
  /** As it went out, when nobody knows whether it arrived. */
  sent?: SignedRequest;
}

export class MessageQueue {
  readonly #ports: MessageQueuePorts;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #isSending = false;
  #isClosed = false;
  #failures = 0;
  #cancelPause: (() => void) | undefined;

  constructor(ports: MessageQueuePorts) {
    this.#ports = ports;
  }

  get length(): number {
    return this.#waiting.length;
  }

  add(message: Uint8Array): void {
    if (this.#isClosed) return;
    this.#waiting.push({ message });
    this.#bytes += message.length;
    this.#dropOldest();
    this.#next();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelPause?.();
    this.#waiting = [];
  }

  #next(): void {
    if (this.#isSending || this.#isClosed || this.#cancelPause !== undefined) return;
    const first = this.#waiting.shift();
    if (first === undefined) return;
    this.#bytes -= first.message.length;
    const isOld = first.sent !== undefined && this.#ports.clock.now() - first.sent.time > REPEAT_WITHIN_MS;
    if (isOld) {
      this.#next();
      return;
    }
    this.#isSending = true;
    const request = first.sent ?? this.#ports.sign(first.message);
    void this.#ports.attempt(first.message, request).then((outcome) => {
      this.#isSending = false;
      this.#settle(first.message, request, outcome);
      this.#next();
    });
  }

  #settle(message: Uint8Array, request: SignedRequest, outcome: Attempt): void {
    if (this.#isClosed) return;
    if (outcome === 'taken' || outcome === 'refused') {
      this.#failures = 0;
      return;
    }
    this.#waiting.unshift(outcome === 'unknown' ? { message, sent: request } : { message });
    this.#bytes += message.length;
    this.#dropOldest();
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    this.#cancelPause = this.#ports.timers.after(pause, () => {
      this.#cancelPause = undefined;
      this.#next();
    });
  }

  #dropOldest(): void {
    while (this.#waiting.length > MOST_WAITING || this.#bytes > MOST_WAITING_BYTES) {
      this.#bytes -= this.#waiting.shift()?.message.length ?? 0;
    }
  }
}
