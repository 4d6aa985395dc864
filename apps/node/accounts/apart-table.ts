/** Pairs of records that the desk has looked at and found to be two people: not shown again as possibly one. */
import type { DatabaseSync } from 'node:sqlite';
import type { Sealing } from './sealing.ts';

const MOST_LISTED = 200;

export interface ApartPair {
  /** FHIR ids of the two Patients. */
  readonly patients: readonly [string, string];
  /** Name of the administrator. */
  readonly by: string;
  /** Milliseconds. */
  readonly at: number;
}

export class ApartTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;

  constructor(database: DatabaseSync, sealing: Sealing) {
    this.#database = database;
    this.#sealing = sealing;
  }

  #idOf(patients: readonly [string, string]): Uint8Array {
    return this.#sealing.hash('apart', patients.toSorted().join('/'));
  }

  keep(pair: ApartPair): void {
    const id = this.#idOf(pair.patients);
    this.#database
      .prepare('INSERT INTO told_apart (id, told_at, about) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(id, pair.at, this.#sealing.seal('apart', pair));
  }

  /** False when the two were not told apart. */
  takeBack(patients: readonly [string, string]): boolean {
    return this.#database.prepare('DELETE FROM told_apart WHERE id = ?').run(this.#idOf(patients)).changes > 0;
  }

  has(patients: readonly [string, string]): boolean {
    return this.#database.prepare('SELECT 1 FROM told_apart WHERE id = ?').get(this.#idOf(patients)) !== undefined;
  }

  /** Newest first. */
  list(): ApartPair[] {
    const rows = this.#database.prepare('SELECT about FROM told_apart ORDER BY told_at DESC LIMIT ?').all(MOST_LISTED);
    return rows.map((row) => this.#sealing.open<ApartPair>('apart', row['about'] as Uint8Array));
  }
}
