// The tables of consensus.db. Nothing in it follows from the blocks, so a file of another schema is refused, never begun anew.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE own_votes (target INTEGER NOT NULL, vote BLOB NOT NULL, checksum BLOB NOT NULL, PRIMARY KEY (target, vote)) STRICT, WITHOUT ROWID;
  CREATE TABLE heard_votes (target INTEGER NOT NULL, vote BLOB NOT NULL, checksum BLOB NOT NULL, PRIMARY KEY (target, vote)) STRICT, WITHOUT ROWID;
  CREATE TABLE tip_blocks (height INTEGER NOT NULL, hash TEXT NOT NULL, bytes BLOB NOT NULL, checksum BLOB NOT NULL, PRIMARY KEY (height, hash)) STRICT;
  CREATE TABLE links (source INTEGER NOT NULL, target INTEGER NOT NULL, link BLOB NOT NULL, checksum BLOB NOT NULL, PRIMARY KEY (source, target)) STRICT, WITHOUT ROWID;
  CREATE TABLE evidence (position INTEGER PRIMARY KEY, evidence BLOB NOT NULL, checksum BLOB NOT NULL UNIQUE) STRICT;
`;

/** What SQLite keeps beside the file. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/** Rows of `meta`. */
export type Facts = Readonly<Record<'chain' | 'own_votes_seal', string>>;

/**
 * Makes the file under another name and gives it its own when it is whole: a file of this name is never half made. What an older
 * file of this name has left beside it is removed, as SQLite would read it into the new one; `hadOlder` says that there was something.
 */
export function createFile(path: string, factsOf: (hadOlder: boolean) => Facts): void {
  const fresh = `${path}.new`;
  const leftOver = COMPANIONS.map((end) => path + end).filter((companion) => existsSync(companion));
  for (const old of [fresh, ...COMPANIONS.map((end) => fresh + end)]) rmSync(old, { force: true });
  const database = new DatabaseSync(fresh);
  try {
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
    inTransaction(database, () => {
      database.exec(`${SCHEMA}; PRAGMA user_version = ${SCHEMA_VERSION}`);
      const insert = database.prepare('INSERT INTO meta VALUES (?, ?)');
      for (const [name, value] of Object.entries(factsOf(leftOver.length > 0))) insert.run(name, value);
    });
  } finally {
    database.close();
  }
  for (const companion of leftOver) rmSync(companion);
  renameSync(fresh, path);
  syncFolder(dirname(path));
}

/** @throws Error when the file is no database, or one of another schema. */
export function openFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version !== SCHEMA_VERSION) throw new Error(`its schema is ${version}, this version reads ${SCHEMA_VERSION}`);
    return database;
  } catch (fault) {
    database.close();
    throw new Error(`consensus.db cannot be used: ${fault instanceof Error ? fault.message : String(fault)}`, {
      cause: fault,
    });
  }
}

export function readFact(database: DatabaseSync, name: keyof Facts): string | undefined {
  const value = database.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'];
  return typeof value === 'string' ? value : undefined;
}

export function writeFact(database: DatabaseSync, name: keyof Facts, value: string): void {
  database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(name, value);
}

export function inTransaction<Result>(database: DatabaseSync, act: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = act();
    database.exec('COMMIT');
    return result;
  } catch (fault) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw fault;
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
