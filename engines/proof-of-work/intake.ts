// Submissions that come together are verified together: while one batch's signatures are being verified on the other
// cores, the batch before is applied on this one.
import {
  type Rejection,
  type SignatureCheck,
  type Submission,
  type Transaction,
  type TransactionId,
  encodeTransaction,
  isRejection,
  reject,
  transactionId,
} from '@clearchart/ledger';
import type { DraftQueue } from './draft-queue.ts';
import { TurnQueue } from './fair-order.ts';
import { INTAKE_BATCH } from './limits.ts';
import type { Mempool, Waiting } from './mempool.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';

type Ticket = Waiting & { resolve: (answer: Rejection | Submission) => void; reject: (error: Error) => void };
type Prepared = { ticket: Ticket; checks: readonly SignatureCheck[] };

export class Intake {
  readonly #mempool: Mempool;
  readonly #drafts: DraftQueue;
  readonly #signatures: VerifiedSignatures;
  readonly #onAdmitted: () => void;
  readonly #headHeight: () => number;
  /** By who brought them: signatures are not checked yet. */
  readonly #queue = new TurnQueue<Ticket>();
  readonly #inside = new Set<TransactionId>();
  #isDraining = false;
  #closed: Error | undefined;

  constructor(
    mempool: Mempool,
    drafts: DraftQueue,
    signatures: VerifiedSignatures,
    headHeight: () => number,
    onAdmitted: () => void,
  ) {
    this.#mempool = mempool;
    this.#drafts = drafts;
    this.#signatures = signatures;
    this.#headHeight = headHeight;
    this.#onAdmitted = onAdmitted;
  }

  /** @param from The peer that brought it; undefined for what is submitted here. */
  submit(transaction: Transaction, from = ''): Promise<Rejection | Submission> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const id = transactionId(transaction);
    if (this.#mempool.has(id) || this.#inside.has(id)) return Promise.resolve(reject('duplicate-transaction'));
    const bytes = encodeTransaction(transaction).length;
    const ticket = { id, transaction, bytes, heldSince: this.#headHeight() };
    const full = this.#mempool.checkRoom(ticket, this.#inside.size);
    if (full !== undefined) return Promise.resolve(full);
    return new Promise((resolve, rejectAnswer) => {
      this.#inside.add(id);
      this.#queue.add(from, { ...ticket, resolve, reject: rejectAnswer });
      if (this.#isDraining) return;
      this.#isDraining = true;
      // One turn later, so that all that is submitted in this one is taken together.
      void Promise.resolve().then(() => this.#drain());
    });
  }

  /** What is still being verified is answered with the error. */
  close(error: Error): void {
    this.#closed = error;
    for (const ticket of this.#queue.take()) ticket.reject(error);
  }

  async #drain(): Promise<void> {
    let before: Prepared[] = [];
    while (!this.#queue.isEmpty || before.length > 0) {
      const prepared = this.#queue.take(INTAKE_BATCH).map((ticket) => this.#prepare(ticket));
      const verified = this.#signatures.verifyAll(prepared.flatMap(({ checks }) => checks));
      this.#admitAll(before);
      before = prepared;
      try {
        await verified;
      } catch (error) {
        this.#refuseAll(before, error as Error);
        before = [];
      }
    }
    this.#isDraining = false;
  }

  /** A transaction whose signers the draft does not know yet is looked at again when those before it are in. */
  #prepare(ticket: Ticket): Prepared {
    const checks = this.#drafts.open(ticket.bytes).signaturesOf(ticket.transaction);
    return { ticket, checks: isRejection(checks) ? [] : checks };
  }

  #admitAll(prepared: readonly Prepared[]): void {
    if (prepared.length === 0) return;
    for (const { ticket } of prepared) {
      this.#inside.delete(ticket.id);
      if (this.#closed !== undefined) ticket.reject(this.#closed);
      else ticket.resolve(this.#admit(ticket));
    }
    this.#onAdmitted();
  }

  #admit(ticket: Ticket): Rejection | Submission {
    const { id, transaction, bytes } = ticket;
    // What is still being verified could be in no block of this member's.
    const waiting: Waiting = { id, transaction, bytes, heldSince: this.#headHeight() };
    const full = this.#mempool.checkRoom(waiting, 0);
    if (full !== undefined) return full;
    const draft = this.#drafts.admit(waiting);
    if (isRejection(draft)) return draft;
    this.#mempool.add(waiting);
    return { transactionId: id, block: draft.height };
  }

  #refuseAll(prepared: readonly Prepared[], error: Error): void {
    for (const { ticket } of prepared) {
      this.#inside.delete(ticket.id);
      ticket.reject(error);
    }
  }
}
