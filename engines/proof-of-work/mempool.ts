// Transactions that wait for a block, in the order they came. Bounded in number and bytes; one organization, with its persons, may
// hold at most its share, so that a flood from one leaves room for all others.
import { type Rejection, type Transaction, type TransactionId, reject } from '@clearchart/ledger';
import { Tally } from './tally.ts';

export type MempoolLimits = {
  transactions: number;
  bytes: number;
  /** Transactions of one organization and its persons that may wait at once. */
  transactionsPerSender: number;
};

export const MEMPOOL_LIMITS: MempoolLimits = {
  transactions: 20_000,
  bytes: 16 * 1024 * 1024,
  transactionsPerSender: 16_000,
};

export type Waiting = {
  id: TransactionId;
  transaction: Transaction;
  bytes: number;
  /** Whose turn and share it takes: an organization (`sender.ts`). */
  sender: string;
  /** Height of the head when it came. */
  heldSince: number;
};

const NOTHING = new Tally();

export class Mempool {
  readonly #limits: MempoolLimits;
  #waiting = new Map<TransactionId, Waiting>();
  readonly #tally = new Tally();

  constructor(limits: MempoolLimits = MEMPOOL_LIMITS) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get bytes(): number {
    return this.#tally.bytes;
  }

  has(id: TransactionId): boolean {
    return this.#waiting.has(id);
  }

  get(id: TransactionId): Waiting | undefined {
    return this.#waiting.get(id);
  }

  /** Oldest first. */
  [Symbol.iterator](): IterableIterator<Waiting> {
    return this.#waiting.values();
  }

  /** @param arriving Let in already and not added yet, by who brought it. */
  checkRoom({ bytes, sender }: Pick<Waiting, 'bytes' | 'sender'>, arriving = NOTHING): Rejection | undefined {
    const { transactions, bytes: mostBytes, transactionsPerSender } = this.#limits;
    if (this.#tally.count + arriving.count >= transactions) return reject('mempool-full', { transactions });
    if (this.#tally.bytes + arriving.bytes + bytes > mostBytes) return reject('mempool-full', { bytes: mostBytes });
    if (this.#tally.of(sender) + arriving.of(sender) >= transactionsPerSender)
      return reject('mempool-signer-limit', { transactions: transactionsPerSender });
    return undefined;
  }

  /** The caller has checked that there is room and that the id is new. */
  add(candidate: Waiting): void {
    this.#waiting.set(candidate.id, candidate);
    this.#tally.add(candidate.sender, candidate.bytes);
  }

  /** What stood in a block that was given up: before all others again, as far as there is room. */
  putBack(returned: readonly Waiting[]): void {
    const rest = this.#waiting;
    const before = returned.filter((one) => !rest.has(one.id) && this.checkRoom(one) === undefined);
    this.#waiting = new Map(before.map((one) => [one.id, one]));
    for (const [id, one] of rest) this.#waiting.set(id, one);
    for (const one of before) this.#tally.add(one.sender, one.bytes);
  }

  remove(id: TransactionId): void {
    const gone = this.#waiting.get(id);
    if (gone === undefined) return;
    this.#waiting.delete(id);
    this.#tally.remove(gone.sender, gone.bytes);
  }
}
