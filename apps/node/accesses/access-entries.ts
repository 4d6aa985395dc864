/**
 * Each patient's list of access events in the ledger's order, taken from the blocks alone: what the
 * browser adds up to the running hash. It can be thrown away and made again.
 */
import { type AccessEntry, type Block, transactionId } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';

export interface ListedEntry {
  readonly position: number;
  readonly height: number;
  readonly transactionId: string;
  readonly organization: string;
  readonly entry: AccessEntry;
}

export interface AccessEntries {
  readonly height: number;
  apply(block: Block): void;
  list(patient: string, after: number, limit: number): ListedEntry[];
  /** The opening of this access in the patient's list. */
  opening(patient: string, access: string): ListedEntry | undefined;
}

export function openAccessEntries(database: DatabaseSync): AccessEntries {
  const insert = database.prepare(
    'INSERT INTO access_entries (patient, position, height, transaction_id, organization, entry) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const selectCount = database.prepare('SELECT count(*) AS count FROM access_entries WHERE patient = ?');
  const select = database.prepare(
    'SELECT position, height, transaction_id, organization, entry FROM access_entries WHERE patient = ? AND position >= ? ORDER BY position LIMIT ?',
  );
  const selectOpening = database.prepare(
    `SELECT position, height, transaction_id, organization, entry FROM access_entries
     WHERE patient = ? AND json_extract(entry, '$.access') = ? AND json_extract(entry, '$.kind') = 'opened'`,
  );
  const setHeight = database.prepare(
    'INSERT INTO access_entries_height (id, height) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET height = excluded.height',
  );
  const first = database.prepare('SELECT height FROM access_entries_height').get();
  let height = first === undefined ? 0 : (first['height'] as number);

  return {
    get height() {
      return height;
    },
    apply(block) {
      if (block.header.height <= height) return;
      const logs = block.transactions.filter((transaction) => transaction.type === 'log-accesses');
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const transaction of logs) {
          const id = transactionId(transaction);
          for (const entry of transaction.body.entries) {
            const position = selectCount.get(entry.patient)?.['count'] as number;
            insert.run(
              entry.patient,
              position,
              block.header.height,
              id,
              transaction.body.organization,
              JSON.stringify(entry),
            );
          }
        }
        setHeight.run(block.header.height);
        database.exec('COMMIT');
      } catch (fault) {
        database.exec('ROLLBACK');
        throw fault;
      }
      height = block.header.height;
    },
    list: (patient, after, limit) => select.all(patient, after, limit).map(listed),
    opening(patient, access) {
      const row = selectOpening.get(patient, access);
      return row === undefined ? undefined : listed(row);
    },
  };
}

function listed(row: Record<string, unknown>): ListedEntry {
  return {
    position: row['position'] as number,
    height: row['height'] as number,
    transactionId: row['transaction_id'] as string,
    organization: row['organization'] as string,
    entry: JSON.parse(row['entry'] as string) as AccessEntry,
  };
}
