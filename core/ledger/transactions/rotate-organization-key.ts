/** An organization takes a new key; blocks after this one are signed with it. */
import type { OrganizationId, PublicKey } from '../identifiers.ts';
import { sortMembers } from '../member-set.ts';
import { hex, object } from '../shape.ts';
import { MEMBERS_KEY, organizationKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, newKeySigner, organizationSigner } from './signers.ts';
import { reject } from '../rejection.ts';

export interface RotateOrganizationKey {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey;
}

export const rotateOrganizationKey: TransactionRule<RotateOrganizationKey> = {
  shape: object({ organization: hex(32), publicKey: hex(64) }),
  signers: ({ organization, publicKey }, state) =>
    allSigners(organizationSigner(organization, state), newKeySigner(organization, publicKey)),
  apply({ organization, publicKey }, state) {
    const found = state.read(organizationKey(organization));
    const members = state.read(MEMBERS_KEY)?.members;
    if (found === undefined || members === undefined) return reject('organization-unknown', { organization });
    if (members.some((member) => member.publicKey === publicKey)) return reject('key-in-use', { organization });
    state.write(organizationKey(organization), { ...found, publicKey });
    const rotated = members.map((member) =>
      member.organization === organization ? { organization, publicKey } : member,
    );
    state.write(MEMBERS_KEY, { members: sortMembers(rotated) });
    return undefined;
  },
};
