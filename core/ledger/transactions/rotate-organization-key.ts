/**
 * An organization takes a new key. Its transactions are signed with it at once; as a member it changes like any member: decided
 * here, its votes count with either key and its blocks are signed with the old one until the decided set is in force.
 */
import type { OrganizationId, PublicKey } from '../identifiers.ts';
import type { MemberSet } from '../member-set.ts';
import { retirementBallotKey } from '../member-state.ts';
import { isRejection, type Rejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { organizationKey, type StateOverlay } from '../state.ts';
import { checkSettled, countingVotes, decideMembers, setWith } from './member-change.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, newKeySigner, organizationSigner } from './signers.ts';

/** From a new key in force to the next rotation of its organization, in block time. */
export const ROTATION_EVERY_MS = 24 * 60 * 60 * 1000;

export interface RotateOrganizationKey {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey;
}

export const rotateOrganizationKey: TransactionRule<RotateOrganizationKey> = {
  shape: object({ organization: hex(32), publicKey: hex(64) }),
  signers: ({ organization, publicKey }, state) =>
    allSigners(organizationSigner(organization, state), newKeySigner(organization, publicKey)),
  apply({ organization, publicKey }, state, { height, time }) {
    const found = state.read(organizationKey(organization));
    if (found === undefined) return reject('organization-unknown', { organization });
    const set = setWith(organization, state);
    if (isRejection(set)) return set;
    const refused = checkSettled(state) ?? checkPlace(organization, set, state, found.rotatedAt, time);
    if (refused !== undefined) return refused;
    if (set.members.some((member) => member.publicKey === publicKey)) return reject('key-in-use', { organization });
    state.write(organizationKey(organization), { ...found, publicKey });
    const rotated = set.members.map((member) =>
      member.organization === organization ? { organization, publicKey } : member,
    );
    decideMembers(rotated, state, height);
    return undefined;
  },
};

/**
 * A rotation needs no ballot, and changes come one at a time: one member that rotated without end would leave no room for the vote
 * that it leaves. The votes of a third hold no rotation up, so that fewer bad members cannot keep another from a key it needs.
 */
function checkPlace(
  organization: OrganizationId,
  set: MemberSet,
  state: StateOverlay,
  rotatedAt: number | undefined,
  time: number,
): Rejection | undefined {
  if (rotatedAt !== undefined && time - rotatedAt < ROTATION_EVERY_MS)
    return reject('rotation-too-early', { rotatedAt, time });
  const votes = countingVotes(state.read(retirementBallotKey(organization))?.votes ?? [], set, time);
  const isLeaving = 3 * votes.length > set.members.length;
  return isLeaving ? reject('member-retiring', { organization }) : undefined;
}
