/**
 * Brings access events to the ledger: what was opened and closed since the last batch, many patients,
 * one signature, at most one batch a second; and renews the declaration "complete up to".
 */
import type { Clock, Timers } from '@clearchart/exchange';
import type { AccessEntry } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import type { Outbox, SignedTransaction } from '../clinical/index.ts';

export const BATCH_EVERY_MS = 1_000;
/** A declaration is renewed daily, with or without events. */
export const RENEW_AFTER_MS = 24 * 60 * 60 * 1000;
/** When a patient opens the list, a declaration older than this is renewed at once. */
export const FRESH_ENOUGH_MS = 15 * 60 * 1000;
const ENTRIES_PER_BATCH = 1_000;

export interface AccessBatchPorts {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Signs a `log-accesses` transaction of this organization. */
  readonly logAccesses: (entries: readonly AccessEntry[], completeUpTo: number | null) => SignedTransaction;
  readonly outbox: Outbox;
  readonly declaredUpTo: () => number;
}

export interface AccessBatches {
  /** Writes one batch when something waits, or when `renew` asks for a declaration. */
  send(renew: boolean): void;
  renewIfOlderThan(ageMs: number): void;
  close(): void;
}

export function openAccessBatches(ports: AccessBatchPorts): AccessBatches {
  const { database, clock, timers } = ports;
  const selectOpened = database.prepare(
    `SELECT access_id, patient, purpose, opened_at, detail FROM access_windows
     WHERE opened_in IS NULL ORDER BY opened_at LIMIT ${ENTRIES_PER_BATCH}`,
  );
  const selectClosed = database.prepare(
    `SELECT access_id, patient, count, root FROM access_windows
     WHERE closed_in IS NULL AND root IS NOT NULL AND opened_in IS NOT NULL
     ORDER BY opened_at LIMIT ?`,
  );
  const markOpened = database.prepare('UPDATE access_windows SET opened_in = ? WHERE access_id = ?');
  const markClosed = database.prepare('UPDATE access_windows SET closed_in = ? WHERE access_id = ?');
  let declared = ports.declaredUpTo();
  let cancelTimer = timers.after(BATCH_EVERY_MS, tick);

  function tick(): void {
    send(clock.now() - declared >= RENEW_AFTER_MS);
    cancelTimer = timers.after(BATCH_EVERY_MS, tick);
  }

  function send(renew: boolean): void {
    const opened = selectOpened.all();
    const closed = selectClosed.all(ENTRIES_PER_BATCH - opened.length);
    if (opened.length + closed.length === 0 && !renew) return;
    // Every window on disk is in this batch or an earlier one, unless the batch is full.
    const completeUpTo = opened.length < ENTRIES_PER_BATCH ? Math.max(clock.now() - 1, declared + 1) : null;
    const entries: AccessEntry[] = [
      ...opened.map((row) => ({
        kind: 'opened' as const,
        access: row['access_id'] as string,
        patient: row['patient'] as string,
        purpose: row['purpose'] as string,
        at: row['opened_at'] as number,
        detail: row['detail'] as string,
      })),
      ...closed.map((row) => ({
        kind: 'closed' as const,
        access: row['access_id'] as string,
        patient: row['patient'] as string,
        count: row['count'] as number,
        root: row['root'] as string,
      })),
    ] as AccessEntry[];
    const transaction = ports.logAccesses(entries, completeUpTo);
    database.exec('BEGIN IMMEDIATE');
    try {
      const sequence = ports.outbox.add('log-accesses', transaction);
      for (const row of opened) markOpened.run(sequence, row['access_id'] as string);
      for (const row of closed) markClosed.run(sequence, row['access_id'] as string);
      database.exec('COMMIT');
    } catch (fault) {
      database.exec('ROLLBACK');
      throw fault;
    }
    ports.outbox.announce();
    if (completeUpTo !== null) declared = completeUpTo;
  }

  return {
    send,
    renewIfOlderThan(ageMs) {
      if (clock.now() - declared > ageMs) send(true);
    },
    close() {
      cancelTimer();
      send(false);
    },
  };
}
