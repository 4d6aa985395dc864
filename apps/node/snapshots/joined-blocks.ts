/** The blocks of a member that has joined by a snapshot: those from there on lie in a store of their own, the older ones come meanwhile. */
import type { BlockStore } from '@clearchart/ledger';

export class JoinedBlocks implements BlockStore {
  readonly #recent: BlockStore;
  readonly #older: BlockStore;
  readonly #base: number;
  #now: BlockStore;
  #isAppending = false;

  /** @param base The lowest block of the recent ones. */
  constructor(recent: BlockStore, older: BlockStore, base: number) {
    this.#recent = recent;
    this.#older = older;
    this.#base = base;
    this.#now = recent;
  }

  get height(): number {
    return this.#now.height;
  }

  /** Whether the older ones are all of them, and nothing is being written: then they may take the place of the recent ones. */
  get mayExchange(): boolean {
    return !this.#isAppending && this.#now === this.#recent && this.#older.height === this.#recent.height;
  }

  /** From now on the older ones are all. Resolves when the recent ones are closed. */
  async exchange(): Promise<void> {
    if (!this.mayExchange) throw new Error('the older blocks are not all of them');
    this.#now = this.#older;
    await this.#recent.close();
  }

  async append(height: number, bytes: Uint8Array): Promise<void> {
    this.#isAppending = true;
    try {
      await this.#now.append(height, bytes);
    } finally {
      this.#isAppending = false;
    }
  }

  async read(height: number): Promise<Uint8Array | undefined> {
    return await (height < this.#base ? this.#older : this.#now).read(height);
  }

  async close(): Promise<void> {
    if (this.#now === this.#recent) await this.#recent.close();
    await this.#older.close();
  }
}
