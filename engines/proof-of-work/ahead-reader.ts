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
    const layer = AheadReader.#search(this, (one) => one.#changes?.entries.has(key) === true);
    return layer instanceof AheadReader ? layer.#changes?.entries.get(key) : layer.get(key);
  }

  isUsed(id: TransactionId): boolean {
    const layer = AheadReader.#search(this, (one) => one.#used.has(id));
    return layer instanceof AheadReader || layer.isUsed(id);
  }

  node(hash: Uint8Array): StateNode | undefined {
    const name = toHex(hash);
    const layer = AheadReader.#search(this, (one) => one.#changes?.nodes.has(name) === true);
    return layer instanceof AheadReader ? layer.#changes?.nodes.get(name) : layer.node(hash);
  }

  /** The first layer that knows, or the store: in a loop, since hundreds of blocks may lie ahead of it. */
  static #search(from: StateReader, knows: (layer: AheadReader) => boolean): StateReader {
    let reader = from;
    while (reader instanceof AheadReader && !knows(reader)) reader = reader.#below;
    return reader;
  }

  /** The changes are in the store now. */
  settle(store: StateReader): void {
    this.#changes = undefined;
    this.#below = store;
    this.#used.clear();
  }
}
