/** Keys that the hospital keeps for people without a device: sealed, one for each person, and gone once they are handed over. */
import { fromHex, toHex } from '@clearchart/crypto';
import type { DatabaseSync } from 'node:sqlite';
import { custodyPlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

export interface KeptKey {
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** Who took it into custody at the desk, and the papers that were looked at. */
  readonly takenBy: { readonly accountId: string; readonly name: string };
  readonly shown: string;
}

export class CustodyTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;

  constructor(database: DatabaseSync, sealing: Sealing) {
    this.#database = database;
    this.#sealing = sealing;
  }

  /** One key for each person: another one that is there already stays. */
  keep(pseudonym: string, { seed, ...about }: KeptKey, now: number): void {
    const sealed = this.#sealing.seal(custodyPlace({ id: pseudonym, taken_at: now }), { ...about, seed: toHex(seed) });
    this.#database
      .prepare('INSERT INTO custody_keys (id, sealed, taken_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(pseudonym, sealed, now);
  }

  find(pseudonym: string): KeptKey | undefined {
    const row = this.#database.prepare('SELECT * FROM custody_keys WHERE id = ?').get(pseudonym);
    if (row === undefined) return undefined;
    const { seed, ...about } = this.#sealing.open<Omit<KeptKey, 'seed'> & { seed: string }>(
      custodyPlace(row),
      row['sealed'] as Uint8Array,
    );
    return { ...about, seed: fromHex(seed) };
  }

  /** Pseudonyms whose key is kept. */
  list(): string[] {
    return this.#database
      .prepare('SELECT id FROM custody_keys')
      .all()
      .map(({ id }) => id as string);
  }

  /** Overwrites the place on disk, in the write-ahead log too. */
  destroy(pseudonym: string): void {
    this.#database.exec('PRAGMA secure_delete = ON');
    this.#database.prepare('DELETE FROM custody_keys WHERE id = ?').run(pseudonym);
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
