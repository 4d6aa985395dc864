/** A member's vote for a candidate, on the candidate's own signed application. With more than two thirds it is decided. */
import {
  applicationCheck,
  isSameApplication,
  type MembershipApplication,
  parseApplicationValue,
} from '../application.ts';
import type { OrganizationId } from '../identifiers.ts';
import { memberOf, type MemberSet, MOST_MEMBERS } from '../member-set.ts';
import { admissionBallotKey, candidateKey } from '../member-state.ts';
import { isRejection, type Rejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { organizationKey, type StateOverlay } from '../state.ts';
import { checkSettled, comingMembers, decideMembers, isCarried, setWith, withVote } from './member-change.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, organizationSigner } from './signers.ts';

export interface AdmitOrganization {
  readonly organization: OrganizationId;
  readonly application: MembershipApplication;
}

export const admitOrganization: TransactionRule<AdmitOrganization> = {
  shape: object({ organization: hex(32), application: (value) => !isRejection(parseApplicationValue(value)) }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  statements({ application }, chainId) {
    const check = applicationCheck(chainId, application);
    return isRejection(check) ? check : [check];
  },
  apply({ organization, application }, state, { height, time }) {
    const set = setWith(organization, state);
    if (isRejection(set)) return set;
    const refused = checkCandidate(application, set, state);
    if (refused !== undefined) return refused;
    const key = admissionBallotKey(application.organization);
    const ballot = state.read(key);
    const before = ballot !== undefined && isSameApplication(ballot.application, application) ? ballot.votes : [];
    const votes = withVote(before, organization, set, time);
    if (isRejection(votes)) return votes;
    if (!isCarried(votes, set)) {
      state.write(key, { application, votes });
      return undefined;
    }
    const unsettled = checkSettled(state);
    if (unsettled !== undefined) return unsettled;
    if (ballot !== undefined) state.remove(key);
    const { organization: candidate, name, publicKey, address } = application;
    state.write(candidateKey(candidate), { name, publicKey, address });
    decideMembers([...set.members, { organization: candidate, publicKey }], state, height);
    return undefined;
  },
};

function checkCandidate(
  { organization, publicKey }: MembershipApplication,
  set: MemberSet,
  state: StateOverlay,
): Rejection | undefined {
  const coming = comingMembers(set);
  if (
    state.read(organizationKey(organization)) !== undefined ||
    memberOf({ members: coming }, organization) !== undefined
  )
    return reject('organization-already-admitted', { organization });
  if ([...set.members, ...coming].some((member) => member.publicKey === publicKey))
    return reject('key-in-use', { organization });
  return coming.length < MOST_MEMBERS ? undefined : reject('members-full', { most: MOST_MEMBERS });
}
