/**
 * A patient without a device: the home hospital keeps the person's first key, and the ledger says so. Only while there is no key, so
 * that nobody's own key can be taken into custody, then or ever after.
 */
import type { OrganizationId, Pseudonym, PublicKey } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { custodyKey, personKey, type StateOverlay } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { activePerson, allSigners, newKeySigner, organizationSigner } from './signers.ts';

export interface TakeCustody {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
  readonly publicKey: PublicKey;
}

export const takeCustody: TransactionRule<TakeCustody> = {
  shape: object({ organization: hex(32), pseudonym: hex(32), publicKey: hex(64) }),
  signers: ({ organization, pseudonym, publicKey }, state) =>
    allSigners(organizationSigner(organization, state), newKeySigner(pseudonym, publicKey)),
  apply({ organization, pseudonym, publicKey }, state) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.organization !== organization) return reject('organization-not-home', { organization });
    if (person.publicKey !== null) return reject('key-already-bound', { pseudonym });
    state.write(personKey(pseudonym), { ...person, publicKey });
    state.write(custodyKey(pseudonym), { publicKey, endedAt: null });
    return undefined;
  },
};

/** The person has another key from this block on, or none that signs: what the custody key signs later counts for nothing. */
export function endCustody(pseudonym: Pseudonym, state: StateOverlay, height: number): void {
  const custody = state.read(custodyKey(pseudonym));
  if (custody?.endedAt === null) state.write(custodyKey(pseudonym), { ...custody, endedAt: height });
}
