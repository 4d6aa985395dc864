// The state as it will be once the blocks ahead of it are stored: what a draft builds on while the block before it is still
// being mined, and what a block rests on that is not final. When its block is stored the reader forgets it and reads the store.
import { toHex } from '@clearchart/crypto';
import type { StateChanges, StateNode, StateReader, TransactionId } from '@clearchart/ledger';

export class AheadReader implements StateReader {
  #below: StateReader;
  #changes: StateChanges | undefined;
  readonly #used: Set<TransactionId>;

  constructor(below: StateReader, changes: StateChanges) {
    this.#below = below;
    this.#changes = changes;
    this.#used = new Set(changes.usedIds);
  }

  get root(): Uint8Array {
    return this.#changes?.root ?? this.#below.root;
  }

  get(key: string): Uint8Array | undefined {
    for (let reader: StateReader = this; ; reader = reader.#below) {
      if (!(reader instanceof AheadReader)) return reader.get(key);
      const changes = reader.#changes;
      if (changes?.entries.has(key)) return changes.entries.get(key);
    }
  }

  isUsed(id: TransactionId): boolean {
    for (let reader: StateReader = this; ; reader = reader.#below) {
      if (!(reader instanceof AheadReader)) return reader.isUsed(id);
      if (reader.#used.has(id)) return true;
    }
  }

  node(hash: Uint8Array): StateNode | undefined {
    const name = toHex(hash);
    for (let reader: StateReader = this; ; reader = reader.#below) {
      if (!(reader instanceof AheadReader)) return reader.node(hash);
      const node = reader.#changes?.nodes.get(name);
      if (node !== undefined) return node;
    }
  }

  /** The changes are in the store now. */
  settle(store: StateReader): void {
    this.#changes = undefined;
    this.#below = store;
    this.#used.clear();
  }
}
