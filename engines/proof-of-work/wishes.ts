import { type Block, NoBlockInTime } from '@clearchart/ledger';
import type { EngineClock } from './clock.ts';
import { WISH_MS } from './limits.ts';

type Wish = { resolve: (block: Block) => void; reject: (error: Error) => void; cancelTimer: () => void };

/** Callers that asked for a block, empty or not, each for at most its time: it may never be this member's turn. */
export class Wishes {
  readonly #clock: EngineClock;
  readonly #waiting = new Set<Wish>();

  constructor(clock: EngineClock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  wait(): Promise<Block> {
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#clock.after(WISH_MS, () => {
        this.#waiting.delete(wish);
        reject(new NoBlockInTime(WISH_MS));
      });
      const wish = { resolve, reject, cancelTimer };
      this.#waiting.add(wish);
    });
  }

  /** Those that wait now; later ones wish for another block. */
  now(): Wish[] {
    return [...this.#waiting];
  }

  end(wishes: readonly Wish[], tell: (wish: Wish) => void): void {
    for (const wish of wishes) {
      this.#waiting.delete(wish);
      wish.cancelTimer();
      tell(wish);
    }
  }
}
