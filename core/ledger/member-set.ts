/** The hospitals that vote on the next block, and the hash of that set which a header names. */
import { labelledHash, toHex } from '@clearchart/crypto';
import { encodeCanonical } from './encoding.ts';
import type { Hash, OrganizationId, PublicKey } from './identifiers.ts';
import { hex, listOf, object } from './shape.ts';

export const MOST_MEMBERS = 128;

export interface Member {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey;
}

export interface MemberSet {
  /** Sorted by organization. */
  readonly members: readonly Member[];
}

const shape = object({
  members: listOf(object({ organization: hex(32), publicKey: hex(64) }), 1, MOST_MEMBERS),
});

export function isMemberSet(value: unknown): value is MemberSet {
  return shape(value);
}

export function sortMembers(members: readonly Member[]): Member[] {
  return [...members].sort((left, right) => (left.organization < right.organization ? -1 : 1));
}

export function memberSetHash(set: MemberSet): Hash {
  return toHex(labelledHash('clearchart/member-set/v0', encodeCanonical(set))) as Hash;
}

export function memberOf(set: MemberSet, organization: OrganizationId): Member | undefined {
  return set.members.find((member) => member.organization === organization);
}
