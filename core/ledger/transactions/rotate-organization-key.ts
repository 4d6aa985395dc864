/**
 * An organization takes a new key. Its transactions are signed with it at once; as a member it changes like any member: decided
 * here, its votes count with either key and its blocks are signed with the old one until the decided set is in force.
 */
import type { OrganizationId, PublicKey } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { organizationKey } from '../state.ts';
import { decideMembers, settledSet } from './member-change.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, newKeySigner, organizationSigner } from './signers.ts';

export interface RotateOrganizationKey {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey;
}

export const rotateOrganizationKey: TransactionRule<RotateOrganizationKey> = {
  shape: object({ organization: hex(32), publicKey: hex(64) }),
  signers: ({ organization, publicKey }, state) =>
    allSigners(organizationSigner(organization, state), newKeySigner(organization, publicKey)),
  apply({ organization, publicKey }, state, { height }) {
    const found = state.read(organizationKey(organization));
    if (found === undefined) return reject('organization-unknown', { organization });
    const set = settledSet(organization, state);
    if (isRejection(set)) return set;
    if (set.members.some((member) => member.publicKey === publicKey)) return reject('key-in-use', { organization });
    state.write(organizationKey(organization), { ...found, publicKey });
    const rotated = set.members.map((member) =>
      member.organization === organization ? { organization, publicKey } : member,
    );
    decideMembers(rotated, state, height);
    return undefined;
  },
};
