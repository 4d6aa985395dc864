/**
 * The tables of clinical.db. Bodies are sealed; everything searched by equality is a keyed hash; dates and
 * numbers stand in clear under surrogate ids (docs/protocol/records.md, R20 to R26).
 */
import type { DatabaseSync } from 'node:sqlite';
import { KEPT_OUTCOMES_TABLE } from './kept-outcomes.ts';

/** Link of a record to a patient whose record it is part of; kept when the record is deleted. */
export const SUBJECT = 0;

/** Pages of 4 KiB that SQLite may keep in memory. */
const CACHE_PAGES = 8_192;
/** The write-ahead log is folded into the file at about this size: each time costs two syncs and every page touched since. */
const LOG_PAGES = 4_000;

export function createTables(database: DatabaseSync): void {
  database.exec(`
    PRAGMA cache_size = ${CACHE_PAGES};
    PRAGMA wal_autocheckpoint = ${LOG_PAGES};
    CREATE TABLE IF NOT EXISTS types (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE IF NOT EXISTS parameters (
      code INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (type, name)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS resources (
      rid INTEGER PRIMARY KEY,
      record BLOB NOT NULL UNIQUE,
      ref INTEGER NOT NULL UNIQUE,
      type INTEGER NOT NULL,
      version INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      deleted INTEGER NOT NULL,
      category INTEGER NOT NULL,
      head INTEGER NOT NULL,
      hashes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS resources_by_type ON resources (type, rid);
    CREATE INDEX IF NOT EXISTS resources_by_time ON resources (type, updated);
    CREATE TABLE IF NOT EXISTS versions (
      vid INTEGER PRIMARY KEY,
      rid INTEGER NOT NULL,
      version INTEGER NOT NULL,
      type INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      method INTEGER NOT NULL,
      category INTEGER NOT NULL,
      anchor INTEGER NOT NULL,
      subjects BLOB NOT NULL,
      pseudonym BLOB,
      tag BLOB NOT NULL,
      wrap BLOB NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX IF NOT EXISTS versions_of_resource ON versions (rid, version);
    CREATE INDEX IF NOT EXISTS versions_by_anchor ON versions (anchor);
    CREATE INDEX IF NOT EXISTS versions_by_type ON versions (type, vid);
    CREATE TABLE IF NOT EXISTS links (
      parameter INTEGER NOT NULL, target INTEGER NOT NULL, rid INTEGER NOT NULL,
      PRIMARY KEY (parameter, target, rid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS links_of_resource ON links (rid, parameter, target);
    CREATE TABLE IF NOT EXISTS matches (hash INTEGER NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (hash, rid)) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS dates (
      rid INTEGER NOT NULL, parameter INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
      PRIMARY KEY (rid, parameter, low, high)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS dates_by_time ON dates (parameter, low, high, rid);
    CREATE TABLE IF NOT EXISTS numbers (
      rid INTEGER NOT NULL, parameter INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
      system_code INTEGER NOT NULL, unit_code INTEGER NOT NULL, unit INTEGER NOT NULL,
      PRIMARY KEY (rid, parameter, low, high, system_code, unit_code, unit)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS numbers_by_value ON numbers (parameter, low, high, rid);
    CREATE TABLE IF NOT EXISTS patients (
      ref INTEGER PRIMARY KEY, pseudonym TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS outbox (
      sequence INTEGER PRIMARY KEY,
      transaction_id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      bytes BLOB NOT NULL,
      state TEXT NOT NULL,
      height INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (sequence) WHERE state = 'waiting';
    ${KEPT_OUTCOMES_TABLE}
  `);
}

/** How a version came about; the number stands in `versions.method`. */
export const METHODS = ['POST', 'PUT', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** Small numbers for names, given once and kept in the database. */
export class Dictionary {
  readonly #byName = new Map<string, number>();
  readonly #byCode = new Map<number, string>();
  readonly #insert: (name: string) => number;

  constructor(rows: readonly (readonly [number, string])[], insert: (name: string) => number) {
    for (const [code, name] of rows) this.#add(code, name);
    this.#insert = insert;
  }

  code(name: string): number {
    return this.#byName.get(name) ?? this.#add(this.#insert(name), name);
  }

  name(code: number): string {
    const name = this.#byCode.get(code);
    if (name === undefined) throw new Error('the database names a code it does not define');
    return name;
  }

  #add(code: number, name: string): number {
    this.#byName.set(name, code);
    this.#byCode.set(code, name);
    return code;
  }
}

function insertMissing(database: DatabaseSync, statement: string, missing: readonly (readonly string[])[]): void {
  if (missing.length === 0) return;
  const insert = database.prepare(statement);
  database.exec('BEGIN IMMEDIATE');
  for (const values of missing) insert.run(...values);
  database.exec('COMMIT');
}

/** Who only reads gives a name that has no row a code that no row has; the check of the dictionary says which. */
export type DictionaryUse = 'write' | 'read';

function codeOfUnknown(use: DictionaryUse, words: string): (name: string) => number {
  let last = 0;
  return () => {
    if (use === 'write') throw new Error(words);
    return --last;
  };
}

/** Codes are given outside of any write's savepoint: a rolled-back write never takes one back. */
export function typeCodes(database: DatabaseSync, types: Iterable<string>, use: DictionaryUse): Dictionary {
  const select = database.prepare('SELECT code, name FROM types');
  if (use === 'write') {
    const known = new Set(select.all().map(({ name }) => name));
    const missing = [...types].filter((type) => !known.has(type)).map((type) => [type]);
    insertMissing(database, 'INSERT INTO types (name) VALUES (?)', missing);
  }
  return new Dictionary(
    select.all().map((row) => [row['code'] as number, row['name'] as string]),
    codeOfUnknown(use, 'an unknown resource type reached the database'),
  );
}

/** Names are `Type.code`. */
export function parameterCodes(
  database: DatabaseSync,
  parameters: Iterable<readonly [type: string, code: string]>,
  use: DictionaryUse,
): Dictionary {
  const select = database.prepare("SELECT code, type || '.' || name AS name FROM parameters");
  if (use === 'write') {
    const known = new Set(select.all().map(({ name }) => name));
    const missing = [...parameters].filter(([type, code]) => !known.has(`${type}.${code}`));
    insertMissing(database, 'INSERT INTO parameters (type, name) VALUES (?, ?)', missing);
  }
  return new Dictionary(
    select.all().map((row) => [row['code'] as number, row['name'] as string]),
    codeOfUnknown(use, 'an unknown search parameter reached the database'),
  );
}
