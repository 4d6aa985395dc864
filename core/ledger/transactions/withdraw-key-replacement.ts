/** The home hospital takes its request for a new key back: who asked at its desk was not the person. */
import type { OrganizationId, Pseudonym } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { keyReplacementKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { activePerson, allSigners, organizationSigner, pendingReplacement } from './signers.ts';

export interface WithdrawKeyReplacement {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
}

export const withdrawKeyReplacement: TransactionRule<WithdrawKeyReplacement> = {
  shape: object({ organization: hex(32), pseudonym: hex(32) }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, pseudonym }, state) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.organization !== organization) return reject('organization-not-home', { organization });
    const replacement = pendingReplacement(pseudonym, state);
    if (isRejection(replacement)) return replacement;
    state.remove(keyReplacementKey(pseudonym));
    return undefined;
  },
};
