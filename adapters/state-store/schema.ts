// The tables of state.db. Everything in it follows from the blocks alone, so it can be deleted and built anew; a changed
// schema gets a new number, and the file is then rebuilt from the blocks instead of being migrated.
import { DatabaseSync } from 'node:sqlite';

export const SCHEMA_VERSION = 4;

/** Tables `checkState` compares row by row, with the columns that identify a row. */
export const TABLES = {
  meta: ['name'],
  entries: ['key'],
  node_pages: ['page'],
  roots: ['root'],
  blocks: ['height'],
  transactions: ['id'],
  member_changes: ['height'],
} as const;

/** Each row ends with a checksum over all its other columns (`checked-rows.ts`). */
const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE node_pages (page INTEGER PRIMARY KEY, nodes BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
  CREATE TABLE roots (root BLOB PRIMARY KEY, location INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE blocks (
    height INTEGER PRIMARY KEY, hash BLOB NOT NULL, transactions INTEGER NOT NULL, header BLOB NOT NULL, checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE transactions (
    id BLOB PRIMARY KEY, height INTEGER NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE member_changes (height INTEGER PRIMARY KEY, members BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
`;

/** Pages of 4 KiB that SQLite may keep in memory. */
const CACHE_PAGES = 8_192;
/** The write-ahead log is folded into the file at about this size. */
const LOG_PAGES = 4_000;

export type Durability = 'durable' | 'scratch';

/** `scratch` is for a copy that is thrown away after use: no sync at all. */
export function openDatabase(path: string, durability: Durability): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(
    durability === 'durable'
      ? 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'
      : 'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF',
  );
  database.exec(
    `PRAGMA cache_size = ${CACHE_PAGES}; PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA busy_timeout = 5000`,
  );
  return database;
}

export function openForReading(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec(`PRAGMA cache_size = ${CACHE_PAGES}; PRAGMA busy_timeout = 5000`);
  return database;
}

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

export function createTables(database: DatabaseSync): void {
  database.exec(`${SCHEMA}; PRAGMA user_version = ${SCHEMA_VERSION}`);
}

export function dropAll(database: DatabaseSync): void {
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  for (const { name } of tables) database.exec(`DROP TABLE "${String(name)}"`);
}
