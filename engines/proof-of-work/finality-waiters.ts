import type { Finality, TransactionId } from '@clearchart/ledger';
import type { EngineClock } from './clock.ts';
import { WAITERS_LIMIT } from './limits.ts';

type Waiter = { resolve: (finality: Finality) => void; reject: (error: Error) => void; cancelTimer: () => void };

/** Callers that wait for a transaction to be final, each for at most its time. */
export class FinalityWaiters {
  readonly #clock: EngineClock;
  readonly #waiters = new Map<TransactionId, Set<Waiter>>();
  #count = 0;

  constructor(clock: EngineClock) {
    this.#clock = clock;
  }

  wait(id: TransactionId, timeoutMs: number): Promise<Finality> {
    if (this.#count >= WAITERS_LIMIT) return Promise.resolve('pending');
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#clock.after(timeoutMs, () => {
        this.#forget(id, waiter);
        resolve('pending');
      });
      const waiter: Waiter = { resolve, reject, cancelTimer };
      const waiters = this.#waiters.get(id) ?? new Set();
      this.#waiters.set(id, waiters.add(waiter));
      this.#count += 1;
    });
  }

  final(id: TransactionId): void {
    for (const waiter of this.#take(id)) waiter.resolve('final');
  }

  drop(id: TransactionId, error: Error): void {
    for (const waiter of this.#take(id)) waiter.reject(error);
  }

  dropAll(error: Error): void {
    for (const id of this.#waiters.keys()) this.drop(id, error);
  }

  #take(id: TransactionId): Waiter[] {
    const waiters = [...(this.#waiters.get(id) ?? [])];
    for (const waiter of waiters) {
      waiter.cancelTimer();
      this.#forget(id, waiter);
    }
    return waiters;
  }

  #forget(id: TransactionId, waiter: Waiter): void {
    const waiters = this.#waiters.get(id);
    if (!waiters?.delete(waiter)) return;
    this.#count -= 1;
    if (waiters.size === 0) this.#waiters.delete(id);
  }
}
