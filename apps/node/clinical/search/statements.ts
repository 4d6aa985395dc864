import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SqlValue } from './sql-value.ts';

/** Prepared statements by their text; a search's text depends on its shape, not on its values. */
const STATEMENTS_KEPT = 500;

export class Statements {
  readonly #database: DatabaseSync;
  readonly #kept = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  all(sql: string, values: readonly SqlValue[]): Record<string, unknown>[] {
    let statement = this.#kept.get(sql);
    if (statement === undefined) {
      if (this.#kept.size >= STATEMENTS_KEPT) this.#kept.clear();
      statement = this.#database.prepare(sql);
      this.#kept.set(sql, statement);
    }
    return statement.all(...values);
  }
}
