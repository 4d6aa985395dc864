/** The waiting time is over and nobody vetoed: from this block on the new key speaks for the person. */
import type { OrganizationId, Pseudonym } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { keyReplacementKey, personKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { endCustody } from './take-custody.ts';
import { activePerson, allSigners, organizationSigner, pendingReplacement } from './signers.ts';

export interface CompleteKeyReplacement {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
}

export const completeKeyReplacement: TransactionRule<CompleteKeyReplacement> = {
  shape: object({ organization: hex(32), pseudonym: hex(32) }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, pseudonym }, state, { time, height }) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.organization !== organization) return reject('organization-not-home', { organization });
    const replacement = pendingReplacement(pseudonym, state);
    if (isRejection(replacement)) return replacement;
    const { publicKey, effectiveAt } = replacement;
    if (time < effectiveAt) return reject('replacement-too-early', { effectiveAt, time });
    state.write(personKey(pseudonym), { ...person, publicKey });
    state.remove(keyReplacementKey(pseudonym));
    endCustody(pseudonym, state, height);
    return undefined;
  },
};
