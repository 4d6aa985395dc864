/** The Merkle tree of RFC 6962 §2.1 over SHA-256: roots, inclusion proofs, and their check (RFC 9162 §2.1.3). */
import { equalBytes, sha256 } from '@clearchart/crypto';

function hashLeaf(entry: Uint8Array): Uint8Array {
  const leaf = new Uint8Array(1 + entry.length);
  leaf.set(entry, 1);
  return sha256(leaf);
}

function hashInner(left: Uint8Array, right: Uint8Array): Uint8Array {
  const inner = new Uint8Array(65);
  inner[0] = 1;
  inner.set(left, 1);
  inner.set(right, 33);
  return sha256(inner);
}

/** The largest power of two below the count. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

function rootOf(leaves: readonly Uint8Array[], from: number, to: number): Uint8Array {
  const count = to - from;
  if (count === 1) return leaves[from] as Uint8Array;
  const split = from + splitOf(count);
  return hashInner(rootOf(leaves, from, split), rootOf(leaves, split, to));
}

/** Root over the entries' bytes; SHA-256 of nothing for an empty list. */
export function merkleRoot(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return sha256(new Uint8Array(0));
  return rootOf(entries.map(hashLeaf), 0, entries.length);
}

/** Sibling hashes from the leaf up. @throws RangeError when there is no such entry. */
export function merklePath(entries: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= entries.length) throw new RangeError('merkle: no such entry');
  const leaves = entries.map(hashLeaf);
  const path: Uint8Array[] = [];
  let from = 0;
  let to = leaves.length;
  while (to - from > 1) {
    const split = from + splitOf(to - from);
    if (index < split) {
      path.unshift(rootOf(leaves, split, to));
      to = split;
    } else {
      path.unshift(rootOf(leaves, from, split));
      from = split;
    }
  }
  return path;
}

/** Whether the entry stands at `index` of `count` under the root (RFC 9162 §2.1.3.2). */
export function verifyMerklePath(
  root: Uint8Array,
  entry: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(count) || index < 0 || index >= count) return false;
  let position = index;
  let last = count - 1;
  let hash = hashLeaf(entry);
  for (const sibling of path) {
    if (sibling.length !== 32 || last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = hashInner(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = hashInner(hash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}
