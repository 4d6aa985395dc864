/**
 * Parts of the state as they travel to a member that joins: all entries below one place of the state tree, or, where these are too
 * many, the two hashes that lie there. Each part is held to the hash due at its place, so that who gave a wrong one is known at once.
 */
import { concatBytes, equalBytes, fromHex, sha256, toHex, utf8 } from '@clearchart/crypto';
import { encodeCanonical, isCanonicalValue, parseJson } from './encoding.ts';
import { isHex } from './identifiers.ts';
import { keyHashOf } from './state.ts';
import {
  compareBytes,
  EMPTY_ROOT,
  type LeafChange,
  type NodeReader,
  type StateNode,
  subtreeHash,
} from './state-tree.ts';

export interface StateRow {
  readonly key: string;
  /** Canonical JSON. */
  readonly value: Uint8Array;
}

/** The bits of a key's hash down to a place of the tree, highest first, each 0 or 1; empty for the root. */
export type TreePath = string;

export type StatePart =
  | { readonly rows: readonly StateRow[] }
  /** Hashes of the two children. */
  | { readonly left: Uint8Array; readonly right: Uint8Array };

/** Whoever gives a part divides it when its rows have more bytes than this, keys and values; one row is never divided. */
export const PART_BYTES = 256 * 1024;
/** An entry's key, UTF-16 units. */
const LONGEST_KEY = 200;
const DEEPEST = 256;

export function isTreePath(value: unknown): value is TreePath {
  return typeof value === 'string' && value.length <= DEEPEST && /^[01]*$/.test(value);
}

export function encodeStatePart(part: StatePart): Uint8Array {
  if ('left' in part) return utf8(JSON.stringify({ left: toHex(part.left), right: toHex(part.right) }));
  const rows = part.rows.flatMap(({ key, value }, index) => [
    utf8(`${index === 0 ? '' : ','}[${JSON.stringify(key)},`),
    value,
    utf8(']'),
  ]);
  return concatBytes(utf8('{"rows":['), ...rows, utf8(']}'));
}

/** Undefined for anything else than a part. */
export function parseStatePart(bytes: Uint8Array): StatePart | undefined {
  const value = parseJson(bytes)?.value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { left, right, rows } = value as Record<string, unknown>;
  if (isHex(left, 64) && isHex(right, 64)) return { left: fromHex(left), right: fromHex(right) };
  if (!Array.isArray(rows)) return undefined;
  const parsed: StateRow[] = [];
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row) || row.length !== 2 || !isCanonicalValue(row[1])) return undefined;
    const key: unknown = row[0];
    if (typeof key !== 'string' || key.length > LONGEST_KEY || !key.isWellFormed()) return undefined;
    parsed.push({ key, value: encodeCanonical(row[1]) });
  }
  return { rows: parsed };
}

/** Why this is not what lies at the place whose hash is due; undefined when it is, whole and unchanged. */
export function refusePart(due: Uint8Array, path: TreePath, part: StatePart): string | undefined {
  if ('left' in part) {
    const node = concatBytes(Uint8Array.of(1), part.left, part.right);
    return equalBytes(sha256(node), due) ? undefined : 'the two hashes do not give the one above them';
  }
  const leaves: LeafChange[] = [];
  for (const { key, value } of part.rows) {
    const keyHash = keyHashOf(key);
    if (!isBelow(path, keyHash)) return 'an entry lies elsewhere in the tree';
    const before = leaves.at(-1);
    if (before !== undefined && compareBytes(before.keyHash, keyHash) >= 0) return 'the entries are not in order';
    leaves.push({ keyHash, valueHash: sha256(value) });
  }
  return equalBytes(subtreeHash(leaves, path.length), due) ? undefined : 'the entries do not give the hash above them';
}

export function isBelow(path: TreePath, keyHash: Uint8Array): boolean {
  for (let depth = 0; depth < path.length; depth += 1) {
    const bit = ((keyHash[depth >> 3] as number) >> (7 - (depth & 7))) & 1;
    if (bit !== Number(path[depth])) return false;
  }
  return true;
}

/** The children at a place under a root; undefined where no inner node is. @throws Error when a node on the way is missing. */
export function childrenAt(
  reader: NodeReader,
  root: Uint8Array,
  path: TreePath,
): { readonly left: Uint8Array; readonly right: Uint8Array } | undefined {
  let children = childrenOf(reader, root);
  for (const bit of path) {
    if (children === undefined) return undefined;
    children = childrenOf(reader, bit === '0' ? children.left : children.right);
  }
  return children;
}

function childrenOf(reader: NodeReader, hash: Uint8Array) {
  if (equalBytes(hash, EMPTY_ROOT)) return undefined;
  const node: StateNode | undefined = reader.node(hash);
  if (node === undefined) throw new Error(`state tree: node ${toHex(hash)} is missing`);
  return node[0] === 1 ? { left: node.subarray(1, 33), right: node.subarray(33) } : undefined;
}
