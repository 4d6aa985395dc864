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

function bitAt(hash: Uint8Array, depth: number): 0 | 1 {
  return (((hash[depth >> 3] as number) >> (7 - (depth & 7))) & 1) as 0 | 1;
}

function isEmpty(hash: Uint8Array): boolean {
  return hash.every((byte) => byte === 0);
}

export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] as number) - (right[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Applies a block's changes in one pass, so that nodes they share are hashed once. Returns the new root
 * and the nodes that were made, by hex name.
 */
export function updateTree(
  reader: NodeReader,
  root: Uint8Array,
  changes: readonly LeafChange[],
): { root: Uint8Array; nodes: Map<string, StateNode> } {
  const nodes = new Map<string, StateNode>();
  const sorted = [...changes].sort((left, right) => compareBytes(left.keyHash, right.keyHash));

  function load(hash: Uint8Array): StateNode {
    const node = nodes.get(toHex(hash)) ?? reader.node(hash);
    if (node === undefined) throw new Error(`state tree: node ${toHex(hash)} is missing`);
    return node;
  }

  function store(kind: number, first: Uint8Array, second: Uint8Array): Uint8Array {
    const node = new Uint8Array(65);
    node[0] = kind;
    node.set(first, 1);
    node.set(second, 33);
    const hash = sha256(node);
    nodes.set(toHex(hash), node);
    return hash;
  }

  function join(left: Uint8Array, right: Uint8Array): Uint8Array {
    const leftEmpty = isEmpty(left);
    const rightEmpty = isEmpty(right);
    if (leftEmpty && rightEmpty) return EMPTY_ROOT;
    if (leftEmpty !== rightEmpty) {
      const only = leftEmpty ? right : left;
      if (load(only)[0] === LEAF) return only;
    }
    return store(INNER, left, right);
  }

  function split(list: readonly LeafChange[], depth: number): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bitAt((list[middle] as LeafChange).keyHash, depth) === 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function build(leaves: readonly LeafChange[], depth: number): Uint8Array {
    const [first] = leaves;
    if (first === undefined) return EMPTY_ROOT;
    if (leaves.length === 1) return store(LEAF, first.keyHash, first.valueHash as Uint8Array);
    const at = split(leaves, depth);
    return join(build(leaves.slice(0, at), depth + 1), build(leaves.slice(at), depth + 1));
  }

  function mergeLeaf(leaf: StateNode, list: readonly LeafChange[]): LeafChange[] {
    const keyHash = leaf.subarray(1, 33);
    const merged = list.filter((change) => change.valueHash !== undefined);
    if (list.some((change) => equalBytes(change.keyHash, keyHash))) return merged;
    const at = merged.findIndex((change) => compareBytes(change.keyHash, keyHash) > 0);
    merged.splice(at < 0 ? merged.length : at, 0, { keyHash, valueHash: leaf.subarray(33) });
    return merged;
  }

  function apply(hash: Uint8Array, list: readonly LeafChange[], depth: number): Uint8Array {
    if (list.length === 0) return hash;
    if (isEmpty(hash)) {
      return build(
        list.filter((change) => change.valueHash !== undefined),
        depth,
      );
    }
    const node = load(hash);
    if (node[0] === LEAF) return build(mergeLeaf(node, list), depth);
    const at = split(list, depth);
    const left = apply(node.subarray(1, 33), list.slice(0, at), depth + 1);
    const right = apply(node.subarray(33), list.slice(at), depth + 1);
    return join(left, right);
  }

  const newRoot = apply(root, sorted, 0);
  return { root: newRoot, nodes: keepReachable(newRoot, nodes) };
}

/** Nodes made and replaced within one update (a leaf that moved down) are not worth keeping. */
function keepReachable(root: Uint8Array, made: Map<string, StateNode>): Map<string, StateNode> {
  const kept = new Map<string, StateNode>();
  const visit = (hash: Uint8Array): void => {
    const name = toHex(hash);
    const node = made.get(name);
    if (node === undefined || kept.has(name)) return;
    kept.set(name, node);
    if (node[0] === INNER) {
      visit(node.subarray(1, 33));
      visit(node.subarray(33));
    }
  };
  visit(root);
  return kept;
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
    const node = reader.node(hash);
    if (node === undefined) throw new Error(`state tree: node ${toHex(hash)} is missing`);
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
