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

/** The set, when this organization is in it and no change is under way. */
export function settledSet(organization: OrganizationId, state: StateOverlay): Rejection | MemberSet {
  const set = memberSetOf(state);
  const member = memberFor(organization, set);
  if (isRejection(member)) return member;
  return set.next === undefined ? set : reject('members-changing', { decidedAt: set.next.decidedAt });
}

/** @param height of the block that decides. */
export function decideMembers(members: readonly Member[], state: StateOverlay, height: number): void {
  const set = memberSetOf(state);
  state.write(MEMBERS_KEY, { members: set.members, next: { members: sortMembers(members), decidedAt: height } });
}

/** The votes that count with this one among them: of members, not too old, one for each. */
export function withVote(
  votes: readonly BallotVote[],
  organization: OrganizationId,
  set: MemberSet,
  time: number,
): Rejection | readonly BallotVote[] {
  const counting = votes.filter(
    (vote) => memberOf(set, vote.organization) !== undefined && time - vote.time <= BALLOT_LASTS_MS,
  );
  if (counting.some((vote) => vote.organization === organization))
    return reject('ballot-already-cast', { organization });
  return [...counting, { organization, time }];
}

export function isCarried(votes: readonly BallotVote[], set: MemberSet): boolean {
  return isQuorum(set, new Set(votes.map(({ organization }) => organization)));
}
