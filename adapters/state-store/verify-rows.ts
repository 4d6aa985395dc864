// Holds every row of every table to its checksum, a step at a time, so that whoever asks decides how long it may take at once.
import type { DatabaseSync } from 'node:sqlite';
import { COLUMNS, type Column, StateDamaged, type Table, assertRow, readingDamage } from './checked-rows.ts';
import { readBase, readMeta } from './meta.ts';

const ROWS_AT_A_TIME = 200;
/** Of 4 KiB. In a larger file the structure is not checked as a whole: that would stop the node for seconds. */
const STRUCTURE_PAGES = 65_536;
const TABLES = Object.keys(COLUMNS) as Table[];

/**
 * Yields after some rows each, so that the caller may rest or stop. The rows must not change meanwhile: a connection that reads as of
 * one moment, or one that nothing is written to.
 * @param withStructure Also how the pages hang together, which takes up to half a second in one go.
 * @throws StateDamaged
 */
export function* verifyRows(database: DatabaseSync, withStructure: boolean): Generator<void> {
  if (withStructure) verifyStructure(database);
  yield;
  for (const table of TABLES) {
    const count = yield* verifyTable(database, table);
    const expected = expectedRows(database, table);
    if (expected !== undefined && count !== expected)
      throw new StateDamaged(`state.db ${table}: ${count} rows where ${expected} were written`);
  }
}

/** How the pages of the file hang together: SQLite's own check, in one go. */
function verifyStructure(database: DatabaseSync): void {
  readingDamage(() => {
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    if (pages > STRUCTURE_PAGES) return;
    const found = String(database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']);
    if (found !== 'ok') throw new StateDamaged(`state.db does not hang together: ${found.slice(0, 200)}`);
  });
}

function* verifyTable(database: DatabaseSync, table: Table): Generator<void, number> {
  const [key] = COLUMNS[table];
  const first = database.prepare(`SELECT * FROM ${table} ORDER BY ${key} LIMIT ${ROWS_AT_A_TIME}`);
  const next = database.prepare(`SELECT * FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ${ROWS_AT_A_TIME}`);
  let after: Column | undefined;
  let count = 0;
  for (;;) {
    const rows = readingDamage(() => (after === undefined ? first.all() : next.all(after)));
    for (const row of rows) assertRow(table, row);
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined) return count;
    after = last[key] as Column;
    yield;
  }
}

/** Where the number follows from the facts in `meta`. */
function expectedRows(database: DatabaseSync, table: Table): number | undefined {
  return readingDamage(() => {
    if (table === 'blocks') return Number(readMeta(database, 'height')) - readBase(database) + 1;
    if (table === 'transactions') return Number(readMeta(database, 'transactions'));
    if (table === 'node_pages') return Number(readMeta(database, 'next_page')) - 1;
    if (table === 'entries') return Number(readMeta(database, 'entries'));
    return undefined;
  });
}
