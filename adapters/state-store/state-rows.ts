// Entries of a state in the order of the state tree, in a file of their own: what is copied for members that join, and what one that joins
// has fetched. Nothing in it is believed: whoever reads it holds it to hashes of the tree.
import { sha256, utf8 } from '@clearchart/crypto';
import type { StateRow, TransactionId, TreePath } from '@clearchart/ledger';
import { fromHex, toHex } from '@clearchart/crypto';
import { type Durability, openDatabase } from './schema.ts';

export interface StateRows {
  /** All that lie below the place; undefined when that is more than so many bytes, unless it is one. */
  below(path: TreePath, mostBytes: number): readonly StateRow[] | undefined;
  /** What lies below the place is these from now on, as soon as it returns. */
  replaceBelow(path: TreePath, rows: readonly StateRow[]): void;
  /** More of them, wherever they lie. */
  add(rows: readonly StateRow[]): void;
  get(key: string): Uint8Array | undefined;
  /** In the order of the tree. Nothing may be written meanwhile. */
  all(): Iterable<StateRow>;
  addUsedIds(hour: number, from: number, ids: readonly TransactionId[]): void;
  usedIds(hour: number, from: number, most: number): readonly TransactionId[];
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS rows (key_hash BLOB PRIMARY KEY, key TEXT NOT NULL, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS used_ids (
    hour INTEGER NOT NULL, place INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (hour, place)
  ) STRICT, WITHOUT ROWID;
`;

export function openStateRows(path: string, durability: Durability): StateRows {
  const database = openDatabase(path, durability);
  database.exec(SCHEMA);
  const put = database.prepare('INSERT OR REPLACE INTO rows VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM rows WHERE key_hash BETWEEN ? AND ?');
  const select = database.prepare('SELECT key, value FROM rows WHERE key_hash BETWEEN ? AND ? ORDER BY key_hash');
  const selectAll = database.prepare('SELECT key, value FROM rows ORDER BY key_hash');
  const selectOne = database.prepare('SELECT value FROM rows WHERE key_hash = ?');
  const putId = database.prepare('INSERT INTO used_ids VALUES (?, ?, ?)');
  const selectIds = database.prepare('SELECT id FROM used_ids WHERE hour = ? AND place >= ? ORDER BY place LIMIT ?');

  function inTransaction(act: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    act();
    database.exec('COMMIT');
  }

  function putAll(rows: readonly StateRow[]): void {
    for (const { key, value } of rows) put.run(keyHash(key), key, value);
  }

  return {
    below(path, mostBytes) {
      const rows: StateRow[] = [];
      let bytes = 0;
      for (const row of select.iterate(...boundsOf(path))) {
        const { key, value } = rowOf(row);
        bytes += key.length + value.length;
        if (bytes > mostBytes && rows.length > 0) return undefined;
        rows.push({ key, value });
      }
      return rows;
    },
    replaceBelow(path, rows) {
      inTransaction(() => {
        remove.run(...boundsOf(path));
        putAll(rows);
      });
    },
    add: (rows) => inTransaction(() => putAll(rows)),
    get: (key) => selectOne.get(keyHash(key))?.['value'] as Uint8Array | undefined,
    *all() {
      for (const row of selectAll.iterate()) yield rowOf(row);
    },
    addUsedIds(hour, from, ids) {
      inTransaction(() => {
        for (const [index, id] of ids.entries()) putId.run(hour, from + index, fromHex(id));
      });
    },
    usedIds: (hour, from, most) =>
      selectIds.all(hour, from, most).map(({ id }) => toHex(id as Uint8Array) as TransactionId),
    close: () => database.close(),
  };
}

function keyHash(key: string): Uint8Array {
  return sha256(utf8(key));
}

function rowOf(row: Record<string, unknown>): StateRow {
  return { key: String(row['key']), value: row['value'] as Uint8Array };
}

/** The least and the greatest hash that begins with these bits. */
function boundsOf(path: TreePath): [Uint8Array, Uint8Array] {
  const bytesOf = (bits: string): Uint8Array =>
    Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2));
  return [bytesOf(path.padEnd(256, '0')), bytesOf(path.padEnd(256, '1'))];
}
