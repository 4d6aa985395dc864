/** A person's first key, bound by a claim code: the hospital and the holder of the key both sign. */
import type { OrganizationId, Pseudonym, PublicKey } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { personKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { activePerson, allSigners, newKeySigner, organizationSigner } from './signers.ts';

export interface BindPersonKey {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
  readonly publicKey: PublicKey;
}

export const bindPersonKey: TransactionRule<BindPersonKey> = {
  shape: object({ organization: hex(32), pseudonym: hex(32), publicKey: hex(64) }),
  signers: ({ organization, pseudonym, publicKey }, state) =>
    allSigners(organizationSigner(organization, state), newKeySigner(pseudonym, publicKey)),
  apply({ organization, pseudonym, publicKey }, state) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.organization !== organization) return reject('organization-not-home', { organization });
    if (person.publicKey !== null) return reject('key-already-bound', { pseudonym });
    state.write(personKey(pseudonym), { ...person, publicKey });
    return undefined;
  },
};
