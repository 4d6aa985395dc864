/**
 * The compact sparse Merkle tree behind the state root: leaf = H(00 ‖ H(key) ‖ H(value)), inner =
 * H(01 ‖ left ‖ right), an empty child is 32 zero bytes, and a leaf stands as high as it is alone (the
 * shape of ICS-23's SmtSpec). Nodes are named by their hash, so every old root can still be proved.
 */
import { concatBytes, equalBytes, sha256, toHex } from '@clearchart/crypto';

/** 65 bytes: 00 ‖ key hash ‖ value hash, or 01 ‖ left ‖ right. Its SHA-256 is its name. */
export type StateNode = Uint8Array;

export interface NodeReader {
  node(hash: Uint8Array): StateNode | undefined;
}

export interface LeafChange {
  readonly keyHash: Uint8Array;
  /** Undefined takes the leaf away. */
  readonly valueHash: Uint8Array | undefined;
}

export const EMPTY_ROOT: Uint8Array = new Uint8Array(32);
const LEAF = 0;
const INNER = 1;
const NODE_BYTES = 65;
const CHUNK_BYTES = 64 * NODE_BYTES;

function bitAt(hash: Uint8Array, depth: number): number {
  return ((hash[depth >> 3] as number) >> (7 - (depth & 7))) & 1;
}

function isEmpty(hash: Uint8Array): boolean {
  for (let index = 0; index < 32; index += 1) if (hash[index] !== 0) return false;
  return true;
}

/** Negative, zero or positive, as the left one comes before, with or after the right one; of equal lengths. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] as number) - (right[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

const comesBefore = (left: LeafChange, right: LeafChange): number => compareBytes(left.keyHash, right.keyHash);

/**
 * Applies a block's changes in one pass over the sorted list, so that nodes they share are hashed once. Returns the new root
 * and the nodes that were made, by hex name; each of them hangs under the new root.
 */
export function updateTree(
  reader: NodeReader,
  root: Uint8Array,
  changes: readonly LeafChange[],
): { root: Uint8Array; nodes: Map<string, StateNode> } {
  const update = new TreeUpdate(reader);
  const sorted = [...changes].sort(comesBefore);
  return { root: update.apply(root, sorted, 0, sorted.length, 0), nodes: update.made };
}

const NO_NODES: NodeReader = { node: () => undefined };

/** The hash at a place so deep of which these are all leaves, sorted and each with a value hash. */
export function subtreeHash(leaves: readonly LeafChange[], depth: number): Uint8Array {
  return new TreeUpdate(NO_NODES).build(leaves, depth);
}

class TreeUpdate {
  readonly made = new Map<string, StateNode>();
  readonly #reader: NodeReader;
  /** Nodes are cut from chunks: one allocation for many of them. */
  #chunk = new Uint8Array(0);
  #used = CHUNK_BYTES;

  constructor(reader: NodeReader) {
    this.#reader = reader;
  }

  /** The node at `depth` after `list[from…to)`, all of whose keys begin with the path down to it. */
  apply(hash: Uint8Array, list: readonly LeafChange[], from: number, to: number, depth: number): Uint8Array {
    if (from === to) return hash;
    if (isEmpty(hash)) return this.#buildKept(list.slice(from, to), depth);
    const node = required(this.#reader.node(hash), hash);
    if (node[0] === LEAF) return this.#buildKept(withLeaf(node, list.slice(from, to)), depth);
    const middle = splitAt(list, from, to, depth);
    const left = this.apply(node.subarray(1, 33), list, from, middle, depth + 1);
    const right = this.apply(node.subarray(33), list, middle, to, depth + 1);
    return this.#join(left, right);
  }

  build(leaves: readonly LeafChange[], depth: number): Uint8Array {
    return this.#build(leaves, 0, leaves.length, depth);
  }

  #buildKept(list: readonly LeafChange[], depth: number): Uint8Array {
    const leaves = list.filter(({ valueHash }) => valueHash !== undefined);
    return this.build(leaves, depth);
  }

  #build(leaves: readonly LeafChange[], from: number, to: number, depth: number): Uint8Array {
    if (from === to) return EMPTY_ROOT;
    if (to - from === 1) {
      const { keyHash, valueHash } = leaves[from] as LeafChange;
      return this.#make(LEAF, keyHash, valueHash as Uint8Array);
    }
    const middle = splitAt(leaves, from, to, depth);
    return this.#join(this.#build(leaves, from, middle, depth + 1), this.#build(leaves, middle, to, depth + 1));
  }

  /** A leaf beside nothing rises; an inner node stays at its depth. */
  #join(left: Uint8Array, right: Uint8Array): Uint8Array {
    const leftEmpty = isEmpty(left);
    const rightEmpty = isEmpty(right);
    if (leftEmpty && rightEmpty) return EMPTY_ROOT;
    if (leftEmpty && this.#isLeaf(right)) return right;
    if (rightEmpty && this.#isLeaf(left)) return left;
    return this.#make(INNER, left, right);
  }

  #isLeaf(hash: Uint8Array): boolean {
    return required(this.made.get(toHex(hash)) ?? this.#reader.node(hash), hash)[0] === LEAF;
  }

  #make(kind: number, first: Uint8Array, second: Uint8Array): Uint8Array {
    if (this.#used === CHUNK_BYTES) {
      this.#chunk = new Uint8Array(CHUNK_BYTES);
      this.#used = 0;
    }
    const node = this.#chunk.subarray(this.#used, this.#used + NODE_BYTES);
    this.#used += NODE_BYTES;
    node[0] = kind;
    node.set(first, 1);
    node.set(second, 33);
    const hash = sha256(node);
    this.made.set(toHex(hash), node);
    return hash;
  }
}

function required(node: StateNode | undefined, hash: Uint8Array): StateNode {
  if (node === undefined) throw new Error(`state tree: node ${toHex(hash)} is missing`);
  return node;
}

/** Where the keys whose bit at `depth` is 1 begin. */
function splitAt(list: readonly LeafChange[], from: number, to: number, depth: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bitAt((list[middle] as LeafChange).keyHash, depth) === 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sorted changes with the leaf that stands there among them, unless they replace it or take it away. */
function withLeaf(leaf: StateNode, list: readonly LeafChange[]): readonly LeafChange[] {
  const keyHash = leaf.subarray(1, 33);
  const at = list.findIndex((change) => compareBytes(change.keyHash, keyHash) >= 0);
  const next = list[at];
  if (next !== undefined && equalBytes(next.keyHash, keyHash)) return list;
  const kept = { keyHash, valueHash: leaf.subarray(33) };
  return at < 0 ? [...list, kept] : [...list.slice(0, at), kept, ...list.slice(at)];
}

export interface TreeProof {
  /** Sibling hashes from the root down to where the key ends. */
  readonly siblings: readonly Uint8Array[];
  /** For absence: the other leaf that stands where the key would (key hash ‖ value hash). */
  readonly other: Uint8Array | undefined;
}

/** @throws Error when a node on the path is missing. */
export function proveKey(reader: NodeReader, root: Uint8Array, keyHash: Uint8Array): TreeProof {
  const siblings: Uint8Array[] = [];
  let hash = root;
  for (let depth = 0; !isEmpty(hash); depth += 1) {
    const node = required(reader.node(hash), hash);
    if (node[0] === LEAF) {
      const own = equalBytes(node.subarray(1, 33), keyHash);
      return { siblings, other: own ? undefined : node.slice(1) };
    }
    const goesRight = bitAt(keyHash, depth) === 1;
    siblings.push(goesRight ? node.subarray(1, 33) : node.subarray(33));
    hash = goesRight ? node.subarray(33) : node.subarray(1, 33);
  }
  return { siblings, other: undefined };
}

/** Whether the root says that the key has this value hash, or (undefined) that it has none. */
export function verifyKey(
  root: Uint8Array,
  keyHash: Uint8Array,
  valueHash: Uint8Array | undefined,
  proof: TreeProof,
): boolean {
  const depth = proof.siblings.length;
  if (depth > 256 || proof.siblings.some((sibling) => sibling.length !== 32)) return false;
  let hash: Uint8Array;
  if (valueHash !== undefined) {
    if (proof.other !== undefined) return false;
    hash = sha256(concatBytes(Uint8Array.of(LEAF), keyHash, valueHash));
  } else if (proof.other === undefined) {
    hash = EMPTY_ROOT;
  } else {
    if (proof.other.length !== 64 || !standsInTheWay(proof.other.subarray(0, 32), keyHash, depth)) return false;
    hash = sha256(concatBytes(Uint8Array.of(LEAF), proof.other));
  }
  for (let level = depth - 1; level >= 0; level -= 1) {
    const sibling = proof.siblings[level] as Uint8Array;
    const [left, right] = bitAt(keyHash, level) === 1 ? [sibling, hash] : [hash, sibling];
    hash = sha256(concatBytes(Uint8Array.of(INNER), left, right));
  }
  return equalBytes(hash, root);
}

function standsInTheWay(other: Uint8Array, keyHash: Uint8Array, depth: number): boolean {
  if (equalBytes(other, keyHash)) return false;
  for (let bit = 0; bit < depth; bit += 1) if (bitAt(other, bit) !== bitAt(keyHash, bit)) return false;
  return true;
}
