/**
 * The hospital's local audit log: one FHIR AuditEvent for each answer that held a patient's data,
 * sealed, chained by hashes. Entries are gathered and written together, at most FLUSH_AFTER_MS after
 * the answer: the access event they belong to is on disk before it.
 */
import { type Aead, equalBytes, labelledHash, openEnvelope, type Random, sealEnvelope, utf8 } from '@clearchart/crypto';
import type { Timers } from '@clearchart/exchange';
import type { DatabaseSync } from 'node:sqlite';

export const FLUSH_AFTER_MS = 100;
const ENTRIES_PER_FLUSH = 2000;
const NO_HASH = new Uint8Array(32);
const SEALED_AS = utf8('clearchart/audit-entry/v0');

export interface AuditEntry {
  /** The declared access event the entry belongs to; undefined when it stays local. */
  readonly accessId: string | undefined;
  readonly event: object;
}

export interface AuditFault {
  readonly code: 'audit-chain-broken' | 'audit-entry-unreadable';
  readonly where: string;
  readonly detail: string;
}

export interface AuditLog {
  append(entry: AuditEntry): void;
  flush(): void;
  /** SHA-256 leaves of the entries of one access, in order. */
  leavesOf(accessId: string): Uint8Array[];
  close(): void;
}

export interface AuditPorts {
  readonly database: DatabaseSync;
  readonly key: Uint8Array;
  readonly aead: Aead;
  readonly random: Random;
  readonly timers: Timers;
}

function chainHash(previous: Uint8Array, sealed: Uint8Array): Uint8Array {
  return labelledHash('clearchart/audit/v0', previous, sealed);
}

export function openAuditLog({ database, key, aead, random, timers }: AuditPorts): AuditLog {
  const insert = database.prepare('INSERT INTO audit (access_id, hash, sealed) VALUES (?, ?, ?)');
  const selectHashes = database.prepare('SELECT hash FROM audit WHERE access_id = ? ORDER BY sequence');
  const last = database.prepare('SELECT hash FROM audit ORDER BY sequence DESC LIMIT 1').get();
  let previous = last === undefined ? NO_HASH : (last['hash'] as Uint8Array);
  let waiting: AuditEntry[] = [];
  let cancelTimer: (() => void) | undefined;

  function flush(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (waiting.length === 0) return;
    const entries = waiting;
    waiting = [];
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const { accessId, event } of entries) {
        const sealed = sealEnvelope(aead, random, key, utf8(JSON.stringify(event)), SEALED_AS);
        const hash = chainHash(previous, sealed);
        insert.run(accessId ?? null, hash, sealed);
        previous = hash;
      }
      database.exec('COMMIT');
    } catch (fault) {
      database.exec('ROLLBACK');
      throw fault;
    }
  }

  return {
    append(entry) {
      waiting.push(entry);
      if (waiting.length >= ENTRIES_PER_FLUSH) flush();
      else cancelTimer ??= timers.after(FLUSH_AFTER_MS, flush);
    },
    flush,
    leavesOf(accessId) {
      return selectHashes.all(accessId).map((row) => row['hash'] as Uint8Array);
    },
    close: flush,
  };
}

/** Walks the whole chain and opens every entry. */
export function* checkAuditLog(database: DatabaseSync, key: Uint8Array, aead: Aead): Generator<AuditFault> {
  let previous: Uint8Array = NO_HASH;
  let expected = 1;
  for (const row of database.prepare('SELECT sequence, hash, sealed FROM audit ORDER BY sequence').iterate()) {
    const where = `audit entry ${row['sequence']}`;
    const sealed = row['sealed'] as Uint8Array;
    const hash = row['hash'] as Uint8Array;
    if (row['sequence'] !== expected || !equalBytes(chainHash(previous, sealed), hash)) {
      yield { code: 'audit-chain-broken', where, detail: 'the entry does not follow the one before it' };
    }
    if (openEnvelope(aead, key, sealed, SEALED_AS) === undefined) {
      yield { code: 'audit-entry-unreadable', where, detail: 'the sealed entry does not open' };
    }
    previous = hash;
    expected = Number(row['sequence']) + 1;
  }
}
