// The state as it will be once the blocks ahead of it are stored: what a draft builds on while the block before it is still
// being mined. When that block is stored the reader forgets it and reads the store.
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
    return this.#changes?.entries.has(key) ? this.#changes.entries.get(key) : this.#below.get(key);
  }

  isUsed(id: TransactionId): boolean {
    return this.#used.has(id) || this.#below.isUsed(id);
  }

  node(hash: Uint8Array): StateNode | undefined {
    return this.#changes?.nodes.get(toHex(hash)) ?? this.#below.node(hash);
  }

  /** The changes are in the store now. */
  settle(store: StateReader): void {
    this.#changes = undefined;
    this.#below = store;
    this.#used.clear();
  }
}
