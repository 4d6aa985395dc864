import type { DatabaseSync } from 'node:sqlite';

/**
 * Tables of the access log; they stand in the clinical database so that one database transaction covers an event and its
 * outbox row. `opened_in` and `closed_in` are sequence numbers of the outbox, which a transaction signed anew keeps.
 */
export function createAccessTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS audit (
      sequence INTEGER PRIMARY KEY,
      access_id TEXT,
      hash BLOB NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS audit_by_access ON audit (access_id, sequence) WHERE access_id IS NOT NULL;
    CREATE TABLE IF NOT EXISTS audit_head (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS access_windows (
      access_id TEXT PRIMARY KEY,
      window_key BLOB NOT NULL,
      patient TEXT NOT NULL,
      purpose TEXT NOT NULL,
      opened_at INTEGER NOT NULL,
      closes_at INTEGER NOT NULL,
      detail TEXT NOT NULL,
      sealed_detail BLOB NOT NULL,
      count INTEGER,
      root TEXT,
      opened_in INTEGER,
      closed_in INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS access_windows_open ON access_windows (closes_at) WHERE root IS NULL;
    CREATE INDEX IF NOT EXISTS access_windows_unsent ON access_windows (opened_at)
      WHERE opened_in IS NULL OR closed_in IS NULL;
    CREATE INDEX IF NOT EXISTS access_windows_by_key ON access_windows (window_key) WHERE root IS NULL;
    CREATE TABLE IF NOT EXISTS access_entries (
      patient TEXT NOT NULL,
      position INTEGER NOT NULL,
      height INTEGER NOT NULL,
      transaction_id TEXT NOT NULL,
      organization TEXT NOT NULL,
      entry TEXT NOT NULL,
      PRIMARY KEY (patient, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS access_entries_height (id INTEGER PRIMARY KEY CHECK (id = 1), height INTEGER NOT NULL) STRICT;
  `);
}
