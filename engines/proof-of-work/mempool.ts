// Transactions that wait for a block, in the order they came. Bounded in number and bytes; one signer may hold at most its
// share, so that a flood from one leaves room for all others.
import { type Rejection, type Transaction, type TransactionId, reject } from '@clearchart/ledger';

export type MempoolLimits = {
  transactions: number;
  bytes: number;
  /** Transactions of one signer that may wait at once. */
  transactionsPerSigner: number;
};

export const MEMPOOL_LIMITS: MempoolLimits = {
  transactions: 20_000,
  bytes: 16 * 1024 * 1024,
  transactionsPerSigner: 16_000,
};

export type Waiting = {
  id: TransactionId;
  transaction: Transaction;
  bytes: number;
  /** Height of the head when it came. */
  heldSince: number;
};

export class Mempool {
  readonly #limits: MempoolLimits;
  #waiting = new Map<TransactionId, Waiting>();
  readonly #ofSigner = new Map<string, number>();
  #bytes = 0;

  constructor(limits: MempoolLimits = MEMPOOL_LIMITS) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get bytes(): number {
    return this.#bytes;
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

  /** `arriving`: transactions let in already and not yet added. */
  checkRoom(candidate: Waiting, arriving = 0): Rejection | undefined {
    const { transactions, bytes, transactionsPerSigner } = this.#limits;
    if (this.#waiting.size + arriving >= transactions) return reject('mempool-full', { transactions });
    if (this.#bytes + candidate.bytes > bytes) return reject('mempool-full', { bytes });
    for (const signer of signersOf(candidate)) {
      if ((this.#ofSigner.get(signer) ?? 0) >= transactionsPerSigner) {
        return reject('mempool-signer-limit', { transactions: transactionsPerSigner });
      }
    }
    return undefined;
  }

  /** The caller has checked that there is room and that the id is new. */
  add(candidate: Waiting): void {
    this.#waiting.set(candidate.id, candidate);
    this.#count(candidate);
  }

  #count(candidate: Waiting): void {
    this.#bytes += candidate.bytes;
    for (const signer of signersOf(candidate)) this.#ofSigner.set(signer, (this.#ofSigner.get(signer) ?? 0) + 1);
  }

  /** What stood in a block that was given up: before all others again, as far as there is room. */
  putBack(returned: readonly Waiting[]): void {
    const rest = this.#waiting;
    const before = returned.filter((one) => !rest.has(one.id) && this.checkRoom(one) === undefined);
    this.#waiting = new Map(before.map((one) => [one.id, one]));
    for (const [id, one] of rest) this.#waiting.set(id, one);
    for (const one of before) this.#count(one);
  }

  remove(id: TransactionId): void {
    const gone = this.#waiting.get(id);
    if (gone === undefined) return;
    this.#waiting.delete(id);
    this.#bytes -= gone.bytes;
    for (const signer of signersOf(gone)) {
      const left = (this.#ofSigner.get(signer) ?? 1) - 1;
      if (left === 0) this.#ofSigner.delete(signer);
      else this.#ofSigner.set(signer, left);
    }
  }
}

function signersOf(waiting: Waiting): Set<string> {
  return new Set(waiting.transaction.signatures.map((signature) => signature.signer));
}
