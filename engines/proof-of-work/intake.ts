// Submissions that come together are verified together: while one batch's signatures are being verified on the other
// cores, the batch before is applied on this one. What cannot be judged before more of what waits is placed waits for its turn.
import {
  type OrganizationId,
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
import type { EngineClock } from './clock.ts';
import type { Draft } from './draft.ts';
import type { DraftQueue } from './draft-queue.ts';
import { TurnQueue } from './fair-order.ts';
import { INTAKE_BATCH } from './limits.ts';
import type { Mempool, Waiting } from './mempool.ts';
import { UNKNOWN_SENDER } from './sender.ts';
import { Tally } from './tally.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';

export interface IntakePorts {
  /** The own one: it brings what is submitted here. */
  readonly organization: OrganizationId;
  readonly mempool: Mempool;
  readonly drafts: DraftQueue;
  readonly signatures: VerifiedSignatures;
  readonly clock: EngineClock;
  readonly headHeight: () => number;
  readonly onAdmitted: () => void;
}

interface Ticket {
  readonly waiting: Waiting;
  /** Who brought it. */
  readonly from: string;
  readonly resolve: (answer: Rejection | Submission) => void;
  readonly reject: (error: Error) => void;
}

export class Intake {
  readonly #ports: IntakePorts;
  /** By who brought them: signatures are not checked yet. */
  readonly #queue = new TurnQueue<Ticket>();
  /** All that is not answered, and how much it is. */
  readonly #inside = new Map<TransactionId, Ticket>();
  readonly #arriving = new Tally();
  #isDraining = false;
  #closed: Error | undefined;

  constructor(ports: IntakePorts) {
    this.#ports = ports;
  }

  /** @param from The peer that brought it; left out for what is submitted here. */
  submit(transaction: Transaction, from: string = this.#ports.organization): Promise<Rejection | Submission> {
    const { mempool } = this.#ports;
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const id = transactionId(transaction);
    if (mempool.has(id) || this.#inside.has(id)) return Promise.resolve(reject('duplicate-transaction'));
    const bytes = encodeTransaction(transaction).length;
    // Who sent it is only said, so it counts for who brings it.
    const full = mempool.checkRoom({ bytes, sender: from }, this.#arriving);
    if (full !== undefined) return Promise.resolve(full);
    return new Promise((resolve, rejectAnswer) => {
      const waiting = { id, transaction, bytes, sender: UNKNOWN_SENDER, heldSince: 0 };
      const ticket = { waiting, from, resolve, reject: rejectAnswer };
      this.#inside.set(id, ticket);
      this.#arriving.add(from, bytes);
      this.#queue.add(from, ticket);
      if (this.#isDraining) return;
      this.#isDraining = true;
      // One turn later, so that all that is submitted in this one is taken together.
      void Promise.resolve().then(() => this.#drain());
    });
  }

  /** All that is not answered is answered with the error. */
  close(error: Error): void {
    this.#closed = error;
    this.#queue.take();
    for (const ticket of this.#inside.values()) this.#end(ticket, () => ticket.reject(error));
  }

  async #drain(): Promise<void> {
    const { drafts, signatures } = this.#ports;
    let before: Ticket[] = [];
    while (this.#closed === undefined && (!this.#queue.isEmpty || before.length > 0 || drafts.hasCandidates)) {
      const batch = this.#queue.take(INTAKE_BATCH);
      const checks = batch.map((ticket) => this.#checksOf(ticket));
      const verified = signatures.verifyAll(checks.flat());
      this.#admitAll(before);
      before = batch;
      try {
        this.#nameSenders(batch, checks, await verified);
      } catch (error) {
        for (const ticket of batch) this.#end(ticket, () => ticket.reject(error as Error));
        before = [];
      }
      await this.#placeSome();
    }
    this.#isDraining = false;
  }

  /** None for a transaction whose signers the draft does not know yet: it is looked at again when those before it are in. */
  #checksOf({ waiting: { bytes, transaction } }: Ticket): readonly SignatureCheck[] {
    const checks = this.#ports.drafts.open(bytes).signaturesOf(transaction);
    return isRejection(checks) ? [] : checks;
  }

  /** What is not shown to be signed takes nobody's turns. */
  #nameSenders(
    batch: readonly Ticket[],
    checks: readonly (readonly SignatureCheck[])[],
    verdicts: readonly boolean[],
  ): void {
    let from = 0;
    for (const [index, { waiting }] of batch.entries()) {
      const count = checks[index]?.length ?? 0;
      const isSigned = count > 0 && verdicts.slice(from, from + count).every(Boolean);
      if (isSigned) waiting.sender = this.#ports.drafts.open(waiting.bytes).senderOf(waiting.transaction);
      from += count;
    }
  }

  #admitAll(batch: readonly Ticket[]): void {
    const { drafts, mempool, onAdmitted } = this.#ports;
    for (const ticket of batch) {
      const { waiting } = ticket;
      if (!this.#inside.has(waiting.id)) continue;
      const checkRoom = (sender: string): Rejection | undefined => mempool.checkRoom({ bytes: waiting.bytes, sender });
      drafts.admit({ waiting, checkRoom, answer: (answer) => this.#answer(ticket, answer) });
    }
    if (batch.length > 0) onAdmitted();
  }

  /** What waits for its turn comes to it by and by; the loop of events goes on meanwhile. */
  async #placeSome(): Promise<void> {
    const { clock, drafts, onAdmitted } = this.#ports;
    if (this.#closed !== undefined || !drafts.hasCandidates) return;
    drafts.place();
    onAdmitted();
    if (drafts.hasCandidates) await new Promise<void>((resolve) => void clock.after(0, resolve));
  }

  #answer(ticket: Ticket, answer: Rejection | Draft): void {
    const { headHeight, mempool } = this.#ports;
    const { waiting } = ticket;
    this.#end(ticket, () => {
      if (isRejection(answer)) return ticket.resolve(answer);
      // While it was being verified it could have stood in no block.
      waiting.heldSince = headHeight();
      // A block that was given up may have brought it back.
      if (!mempool.has(waiting.id)) mempool.add(waiting);
      ticket.resolve({ transactionId: waiting.id, block: answer.height });
    });
  }

  /** Once only: it may have been answered as the engine closed. */
  #end({ waiting, from }: Ticket, tell: () => void): void {
    if (!this.#inside.delete(waiting.id)) return;
    this.#arriving.remove(from, waiting.bytes);
    tell();
  }
}
