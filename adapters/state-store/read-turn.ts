// What is read in one turn of the event loop is read in one database transaction: to take and give up the locks of the file costs
// more than to find a row. It ends with the turn, so that nothing that is written waits for a reader.
import type { DatabaseSync } from 'node:sqlite';

export class ReadTurn {
  readonly #database: DatabaseSync;
  #reads = 0;
  #isOpen = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Before each reading. A single one needs no transaction. */
  begin(): void {
    if (this.#isOpen || this.#database.isTransaction) return;
    this.#reads += 1;
    if (this.#reads === 1) queueMicrotask(() => this.end());
    if (this.#reads < 2) return;
    this.#database.exec('BEGIN');
    this.#isOpen = true;
  }

  /** Before writing and closing. */
  end(): void {
    this.#reads = 0;
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#database.exec('COMMIT');
  }
}
