// The few facts of which there is one each: chain, height, head, roots, how many pages and transactions.
import type { DatabaseSync } from 'node:sqlite';
import { StateDamaged, assertRow, checkedRow } from './checked-rows.ts';

export function readMeta(database: DatabaseSync, name: string): string {
  const row = database.prepare('SELECT * FROM meta WHERE name = ?').get(name);
  if (row === undefined) throw new StateDamaged(`state.db meta: there is no ${name}`);
  assertRow('meta', row);
  return String(row['value']);
}

/** The lowest block that the file knows: 1, unless the state was imported. */
export function readBase(database: DatabaseSync): number {
  const row = database.prepare("SELECT * FROM meta WHERE name = 'base'").get();
  if (row === undefined) return 1;
  assertRow('meta', row);
  return Number(row['value']);
}

export function writeMeta(database: DatabaseSync, facts: Readonly<Record<string, string>>): void {
  const put = database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?, ?)');
  for (const [name, value] of Object.entries(facts)) put.run(...checkedRow('meta', name, value));
}
