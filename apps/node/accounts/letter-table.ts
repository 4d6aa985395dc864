/** Letters of a demo, which sends none: the newest are kept, sealed. */
import { type Random, toHex } from '@clearchart/crypto';
import type { DatabaseSync } from 'node:sqlite';
import { letterPlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

const MOST_KEPT = 200;

export interface KeptLetter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export class LetterTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;
  readonly #random: Random;

  constructor(database: DatabaseSync, sealing: Sealing, random: Random) {
    this.#database = database;
    this.#sealing = sealing;
    this.#random = random;
  }

  keep({ to, subject, text }: KeptLetter, now: number): void {
    const id = toHex(this.#random.bytes(16));
    const sealed = this.#sealing.seal(letterPlace({ id, sent_at: now }), { to, subject, text });
    this.#database.prepare('INSERT INTO letters (id, sent_at, letter) VALUES (?, ?, ?)').run(id, now, sealed);
    this.#database
      .prepare('DELETE FROM letters WHERE id NOT IN (SELECT id FROM letters ORDER BY sent_at DESC, rowid DESC LIMIT ?)')
      .run(MOST_KEPT);
  }

  /** Newest first. */
  list(): (KeptLetter & { readonly id: string; readonly sentAt: number })[] {
    const rows = this.#database.prepare('SELECT * FROM letters ORDER BY sent_at DESC, rowid DESC').all();
    return rows.map((row) => ({
      id: row['id'] as string,
      sentAt: row['sent_at'] as number,
      ...this.#sealing.open<KeptLetter>(letterPlace(row), row['letter'] as Uint8Array),
    }));
  }
}
