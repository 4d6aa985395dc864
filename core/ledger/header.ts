/** A block's header: what its proposer signs, what proof of work covers, what a reader's browser keeps. */
import { labelledHash, toHex } from '@clearchart/crypto';
import { encodeCanonical } from './encoding.ts';
import type { ChainId, Hash, HeaderHash, OrganizationId, Signature } from './identifiers.ts';
import type { Rejection } from './rejection.ts';
import { checkShape, hex, integer, literal, object } from './shape.ts';

export interface Header {
  readonly version: 1;
  readonly chainId: ChainId;
  /** 1 and up. */
  readonly height: number;
  /** Hash of the header before; the chain id for block 1. */
  readonly previousHash: HeaderHash;
  /** Milliseconds, strictly rising. */
  readonly time: number;
  readonly transactionsRoot: Hash;
  /** After this block. */
  readonly stateRoot: Hash;
  /** Of the set before this block: the one that votes on it. */
  readonly memberSetHash: Hash;
  readonly proposer: OrganizationId;
  readonly target: Hash;
  /** 16 hexadecimal digits. */
  readonly nonce: string;
  readonly signature: Signature;
}

const shape = object({
  version: literal(1),
  chainId: hex(64),
  height: integer(1),
  previousHash: hex(64),
  time: integer(0),
  transactionsRoot: hex(64),
  stateRoot: hex(64),
  memberSetHash: hex(64),
  proposer: hex(32),
  target: hex(64),
  nonce: hex(16),
  signature: hex(128),
});

export function parseHeaderValue(value: unknown): Header | Rejection {
  return checkShape(shape, value, 'header') ?? (value as Header);
}

/** What the proposer signs: everything but nonce and signature. */
export function headerSignatureMessage(header: Omit<Header, 'nonce' | 'signature'>): Uint8Array {
  const { version, chainId, height, previousHash, time, transactionsRoot, stateRoot, memberSetHash, proposer, target } =
    header;
  const covered = {
    version,
    chainId,
    height,
    previousHash,
    time,
    transactionsRoot,
    stateRoot,
    memberSetHash,
    proposer,
    target,
  };
  return labelledHash('clearchart/header-signature/v0', encodeCanonical(covered));
}

export const HEADER_LABEL = 'clearchart/header/v0';

const hashes = new WeakMap<Header, HeaderHash>();

/** Covers every field. */
export function headerHash(header: Header): HeaderHash {
  let hash = hashes.get(header);
  if (hash === undefined) {
    hash = toHex(labelledHash(HEADER_LABEL, encodeCanonical(header))) as HeaderHash;
    hashes.set(header, hash);
  }
  return hash;
}
