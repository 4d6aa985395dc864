import type { DatabaseSync } from 'node:sqlite';

/** How long a writer waits for another process, the command line beside the node. */
const BUSY_MS = 10_000;

export function prepareAccounts(database: DatabaseSync): void {
  database.exec(`
    PRAGMA busy_timeout = ${BUSY_MS};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS accounts (
      id TEXT PRIMARY KEY,
      email_hash BLOB NOT NULL UNIQUE,
      role TEXT NOT NULL,
      state TEXT NOT NULL,
      person_hash BLOB,
      created_at INTEGER NOT NULL,
      last_sign_in_at INTEGER,
      identity BLOB NOT NULL,
      password_record BLOB NOT NULL,
      vault BLOB NOT NULL,
      binding BLOB,
      new_key BLOB
    ) STRICT;
    CREATE UNIQUE INDEX IF NOT EXISTS accounts_by_person ON accounts (person_hash)
      WHERE person_hash IS NOT NULL AND state <> 'deactivated';
    CREATE INDEX IF NOT EXISTS accounts_by_state ON accounts (state, created_at);
    CREATE TABLE IF NOT EXISTS sessions (
      id TEXT PRIMARY KEY,
      secret_hash BLOB NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      device BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS sessions_by_account ON sessions (account_id, created_at);
    CREATE TABLE IF NOT EXISTS codes (
      id TEXT PRIMARY KEY,
      code_hash BLOB NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      person_hash BLOB,
      about BLOB NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX IF NOT EXISTS codes_open ON codes (expires_at);
    CREATE TABLE IF NOT EXISTS custody_keys (
      id TEXT PRIMARY KEY,
      sealed BLOB NOT NULL,
      taken_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS letters (
      id TEXT PRIMARY KEY,
      sent_at INTEGER NOT NULL,
      letter BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS reminders (id BLOB PRIMARY KEY, sent_at INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS told_apart (id BLOB PRIMARY KEY, told_at INTEGER NOT NULL, about BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS feeds (
      id TEXT PRIMARY KEY,
      secret_hash BLOB NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      used_at INTEGER,
      bound BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS feeds_by_account ON feeds (account_id, created_at);
    CREATE TABLE IF NOT EXISTS answers (
      id TEXT PRIMARY KEY,
      owner BLOB NOT NULL,
      made INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS answers_by_owner ON answers (owner);
    CREATE INDEX IF NOT EXISTS answers_by_age ON answers (made);
    CREATE TABLE IF NOT EXISTS tokens (
      id TEXT PRIMARY KEY,
      token_hash BLOB NOT NULL UNIQUE,
      role TEXT NOT NULL,
      person_hash BLOB,
      about BLOB NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
  `);
}
