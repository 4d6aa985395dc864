/**
 * A change of the members takes two steps. A decision writes the set to come beside the one in force, and from the next block on a
 * quorum of both is needed; `activate-members` then leaves the new one alone. One change at a time.
 */
import type { OrganizationId } from '../identifiers.ts';
import { isQuorum, type Member, memberOf, type MemberSet, sortMembers } from '../member-set.ts';
import type { BallotVote } from '../member-state.ts';
import { isRejection, type Rejection, reject } from '../rejection.ts';
import { MEMBERS_KEY, type StateOverlay } from '../state.ts';

/** A vote in a ballot counts this long, in block time. */
export const BALLOT_LASTS_MS = 7 * 24 * 60 * 60 * 1000;

export function memberSetOf(state: StateOverlay): MemberSet {
  const set = state.read(MEMBERS_KEY);
  if (set === undefined) throw new Error('ledger: the state has no member set');
  return set;
}

export function memberFor(organization: OrganizationId, set: MemberSet): Rejection | Member {
  return memberOf(set, organization) ?? reject('organization-not-member', { organization });
}

/** The set, when this organization is in it. */
export function setWith(organization: OrganizationId, state: StateOverlay): Rejection | MemberSet {
  const set = memberSetOf(state);
  const member = memberFor(organization, set);
  return isRejection(member) ? member : set;
}

/** Who will be members when no further change is decided. */
export function comingMembers({ members, next }: MemberSet): readonly Member[] {
  return next?.members ?? members;
}

/**
 * Why no change is decided now: one is under way, or ended in this very block. A block that ends one and decides the next would
 * hide from voters and readers that the first came into force.
 */
export function checkSettled(state: StateOverlay): Rejection | undefined {
  const { next } = memberSetOf(state);
  if (next !== undefined) return reject('members-changing', { decidedAt: next.decidedAt });
  const before = state.readBefore(MEMBERS_KEY)?.next;
  return before === undefined ? undefined : reject('members-just-changed', { decidedAt: before.decidedAt });
}

/** @param height of the block that decides. */
export function decideMembers(members: readonly Member[], state: StateOverlay, height: number): void {
  const set = memberSetOf(state);
  state.write(MEMBERS_KEY, { members: set.members, next: { members: sortMembers(members), decidedAt: height } });
}

/** Of members, and not too old. */
export function countingVotes(votes: readonly BallotVote[], set: MemberSet, time: number): readonly BallotVote[] {
  return votes.filter((vote) => memberOf(set, vote.organization) !== undefined && time - vote.time <= BALLOT_LASTS_MS);
}

/**
 * The votes that count with this one among them, one for each. Voting again is of use only when the others are enough already: the
 * set has become smaller since, or an earlier last vote was refused.
 */
export function withVote(
  votes: readonly BallotVote[],
  organization: OrganizationId,
  set: MemberSet,
  time: number,
): Rejection | readonly BallotVote[] {
  const counting = countingVotes(votes, set, time);
  const others = counting.filter((vote) => vote.organization !== organization);
  if (others.length < counting.length && !isCarried(counting, set))
    return reject('ballot-already-cast', { organization });
  return [...others, { organization, time }];
}

export function isCarried(votes: readonly BallotVote[], set: MemberSet): boolean {
  return isQuorum(set, new Set(votes.map(({ organization }) => organization)));
}
