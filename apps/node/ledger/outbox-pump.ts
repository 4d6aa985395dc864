/**
 * Feeds the mempool from the outbox, the only source of what this hospital anchors. A transaction leaves
 * the outbox when it is final; one that expired unmined is signed anew under a new id.
 */
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type Engine,
  isRejection,
  parseTransaction,
  type Rejection,
  type Transaction,
  type TransactionId,
  transactionId,
} from '@clearchart/ledger';
import type { Outbox, OutboxEntry } from '../clinical/index.ts';
import type { OrganizationTransactions } from './organization-transactions.ts';

const BATCH = 500;
const RETRY_AFTER_MS = 1_000;
/** Codes after which the same bytes may be offered again later: a hospital that is no member yet keeps its records and waits. */
const PASSING: ReadonlySet<string> = new Set(['mempool-full', 'mempool-signer-limit', 'organization-unknown']);
/** Codes of what a fresh signature mends: too old, a declaration overtaken by a later one, or signed with the key before this one. */
const SIGNED_ANEW: ReadonlySet<string> = new Set([
  'transaction-expired',
  'complete-in-future',
  'complete-not-rising',
  'signature-invalid',
]);
/** Codes of a decision that another one came before: kept, it would fall on a later request for the same person. */
const OVERTAKEN: ReadonlySet<string> = new Set(['replacement-not-pending']);
const ALREADY_THERE: ReadonlySet<string> = new Set(['duplicate-transaction', 'transaction-replayed']);

export interface OutboxPumpPorts {
  readonly outbox: Outbox;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly organization: OrganizationTransactions;
  /** Whether all blocks are here: until then a transaction that is not known may lie in one of them. */
  readonly isWhole: () => boolean;
  /** For the operator's log: a transaction of our own was refused, which is never expected. */
  readonly onRefused: (id: string, kind: string, rejection: Rejection) => void;
  readonly onFault: (fault: unknown) => void;
}

export interface OutboxPump {
  close(): void;
}

export function startOutboxPump(ports: OutboxPumpPorts): OutboxPump {
  const { outbox, engine, clock, timers, organization, isWhole } = ports;
  const offered = new Set<TransactionId | string>();
  /** Ids of what was refused and stays. */
  const told = new Set<string>();
  let running = false;
  let again = false;
  let closed = false;
  let cancelTimer = timers.after(RETRY_AFTER_MS, tick);

  function tick(): void {
    wake();
    cancelTimer = timers.after(RETRY_AFTER_MS, tick);
  }

  function isPending(id: string): boolean {
    return engine.finality(id as TransactionId) === 'pending';
  }

  function wake(): void {
    if (closed) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    void offerAll()
      .catch((fault: unknown) => {
        // What was under way as the engine closed stays in the outbox, and is offered at the next start.
        if (!closed) ports.onFault(fault);
      })
      .finally(() => {
        running = false;
        if (!again) return;
        again = false;
        wake();
      });
  }

  async function offerAll(): Promise<void> {
    let after = 0;
    for (;;) {
      const batch = outbox.waiting(BATCH, after);
      for (const waiting of batch) {
        if (closed) return;
        after = waiting.sequence;
        // What the mempool dropped again is offered again.
        if (offered.has(waiting.transactionId) && isPending(waiting.transactionId)) continue;
        if (!(await offer(waiting))) return;
      }
      if (batch.length < BATCH) return;
    }
  }

  /** False when the mempool takes nothing more for now: order is kept. */
  async function offer(waiting: OutboxEntry): Promise<boolean> {
    const transaction = parseTransaction(waiting.bytes);
    if (isRejection(transaction)) {
      throw new Error(`the outbox holds a damaged transaction ${waiting.transactionId}: ${transaction.code}`);
    }
    const id = transactionId(transaction);
    const place = engine.placeOf(id);
    if (place !== undefined && engine.finality(id) === 'final') {
      outbox.markFinal([waiting.transactionId], place.height);
      return true;
    }
    if (transaction.validUntil <= clock.now()) return isWhole() ? await signAnew(waiting, transaction) : true;
    const answer = await engine.submit(transaction);
    if (!isRejection(answer) || ALREADY_THERE.has(answer.code)) {
      offered.add(waiting.transactionId);
      return true;
    }
    if (PASSING.has(answer.code)) return false;
    if (SIGNED_ANEW.has(answer.code)) return await signAnew(waiting, transaction);
    if (answer.code === 'person-unknown' && isToBeEnrolled(answer.detail['pseudonym'])) return true;
    if (place === undefined && OVERTAKEN.has(answer.code)) {
      outbox.withdraw(waiting.transactionId);
      return true;
    }
    // It stays, and is offered every second: once is enough to tell.
    if (!told.has(waiting.transactionId)) ports.onRefused(waiting.transactionId, waiting.kind, answer);
    told.add(waiting.transactionId);
    return true;
  }

  /**
   * The enrolment before it has left the engine's pool again, for another head or a stop, and stands in the outbox still: both are
   * offered in the next round, in their order.
   */
  function isToBeEnrolled(pseudonym: string | number | undefined): boolean {
    return outbox.waitingOf('enrol-person').some(({ bytes }) => {
      const enrolment = parseTransaction(bytes);
      return !isRejection(enrolment) && enrolment.type === 'enrol-person' && enrolment.body.pseudonym === pseudonym;
    });
  }

  /** Offered at once in its old place: what comes after it may need it. */
  async function signAnew(waiting: OutboxEntry, transaction: Transaction): Promise<boolean> {
    const anew = organization.signAnew(transaction);
    if (anew === undefined) {
      outbox.withdraw(waiting.transactionId);
      return true;
    }
    outbox.replace(waiting.transactionId, anew);
    const renewed = parseTransaction(anew.bytes);
    const answer = isRejection(renewed) ? renewed : await engine.submit(renewed);
    if (!isRejection(answer)) offered.add(anew.id);
    return !isRejection(answer) || !PASSING.has(answer.code);
  }

  const stopListening = outbox.onAdded(wake);
  const stopBlocks = engine.onFinal(({ block, ids }) => {
    const own = ids.filter((id) => offered.delete(id));
    if (own.length > 0) outbox.markFinal(own, block.header.height);
    wake();
  });
  wake();

  return {
    close() {
      closed = true;
      cancelTimer();
      stopListening();
      stopBlocks();
    },
  };
}

const LOOK_AGAIN_MS = 20;

/** Resolves to true when nothing waits, to false when the time is over. */
export function outboxEmpty(outbox: Outbox, timers: Timers, withinMs: number): Promise<boolean> {
  return new Promise((done) => {
    const look = (left: number): void => {
      if (outbox.waiting(1).length === 0) done(true);
      else if (left <= 0) done(false);
      else timers.after(LOOK_AGAIN_MS, () => look(left - LOOK_AGAIN_MS));
    };
    look(withinMs);
  });
}
