/**
 * Feeds the mempool from the outbox, the only source of what this hospital anchors. A transaction leaves
 * the outbox when it is final; one that expired unmined is signed anew under a new id.
 */
import type { Clock, Timers } from '@clearchart/exchange';
import { type Engine, parseTransaction, type Rejection } from '@clearchart/ledger';
import type { Outbox } from '../clinical/index.ts';
import type { OrganizationTransactions } from './organization-transactions.ts';

const BATCH = 500;
const RETRY_AFTER_MS = 1_000;
/** Codes after which the same bytes may be offered again later. */
const PASSING: ReadonlySet<string> = new Set(['mempool-full', 'mempool-signer-limit']);
const ALREADY_THERE: ReadonlySet<string> = new Set(['duplicate-transaction', 'transaction-replayed']);

export interface OutboxPumpPorts {
  readonly outbox: Outbox;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly organization: OrganizationTransactions;
  /** For the operator's log: a transaction of our own was refused, which is never expected. */
  readonly onRefused: (id: string, kind: string, rejection: Rejection) => void;
}

export interface OutboxPump {
  close(): void;
}

export function startOutboxPump(ports: OutboxPumpPorts): OutboxPump {
  const { outbox, engine, clock, timers, organization } = ports;
  const offered = new Set<string>();
  let running = false;
  let again = false;
  let closed = false;
  let cancelTimer = timers.after(RETRY_AFTER_MS, tick);

  function tick(): void {
    wake();
    cancelTimer = timers.after(RETRY_AFTER_MS, tick);
  }

  function wake(): void {
    if (closed) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    void offerAll().finally(() => {
      running = false;
      if (again) {
        again = false;
        wake();
      }
    });
  }

  async function offerAll(): Promise<void> {
    for (const waiting of outbox.waiting(BATCH + offered.size)) {
      if (closed) return;
      if (offered.has(waiting.id)) continue;
      if (!(await offer(waiting))) return;
    }
  }

  /** False when the mempool takes nothing more for now: order is kept. */
  async function offer(waiting: { id: string; kind: string; bytes: Uint8Array }): Promise<boolean> {
    const transaction = parseTransaction(waiting.bytes);
    if ('code' in transaction)
      throw new Error(`the outbox holds a damaged transaction ${waiting.id}: ${transaction.code}`);
    if (engine.finality(transaction.id) === 'final') {
      const place = engine.placeOf(transaction.id);
      outbox.markFinal([waiting.id], place?.height ?? 0);
      return true;
    }
    if (transaction.validUntil <= clock.now()) return expired(waiting);
    const answer = await engine.submit(transaction);
    if (!('code' in answer)) {
      offered.add(waiting.id);
      return true;
    }
    if (ALREADY_THERE.has(answer.code)) {
      offered.add(waiting.id);
      return true;
    }
    if (PASSING.has(answer.code)) return false;
    if (answer.code === 'transaction-expired') return expired(waiting);
    ports.onRefused(waiting.id, waiting.kind, answer);
    return true;
  }

  function expired(waiting: { id: string; bytes: Uint8Array }): boolean {
    const transaction = parseTransaction(waiting.bytes);
    if ('code' in transaction) return true;
    const anew = organization.signAnew(transaction);
    if (anew === undefined) outbox.withdraw(waiting.id);
    else outbox.replace(waiting.id, anew);
    again = true;
    return true;
  }

  const stopListening = outbox.onAdded(wake);
  const stopBlocks = engine.onBlock((block) => {
    const final = block.ids.filter((id) => offered.delete(id));
    if (final.length > 0) outbox.markFinal(final, block.header.height);
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
