import { sha256, toHex, utf8 } from '@clearchart/crypto';
import {
  merklePath,
  merkleRoot,
  proveState,
  type StateKey,
  StateOverlay,
  type StateNode,
  type StateProof,
  type StateReader,
  verifyMerklePath,
  verifyState,
  type Hash,
} from '@clearchart/ledger';
import { seededBytes } from './actors.ts';

export function merkleVectors(): unknown {
  const entries = Array.from({ length: 11 }, (_, index) => seededBytes('entry', index));
  return {
    sentences: 'L36',
    entries: entries.map(toHex),
    roots: Array.from({ length: 12 }, (_, count) => ({ count, root: toHex(merkleRoot(entries.slice(0, count))) })),
    paths: [1, 2, 3, 7, 8, 11].flatMap((count) => {
      const list = entries.slice(0, count);
      const root = merkleRoot(list);
      return list.map((entry, index) => {
        const path = merklePath(list, index);
        if (!verifyMerklePath(root, entry, index, count, path)) throw new Error('vectors: a path does not hold');
        return { count, index, path: path.map(toHex) };
      });
    }),
  };
}

/** A tree in memory, changed batch by batch. */
class Tree implements StateReader {
  root: Uint8Array = new Uint8Array(32);
  readonly #entries = new Map<string, Uint8Array>();
  readonly #nodes = new Map<string, StateNode>();
  get(key: string): Uint8Array | undefined {
    return this.#entries.get(key);
  }
  node(hash: Uint8Array): StateNode | undefined {
    return this.#nodes.get(toHex(hash));
  }
  isUsed(): boolean {
    return false;
  }
  change(batch: Readonly<Record<string, unknown>>): void {
    const overlay = new StateOverlay(this);
    for (const [key, value] of Object.entries(batch)) {
      overlay.write(key as StateKey<unknown>, value === null ? undefined : value);
    }
    const { root, entries, nodes } = overlay.finish(0);
    this.root = root;
    for (const [key, value] of entries) {
      if (value === undefined) this.#entries.delete(key);
      else this.#entries.set(key, value);
    }
    for (const [name, node] of nodes) this.#nodes.set(name, node);
  }
}

export function stateTreeVectors(): unknown {
  const tree = new Tree();
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key/${index}`, { index }]));
  const batches: Record<string, unknown>[] = [
    { 'key/0': { index: 0 } },
    many,
    { 'key/1': { index: 100 }, 'key/2': null },
    Object.fromEntries(Object.keys(many).map((key) => [key, null])),
    { 'schlüssel/南': 'value' },
  ];
  const steps = batches.map((batch, index) => {
    tree.change(batch);
    const root = toHex(tree.root) as Hash;
    const keys = index === 2 ? ['key/1', 'key/2', 'key/39', 'key/40', 'key/41', 'key/42', 'nothing'] : ['key/0'];
    const proofs = keys.map((key): StateProof => {
      const bytes = tree.get(key);
      const value: unknown = bytes === undefined ? null : JSON.parse(new TextDecoder().decode(bytes));
      const proof = proveState(tree, tree.root, key, value);
      if (!verifyState(root, proof)) throw new Error(`vectors: the proof of ${key} does not hold`);
      return proof;
    });
    return { changes: batch, root, proofs };
  });
  return {
    sentences: 'L42 L43 L44',
    about: 'Each step changes the tree before it; null takes a key away. In a proof null says that the key is absent.',
    keyHash: { key: 'key/0', hash: toHex(sha256(utf8('key/0'))) },
    steps,
  };
}
