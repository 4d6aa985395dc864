/** Proofs as they travel: a transaction's place in a block, and a state entry or its absence. */
import { concatBytes, equalBytes, fromBase64Url, fromHex, sha256, toBase64Url, toHex } from '@clearchart/crypto';
import { transactionLeaves } from './block.ts';
import { encodeCanonical, isCanonicalValue } from './encoding.ts';
import type { Hash } from './identifiers.ts';
import { merklePath, verifyMerklePath } from './merkle.ts';
import { either, hex, integer, listOf, literal, object, text } from './shape.ts';
import { keyHashOf } from './state.ts';
import { EMPTY_ROOT, type NodeReader, proveKey, type TreeProof, verifyKey } from './state-tree.ts';
import { encodeTransaction, type Transaction } from './transaction.ts';

/** More hashes than a path can have over any list that fits a block. */
const LONGEST_PATH = 64;
/** base64url letters of 256 hashes. */
const LONGEST_SIBLINGS = 11_000;

export interface InclusionProof {
  readonly index: number;
  readonly count: number;
  /** Sibling hashes from the leaf up, 64 hexadecimal digits each. */
  readonly path: readonly string[];
}

export function proveInclusion(transactions: readonly Transaction[], index: number): InclusionProof {
  const path = merklePath(transactionLeaves(transactions), index);
  return { index, count: transactions.length, path: path.map(toHex) };
}

/** The proof may be any JSON. */
export function verifyInclusion(root: Hash, transaction: Transaction, proof: InclusionProof): boolean {
  const path = inclusionShape(proof) ? proof.path.map(fromHex) : undefined;
  if (path === undefined) return false;
  return verifyMerklePath(fromHex(root), sha256(encodeTransaction(transaction)), proof.index, proof.count, path);
}

const inclusionShape = object({ index: integer(0), count: integer(1), path: listOf(hex(64), 0, LONGEST_PATH) });

export interface StateProof {
  readonly key: string;
  /** The value, or null for a proof of absence. */
  readonly value: unknown;
  readonly proof: {
    /** base64url of the sibling hashes that are not empty, 32 bytes each, from the root down. */
    readonly siblings: string;
    /** The depths at which the sibling is empty, rising; left out when there are none. */
    readonly empty?: readonly number[];
    /** base64url of the other leaf that stands where the key would; only for absence. */
    readonly other?: string;
  };
}

const base64Url = text(LONGEST_SIBLINGS);
const siblings = either(base64Url, literal(''));
const empty = listOf(integer(0, 255), 1, 256);
const stateShape = object({
  key: text(200),
  value: isCanonicalValue,
  proof: either(
    object({ siblings }),
    object({ siblings, empty }),
    object({ siblings, other: base64Url }),
    object({ siblings, empty, other: base64Url }),
  ),
});

export function proveState(reader: NodeReader, root: Uint8Array, key: string, value: unknown): StateProof {
  const tree = proveKey(reader, root, keyHashOf(key));
  const depths = [...tree.siblings.keys()].filter((depth) =>
    equalBytes(tree.siblings[depth] as Uint8Array, EMPTY_ROOT),
  );
  const full = tree.siblings.filter((_, depth) => !depths.includes(depth));
  const proof = {
    siblings: toBase64Url(concatBytes(...full)),
    ...(depths.length > 0 ? { empty: depths } : {}),
    ...(tree.other === undefined ? {} : { other: toBase64Url(tree.other) }),
  };
  return { key, value: value ?? null, proof };
}

/** Whether the root says what the proof claims: this value under this key, or none. The proof may be any JSON. */
export function verifyState(root: Hash, claimed: StateProof): boolean {
  if (!stateShape(claimed)) return false;
  const tree = treeProofOf(claimed.proof);
  if (tree === undefined) return false;
  const valueHash = claimed.value === null ? undefined : sha256(encodeCanonical(claimed.value));
  return verifyKey(fromHex(root), keyHashOf(claimed.key), valueHash, tree);
}

function treeProofOf(proof: StateProof['proof']): TreeProof | undefined {
  try {
    const other = proof.other === undefined ? undefined : fromBase64Url(proof.other);
    const list = siblingsOf(fromBase64Url(proof.siblings), proof.empty ?? []);
    return list === undefined ? undefined : { siblings: list, other };
  } catch {
    return undefined;
  }
}

/** The hashes with the empty ones put between them; undefined unless each has its one place. */
function siblingsOf(hashes: Uint8Array, depths: readonly number[]): Uint8Array[] | undefined {
  if (hashes.length % 32 !== 0) return undefined;
  const list: Uint8Array[] = [];
  const pending = [...depths];
  for (let at = 0; at < hashes.length || pending[0] === list.length; ) {
    if (pending[0] === list.length) {
      list.push(EMPTY_ROOT);
      pending.shift();
    } else {
      list.push(hashes.subarray(at, at + 32));
      at += 32;
    }
  }
  return pending.length === 0 ? list : undefined;
}
