/**
 * A member's word on how far the chain is final in its copy, at a time of its own clock: for holders that must be fresh, and for a
 * reader's browser, which gives a nonce of its own so that no older word can be passed off as an answer.
 */
import { fromHex, labelledHash, type SignatureVerifier, type Signer, toHex } from '@clearchart/crypto';
import { encodeCanonical } from './encoding.ts';
import type { ChainId, OrganizationId, Signature } from './identifiers.ts';
import { type MemberSet, votingKeys } from './member-set.ts';
import type { Rejection } from './rejection.ts';
import { checkShape, hex, integer, literal, object } from './shape.ts';
import type { Checkpoint } from './vote.ts';

export interface SignedHead {
  readonly version: 1;
  readonly chainId: ChainId;
  readonly organization: OrganizationId;
  /** The newest final block it holds. */
  readonly final: Checkpoint;
  /** Of its clock, milliseconds. */
  readonly time: number;
  /** 64 digits of the asker; zeros when nobody asked. */
  readonly nonce: string;
  readonly signature: Signature;
}

export const NOBODY_ASKED = '0'.repeat(64);

const shape = object({
  version: literal(1),
  chainId: hex(64),
  organization: hex(32),
  final: object({ height: integer(0), hash: hex(64) }),
  time: integer(0),
  nonce: hex(64),
  signature: hex(128),
});

export function parseHeadValue(value: unknown): SignedHead | Rejection {
  return checkShape(shape, value, 'head') ?? (value as SignedHead);
}

function headMessage({ version, chainId, organization, final, time, nonce }: Omit<SignedHead, 'signature'>) {
  const { height, hash } = final;
  const covered = { version, chainId, organization, final: { height, hash }, time, nonce };
  return labelledHash('clearchart/signed-head/v0', encodeCanonical(covered));
}

export function signHead(head: Omit<SignedHead, 'version' | 'signature'>, key: Signer): SignedHead {
  const whole = { version: 1 as const, ...head };
  return { ...whole, signature: toHex(key.sign(headMessage(whole))) as Signature };
}

export function isHeadOf(head: SignedHead, set: MemberSet, verifier: SignatureVerifier): boolean {
  const message = headMessage(head);
  const signature = fromHex(head.signature);
  return votingKeys(set, head.organization).some((key) => verifier.verify(fromHex(key), message, signature));
}
