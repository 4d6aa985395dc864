/**
 * The hospital's local audit log: one FHIR AuditEvent for each answer that held a patient's data,
 * sealed, chained by hashes. Entries are gathered and written together, at most FLUSH_AFTER_MS after
 * the answer: the access event they belong to is on disk before it.
 */
import {
  type Aead,
  concatBytes,
  equalBytes,
  fromUtf8,
  labelledHash,
  openEnvelope,
  type Random,
  sealEnvelope,
  toHex,
  utf8,
} from '@clearchart/crypto';
import type { Timers } from '@clearchart/exchange';
import type { DatabaseSync } from 'node:sqlite';

export const FLUSH_AFTER_MS = 100;
/** Few enough that requests wait for a few milliseconds only. */
const ENTRIES_PER_FLUSH = 200;
const NO_HASH = new Uint8Array(32);
const SEALED_AS = utf8('clearchart/audit-entry/v0');
const HEAD_SEALED_AS = utf8('clearchart/audit-head/v0');

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

/** An entry opens only where it stands: without the key nobody can reorder entries, or leave some out, and chain them anew. */
function boundTo(previous: Uint8Array, accessId: string | undefined): Uint8Array {
  return concatBytes(SEALED_AS, previous, utf8(accessId ?? ''));
}

export function openAuditLog({ database, key, aead, random, timers }: AuditPorts): AuditLog {
  const insert = database.prepare('INSERT INTO audit (sequence, access_id, hash, sealed) VALUES (?, ?, ?, ?)');
  const putHead = database.prepare('INSERT OR REPLACE INTO audit_head (id, sealed) VALUES (1, ?)');
  const selectHashes = database.prepare('SELECT hash FROM audit WHERE access_id = ? ORDER BY sequence');
  const last = database.prepare('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1').get();
  let head = { sequence: Number(last?.['sequence'] ?? 0), hash: (last?.['hash'] as Uint8Array | undefined) ?? NO_HASH };
  let waiting: AuditEntry[] = [];
  let cancelTimer: (() => void) | undefined;

  function flush(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (waiting.length === 0) return;
    let { sequence, hash } = head;
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const { accessId, event } of waiting) {
        const sealed = sealEnvelope(aead, random, key, utf8(JSON.stringify(event)), boundTo(hash, accessId));
        hash = chainHash(hash, sealed);
        sequence += 1;
        insert.run(sequence, accessId ?? null, hash, sealed);
      }
      putHead.run(sealEnvelope(aead, random, key, utf8(`${sequence}/${toHex(hash)}`), HEAD_SEALED_AS));
      database.exec('COMMIT');
    } catch (fault) {
      database.exec('ROLLBACK');
      throw fault;
    }
    head = { sequence, hash };
    waiting = [];
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

/** Walks the whole chain, opens every entry in its place, and looks for the end that was kept. */
export function* checkAuditLog(database: DatabaseSync, key: Uint8Array, aead: Aead): Generator<AuditFault> {
  let previous: Uint8Array = NO_HASH;
  let sequence = 0;
  const rows = database.prepare('SELECT sequence, access_id, hash, sealed FROM audit ORDER BY sequence').iterate();
  for (const row of rows) {
    const where = `audit entry ${String(row['sequence'])}`;
    const sealed = row['sealed'] as Uint8Array;
    const hash = row['hash'] as Uint8Array;
    if (row['sequence'] !== sequence + 1 || !equalBytes(chainHash(previous, sealed), hash)) {
      yield { code: 'audit-chain-broken', where, detail: 'the entry does not follow the one before it' };
    }
    if (
      openEnvelope(aead, key, sealed, boundTo(previous, (row['access_id'] as string | null) ?? undefined)) === undefined
    ) {
      yield { code: 'audit-entry-unreadable', where, detail: 'the sealed entry does not open in this place' };
    }
    previous = hash;
    sequence = Number(row['sequence']);
  }
  const head = database.prepare('SELECT sealed FROM audit_head').get()?.['sealed'];
  const opened = head instanceof Uint8Array ? openEnvelope(aead, key, head, HEAD_SEALED_AS) : undefined;
  const kept = opened === undefined ? undefined : fromUtf8(opened);
  const isEmpty = head === undefined && sequence === 0;
  if (!isEmpty && kept !== `${sequence}/${toHex(previous)}`) {
    yield { code: 'audit-chain-broken', where: 'audit_head', detail: 'the chain does not end where it was left' };
  }
}
