/** Proofs as they travel: a transaction's place in a block, and a state entry or its absence. */
import { concatBytes, fromBase64Url, fromHex, sha256, toBase64Url, toHex } from '@clearchart/crypto';
import { transactionLeaves } from './block.ts';
import { encodeCanonical } from './encoding.ts';
import type { Hash } from './identifiers.ts';
import { merklePath, verifyMerklePath } from './merkle.ts';
import { keyHashOf } from './state.ts';
import { type NodeReader, proveKey, type TreeProof, verifyKey } from './state-tree.ts';
import { encodeTransaction, type Transaction } from './transaction.ts';

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

export function verifyInclusion(root: Hash, transaction: Transaction, proof: InclusionProof): boolean {
  const path = hashesOf(proof.path);
  if (path === undefined) return false;
  return verifyMerklePath(fromHex(root), sha256(encodeTransaction(transaction)), proof.index, proof.count, path);
}

function hashesOf(path: unknown): Uint8Array[] | undefined {
  if (!Array.isArray(path) || path.length > 64) return undefined;
  if (!path.every((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one))) return undefined;
  return path.map(fromHex);
}

export interface StateProof {
  readonly key: string;
  /** The value, or null for a proof of absence. */
  readonly value: unknown;
  readonly proof: {
    /** base64url of the sibling hashes, 32 bytes each, from the root down. */
    readonly siblings: string;
    /** base64url of the other leaf that stands where the key would; only for absence. */
    readonly other?: string;
  };
}

export function proveState(reader: NodeReader, root: Uint8Array, key: string, value: unknown): StateProof {
  const { siblings, other } = proveKey(reader, root, keyHashOf(key));
  const proof = { siblings: toBase64Url(concatBytes(...siblings)), ...(other ? { other: toBase64Url(other) } : {}) };
  return { key, value: value ?? null, proof };
}

/** Whether the root says what the proof claims: this value under this key, or none. */
export function verifyState(root: Hash, claimed: StateProof): boolean {
  const tree = treeProofOf(claimed.proof);
  if (tree === undefined || typeof claimed.key !== 'string') return false;
  const valueHash = claimed.value === null ? undefined : sha256(encodeCanonical(claimed.value));
  return verifyKey(fromHex(root), keyHashOf(claimed.key), valueHash, tree);
}

function treeProofOf(proof: unknown): TreeProof | undefined {
  const { siblings, other } = (proof ?? {}) as { siblings?: unknown; other?: unknown };
  if (typeof siblings !== 'string' || !(other === undefined || typeof other === 'string')) return undefined;
  try {
    const bytes = fromBase64Url(siblings);
    if (bytes.length % 32 !== 0) return undefined;
    const list = Array.from({ length: bytes.length / 32 }, (_, index) => bytes.subarray(32 * index, 32 * index + 32));
    return { siblings: list, other: other === undefined ? undefined : fromBase64Url(other) };
  } catch {
    return undefined;
  }
}
