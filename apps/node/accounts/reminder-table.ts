/** Which reminders have been sent: kept so that none is sent twice, a hash and a time each, and only while it could be. */
import type { DatabaseSync } from 'node:sqlite';
import type { Sealing } from './sealing.ts';

const KEPT_MS = 3 * 24 * 60 * 60_000;

export class ReminderTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;

  constructor(database: DatabaseSync, sealing: Sealing) {
    this.#database = database;
    this.#sealing = sealing;
  }

  /** True once for each name: on disk before it returns. */
  take(name: string, now: number): boolean {
    const added = this.#database
      .prepare('INSERT INTO reminders (id, sent_at) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(this.#sealing.hash('reminder', name), now);
    if (added.changes > 0) this.#database.prepare('DELETE FROM reminders WHERE sent_at < ?').run(now - KEPT_MS);
    return added.changes > 0;
  }

  /** One that could not be handed on is due again. */
  giveBack(name: string): void {
    this.#database.prepare('DELETE FROM reminders WHERE id = ?').run(this.#sealing.hash('reminder', name));
  }
}
