/** A member's vote that a member leaves, an absent one or itself. With more than two thirds it is decided. */
import type { OrganizationId } from '../identifiers.ts';
import { retirementBallotKey } from '../member-state.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import {
  checkSettled,
  comingMembers,
  decideMembers,
  isCarried,
  memberFor,
  setWith,
  withVote,
} from './member-change.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, organizationSigner } from './signers.ts';

/**
 * A network of several never shrinks to one: what a single member signs is final at once, so whoever is led to such a set would
 * believe any history that this member alone makes, from then on or from any block before that it makes anew.
 */
const LEAST_MEMBERS_LEFT = 2;

export interface RetireOrganization {
  readonly organization: OrganizationId;
  /** Who is to leave. */
  readonly member: OrganizationId;
}

export const retireOrganization: TransactionRule<RetireOrganization> = {
  shape: object({ organization: hex(32), member: hex(32) }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, member }, state, { height, time }) {
    const set = setWith(organization, state);
    if (isRejection(set)) return set;
    const leaving = memberFor(member, { members: comingMembers(set) });
    if (isRejection(leaving)) return leaving;
    if (comingMembers(set).length - 1 < LEAST_MEMBERS_LEFT)
      return reject('members-too-few', { least: LEAST_MEMBERS_LEFT });
    const key = retirementBallotKey(member);
    const before = state.read(key);
    const votes = withVote(before?.votes ?? [], organization, set, time);
    if (isRejection(votes)) return votes;
    if (!isCarried(votes, set)) {
      state.write(key, { votes });
      return undefined;
    }
    const unsettled = checkSettled(state);
    if (unsettled !== undefined) return unsettled;
    if (before !== undefined) state.remove(key);
    decideMembers(
      set.members.filter((one) => one.organization !== member),
      state,
      height,
    );
    return undefined;
  },
};
