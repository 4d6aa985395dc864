/** The hospitals that vote on the next block, and the hash of that set which a header names. */
import { labelledHash, toHex } from '@clearchart/crypto';
import { encodeCanonical } from './encoding.ts';
import type { Hash, OrganizationId, PublicKey } from './identifiers.ts';
import { hex, integer, listOf, object } from './shape.ts';

export const MOST_MEMBERS = 128;

export interface Member {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey;
}

/** A set that the members have decided on and that is not in force yet. */
export interface NextMembers {
  /** Sorted by organization. */
  readonly members: readonly Member[];
  /** Height of the block that decided it. */
  readonly decidedAt: number;
}

export interface MemberSet {
  /** Sorted by organization. */
  readonly members: readonly Member[];
  /** While it is there a quorum of both lists is needed, so that no two sets that know nothing of each other ever decide. */
  readonly next?: NextMembers;
}

const list = listOf(object({ organization: hex(32), publicKey: hex(64) }), 1, MOST_MEMBERS);
const shape = object({ members: list }, { next: object({ members: list, decidedAt: integer(1) }) });

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

/** Keys whose votes count for the organization: while its own key changes, both. Empty when it has no vote. */
export function votingKeys(set: MemberSet, organization: string): PublicKey[] {
  const keys = [...set.members, ...(set.next?.members ?? [])]
    .filter((member) => member.organization === organization)
    .map(({ publicKey }) => publicKey);
  return [...new Set(keys)];
}

/** More than two thirds of the members, and of the ones to come while a change is under way. */
export function isQuorum(set: MemberSet, organizations: ReadonlySet<string>): boolean {
  return isTwoThirds(set.members, organizations) && isTwoThirds(set.next?.members ?? set.members, organizations);
}

/** At least a third of the members, or of the ones to come: where fewer are bad, one of these is honest. */
export function isThird(set: MemberSet, organizations: ReadonlySet<string>): boolean {
  return [set.members, set.next?.members ?? set.members].some(
    (members) => 3 * members.filter(({ organization }) => organizations.has(organization)).length >= members.length,
  );
}

function isTwoThirds(members: readonly Member[], organizations: ReadonlySet<string>): boolean {
  const count = members.filter(({ organization }) => organizations.has(organization)).length;
  return 3 * count > 2 * members.length;
}

/** With one member, and no other to come, whatever it signs is final. */
export function isAlone(set: MemberSet): boolean {
  return set.members.length === 1 && (set.next?.members.length ?? 1) === 1;
}
