/** The hospitals that vote on the next block, and the hash of that set which a header names. */
import { labelledHash, toHex } from '@clearchart/crypto';
import { encodeCanonical } from './encoding.ts';
import type { Hash, OrganizationId, PublicKey } from './identifiers.ts';

export interface Member {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey;
}

export interface MemberSet {
  /** Sorted by organization. */
  readonly members: readonly Member[];
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
