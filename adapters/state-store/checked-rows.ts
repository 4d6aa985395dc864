// Every row carries a CRC-32 of its other columns and is held to it when it is read: a byte that rots is a fault, never an answer.
// It is against decay, not against a hand: whoever can write the file can write the checksum too (`checkState` finds that).
import { equalBytes } from '@clearchart/crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';

/** What the file says is not what was written to it; the message names table and row, never a value. */
export class StateDamaged extends Error {
  override readonly name = 'StateDamaged';
}

export type Column = string | number | Uint8Array;
export type Row = Record<string, unknown>;

/** Columns in the order of the schema, the checksum left out. */
export const COLUMNS = {
  meta: ['name', 'value'],
  entries: ['key', 'value'],
  node_pages: ['page', 'nodes'],
  roots: ['root', 'location'],
  blocks: ['height', 'hash', 'transactions', 'header'],
  transactions: ['id', 'height', 'position'],
  member_changes: ['height', 'members'],
} as const;
export type Table = keyof typeof COLUMNS;

const CHECKSUM_OF_NAME = Object.fromEntries(Object.keys(COLUMNS).map((table) => [table, crc32(table)])) as Record<
  Table,
  number
>;

/** CRC-32 (IEEE 802.3) over table and columns; one that is no bytes counts as its text, with a mark where it ends. */
export function rowChecksum(table: Table, columns: readonly Column[]): number {
  let checksum = CHECKSUM_OF_NAME[table];
  for (const column of columns) {
    checksum =
      column instanceof Uint8Array ? crc32('|', crc32(column, checksum)) : crc32(`${String(column)}|`, checksum);
  }
  return checksum;
}

/** The columns with their checksum, ready to be inserted. */
export function checkedRow(table: Table, ...columns: Column[]): Column[] {
  return [...columns, rowChecksum(table, columns)];
}

/** @throws StateDamaged */
export function assertRow(table: Table, row: Row): void {
  const columns = COLUMNS[table].map((name) => row[name]);
  const isWhole = columns.every(isColumn) && row['checksum'] === rowChecksum(table, columns as Column[]);
  if (!isWhole) throw new StateDamaged(`state.db ${table}: a row is not what was written`);
}

/**
 * Reads single rows by their key. When there is none, the rows beside its place are held to their checksums: a search for a key
 * that has rotted ends beside it, so that it is not taken for absent.
 */
export class CheckedTable {
  readonly #table: Table;
  readonly #key: string;
  readonly #fromHere: StatementSync;
  readonly #before: StatementSync;

  constructor(database: DatabaseSync, table: Table) {
    const [key] = COLUMNS[table];
    this.#table = table;
    this.#key = key;
    this.#fromHere = database.prepare(`SELECT * FROM ${table} WHERE ${key} >= ? ORDER BY ${key} LIMIT 1`);
    this.#before = database.prepare(`SELECT * FROM ${table} WHERE ${key} < ? ORDER BY ${key} DESC LIMIT 1`);
  }

  /** @throws StateDamaged */
  get(key: Column): Row | undefined {
    return readingDamage(() => this.#get(key));
  }

  #get(key: Column): Row | undefined {
    const here = this.#fromHere.get(key);
    if (here !== undefined) assertRow(this.#table, here);
    if (here !== undefined && isSameKey(here[this.#key], key)) return here;
    const before = this.#before.get(key);
    if (before !== undefined) assertRow(this.#table, before);
    return undefined;
  }
}

function isSameKey(found: unknown, key: Column): boolean {
  if (!(found instanceof Uint8Array) || !(key instanceof Uint8Array)) return found === key;
  return equalBytes(found, key);
}

const SQLITE_ERROR = 1;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** Does what reads the file, and calls by one name all by which damage shows. @throws StateDamaged, or what else went wrong */
export function readingDamage<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (fault) {
    throw damageOf(fault) ?? fault;
  }
}

function damageOf(fault: unknown): StateDamaged | undefined {
  const { code, errcode, message } = fault as { code?: string; errcode?: number; message?: string };
  // A number too large for any row of ours.
  if (code === 'ERR_OUT_OF_RANGE') return new StateDamaged('state.db: a number is not what was written');
  const primary = code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : undefined;
  // An error of a query that has always worked: the schema in the file is not ours any more.
  const isDamage = primary === SQLITE_CORRUPT || primary === SQLITE_NOTADB || primary === SQLITE_ERROR;
  return isDamage ? new StateDamaged(`state.db does not read: ${message}`) : undefined;
}

function isColumn(value: unknown): value is Column {
  return typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array;
}
