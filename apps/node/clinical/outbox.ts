/** The outbox of signed transactions: filled in the database transaction of what they stand for, emptied by the ledger. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SignedTransaction } from './ports.ts';

export interface OutboxEntry {
  readonly sequence: number;
  readonly transactionId: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
}

export class Outbox {
  readonly #database: DatabaseSync;
  readonly #listeners = new Set<() => void>();
  readonly #insert: StatementSync;
  readonly #waiting: StatementSync;
  readonly #waitingOf: StatementSync;
  readonly #markFinal: StatementSync;
  readonly #replace: StatementSync;
  readonly #find: StatementSync;
  readonly #withdraw: StatementSync;
  #nextSequence: number;
  #announced = true;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const last = database.prepare('SELECT max(sequence) AS last FROM outbox').get();
    this.#nextSequence = ((last?.['last'] as number | null) ?? 0) + 1;
    this.#insert = database.prepare(
      "INSERT INTO outbox (sequence, transaction_id, kind, bytes, state) VALUES (?, ?, ?, ?, 'waiting')",
    );
    this.#waiting = database.prepare(
      "SELECT sequence, transaction_id, kind, bytes FROM outbox WHERE state = 'waiting' AND sequence > ? ORDER BY sequence LIMIT ?",
    );
    this.#waitingOf = database.prepare(
      "SELECT sequence, transaction_id, kind, bytes FROM outbox WHERE state = 'waiting' AND kind = ? ORDER BY sequence",
    );
    this.#markFinal = database.prepare("UPDATE outbox SET state = 'final', height = ? WHERE transaction_id = ?");
    this.#replace = database.prepare('UPDATE outbox SET transaction_id = ?, bytes = ? WHERE transaction_id = ?');
    this.#withdraw = database.prepare("UPDATE outbox SET state = 'withdrawn' WHERE transaction_id = ?");
    this.#find = database.prepare('SELECT sequence, transaction_id, kind, bytes FROM outbox WHERE transaction_id = ?');
  }

  /** To be called inside the caller's own database transaction; `announce` after its commit. */
  add(kind: string, signed: SignedTransaction, sequence = this.reserve(1)): number {
    this.#insert.run(sequence, signed.id, kind, signed.bytes);
    this.#announced = false;
    return sequence;
  }

  /** The first of `count` sequence numbers; unused ones stay empty. */
  reserve(count: number): number {
    const first = this.#nextSequence;
    this.#nextSequence += count;
    return first;
  }

  /** Tells the listeners that something waits. */
  announce(): void {
    if (this.#announced) return;
    this.#announced = true;
    for (const listener of this.#listeners) listener();
  }

  /** In the order in which the ledger must see them. */
  waiting(limit: number, afterSequence = 0): OutboxEntry[] {
    return this.#waiting.all(afterSequence, limit).map(toEntry);
  }

  /** Those of one kind that wait, in the same order. */
  waitingOf(kind: string): OutboxEntry[] {
    return this.#waitingOf.all(kind).map(toEntry);
  }

  find(transactionId: string): OutboxEntry | undefined {
    const row = this.#find.get(transactionId);
    return row === undefined ? undefined : toEntry(row);
  }

  markFinal(transactionIds: readonly string[], height: number): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const id of transactionIds) this.#markFinal.run(height, id);
      this.#database.exec('COMMIT');
    } catch (fault) {
      this.#database.exec('ROLLBACK');
      throw fault;
    }
  }

  /** An expired transaction signed anew; its versions follow, because they name the row. */
  replace(oldId: string, signed: SignedTransaction): void {
    this.#replace.run(signed.id, signed.bytes, oldId);
    this.#announced = false;
    this.announce();
  }

  /** Takes back what the ledger will not take any more, and what has expired and cannot be signed anew without a person. */
  withdraw(transactionId: string): void {
    this.#withdraw.run(transactionId);
  }

  onAdded(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function toEntry(row: Record<string, unknown>): OutboxEntry {
  return {
    sequence: row['sequence'] as number,
    transactionId: row['transaction_id'] as string,
    kind: row['kind'] as string,
    bytes: row['bytes'] as Uint8Array,
  };
}
