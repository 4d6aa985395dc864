/** The home hospital closes a pseudonym: its key signs nothing any more; what is written stays. */
import type { OrganizationId, Pseudonym } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { keyReplacementKey, personKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { endCustody } from './take-custody.ts';
import { activePerson, allSigners, organizationSigner } from './signers.ts';

export interface RetirePerson {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
}

export const retirePerson: TransactionRule<RetirePerson> = {
  shape: object({ organization: hex(32), pseudonym: hex(32) }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, pseudonym }, state, { height }) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.organization !== organization) return reject('organization-not-home', { organization });
    state.write(personKey(pseudonym), { ...person, retired: 1 });
    endCustody(pseudonym, state, height);
    if (state.read(keyReplacementKey(pseudonym)) !== undefined) state.remove(keyReplacementKey(pseudonym));
    return undefined;
  },
};
