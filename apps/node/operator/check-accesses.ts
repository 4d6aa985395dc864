/** The log of accesses against the ledger, both ways: events, their close, and the lists that nodes derive from blocks. */
import type { DatabaseSync } from 'node:sqlite';
import { type Aead, fromHex, toHex } from '@clearchart/crypto';
import { commitDetail, purposeOf, windowLength } from '@clearchart/exchange';
import { type AccessEntry, merkleRoot } from '@clearchart/ledger';
import { checkAuditLog, openDetail } from '../accesses/index.ts';
import type { NodeKeys } from '../storage/node-key.ts';
import type { OutboxContents } from './check-outbox.ts';
import type { Fault } from './fault.ts';
import type { LedgerContents } from './ledger-contents.ts';

export interface AccessCheck {
  readonly database: DatabaseSync;
  readonly keys: NodeKeys;
  readonly aead: Aead;
  readonly ledger: LedgerContents;
  readonly outbox: OutboxContents;
}

type Row = Record<string, unknown>;

export function* checkAccesses(check: AccessCheck): Generator<Fault> {
  yield* checkAuditLog(check.database, check.keys.audit, check.aead);
  yield* checkWindows(check);
  yield* checkDerived(check, 'access_entries', ['patient', 'position']);
}

function* checkWindows(check: AccessCheck): Generator<Fault> {
  const { database, ledger } = check;
  const leaves = database.prepare('SELECT hash FROM audit WHERE access_id = ? ORDER BY sequence');
  const met = new Set<string>();
  for (const row of database.prepare('SELECT * FROM access_windows').iterate()) {
    const id = row['access_id'] as string;
    met.add(id);
    const hashes = row['root'] === null ? [] : leaves.all(id).map(({ hash }) => hash as Uint8Array);
    for (const detail of windowFaults(row, hashes, check)) {
      yield { code: 'access-window-wrong', where: `access ${id}`, detail };
    }
  }
  for (const id of ledger.opened.keys()) {
    if (met.has(id)) continue;
    yield {
      code: 'access-event-missing',
      where: `access ${id}`,
      detail: 'the ledger has an event that is not kept here',
    };
  }
  const orphans = database.prepare(
    `SELECT DISTINCT access_id FROM audit
     WHERE access_id IS NOT NULL AND access_id NOT IN (SELECT access_id FROM access_windows) LIMIT 100`,
  );
  for (const { access_id: id } of orphans.iterate()) {
    yield {
      code: 'access-event-missing',
      where: `access ${String(id)}`,
      detail: 'the audit log has reads of no event',
    };
  }
}

function windowFaults(row: Row, hashes: Uint8Array[], { keys, aead, ledger, outbox }: AccessCheck): string[] {
  const kept = openDetail(row, keys.access, aead);
  if (kept === undefined) return ['the row is not the one that was sealed'];
  const id = row['access_id'] as string;
  const opened = {
    kind: 'opened',
    access: id,
    patient: row['patient'],
    purpose: row['purpose'],
    at: row['opened_at'],
    detail: row['detail'],
  };
  const isClosed = row['root'] !== null;
  const closed = { kind: 'closed', access: id, patient: row['patient'], count: row['count'], root: row['root'] };
  const holds: [string, boolean][] = [
    ['the commitment is not to the detail', commitDetail(kept.detail, fromHex(kept.salt)) === row['detail']],
    ['the purpose is another', purposeOf(kept.detail.role) === row['purpose']],
    ['the end is another', Number(row['opened_at']) + windowLength(kept.detail.role) === row['closes_at']],
    ['count and root do not go together', isClosed === (row['count'] !== null)],
    ['the count is not that of the audit log', !isClosed || row['count'] === hashes.length],
    ['the root is not that of the audit log', !isClosed || row['root'] === toHex(merkleRoot(hashes))],
    ['its opening is not as it was declared', isSaid(opened, row['opened_in'], ledger.opened.get(id), outbox)],
    ['its close is not as it was declared', isSaid(closed, row['closed_in'], ledger.closed.get(id), outbox)],
  ];
  return holds.filter(([, holding]) => !holding).map(([words]) => words);
}

/** In the outbox row it names and, where the ledger has it, there too. */
function isSaid(
  entry: object,
  sequence: unknown,
  onLedger: AccessEntry | undefined,
  { says }: OutboxContents,
): boolean {
  if (sequence === null) return onLedger === undefined;
  const said = says.get(sequence as number);
  const text = canonicalEntry(entry);
  if (said === undefined || ![...said].some((one) => canonicalEntry(JSON.parse(one) as object) === text)) return false;
  return onLedger === undefined || canonicalEntry(onLedger) === text;
}

function canonicalEntry(entry: object): string {
  return JSON.stringify(Object.entries(entry).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** A table that nodes derive from blocks, row by row, as far as both have read them. */
function* checkDerived({ database, ledger }: AccessCheck, table: string, key: readonly string[]): Generator<Fault> {
  const reached = Number(database.prepare('SELECT height FROM access_entries_height').get()?.['height'] ?? 0);
  const query = `SELECT * FROM ${table} WHERE height <= ? ORDER BY ${key.join(', ')}`;
  const to = Math.min(reached, ledger.height);
  const expected = new Set(ledger.derived.prepare(query).all(to).map(textOf));
  for (const row of database.prepare(query).iterate(to)) {
    if (expected.delete(textOf(row))) continue;
    const where = `${table} ${key.map((column) => String(row[column])).join('/')}`;
    yield { code: 'derived-row-wrong', where, detail: 'the blocks do not give this row' };
  }
  for (const text of expected) {
    const row = JSON.parse(text) as Row;
    const where = `${table} ${key.map((column) => String(row[column])).join('/')}`;
    yield { code: 'derived-row-missing', where, detail: 'the blocks give a row that is not there' };
  }
  if (reached < ledger.height - BLOCKS_BEHIND) {
    yield { code: 'derived-row-missing', where: table, detail: `it ends at block ${reached}` };
  }
}

/** A node that runs or was killed may have written blocks that its tables do not show yet. */
const BLOCKS_BEHIND = 1;

function textOf(row: Row): string {
  return JSON.stringify(row);
}
