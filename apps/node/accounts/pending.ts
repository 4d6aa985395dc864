/** Steps of a flow that wait for the person's next message: in memory, used once, for a short while, and not too many. */
import { type Random, toBase64Url } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';

export interface PendingLimits {
  readonly goodForMs: number;
  readonly most: number;
}

export class Pending<Step> {
  readonly #steps = new Map<string, { readonly step: Step; readonly until: number }>();
  readonly #limits: PendingLimits;
  readonly #random: Random;
  readonly #clock: Clock;

  constructor(limits: PendingLimits, { random, clock }: { random: Random; clock: Clock }) {
    this.#limits = limits;
    this.#random = random;
    this.#clock = clock;
  }

  /** The oldest makes room. */
  add(step: Step): string {
    for (const oldest of this.#steps.keys()) {
      if (this.#steps.size < this.#limits.most) break;
      this.#steps.delete(oldest);
    }
    const id = toBase64Url(this.#random.bytes(16));
    this.#steps.set(id, { step, until: this.#clock.now() + this.#limits.goodForMs });
    return id;
  }

  /** Undefined when unknown, used or too old. */
  take(id: string): Step | undefined {
    const found = this.#steps.get(id);
    this.#steps.delete(id);
    return found !== undefined && found.until > this.#clock.now() ? found.step : undefined;
  }
}
