/** A key in custody is handed over: the hospital, the key it kept and the person's own new key sign; from this block on only the own one speaks. */
import type { OrganizationId, Pseudonym, PublicKey } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { custodyKey, keyReplacementKey, personKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { activePerson, allSigners, newKeySigner, organizationSigner, personSigner } from './signers.ts';
import { endCustody } from './take-custody.ts';

export interface HandOverCustody {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
  readonly publicKey: PublicKey;
}

export const handOverCustody: TransactionRule<HandOverCustody> = {
  shape: object({ organization: hex(32), pseudonym: hex(32), publicKey: hex(64) }),
  signers: ({ organization, pseudonym, publicKey }, state) =>
    allSigners(
      organizationSigner(organization, state),
      personSigner(pseudonym, state),
      newKeySigner(pseudonym, publicKey),
    ),
  apply({ organization, pseudonym, publicKey }, state, { height }) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.organization !== organization) return reject('organization-not-home', { organization });
    if (state.read(custodyKey(pseudonym))?.endedAt !== null) return reject('not-in-custody', { pseudonym });
    if (person.publicKey === publicKey) return reject('key-in-use', { pseudonym });
    state.write(personKey(pseudonym), { ...person, publicKey });
    endCustody(pseudonym, state, height);
    if (state.read(keyReplacementKey(pseudonym)) !== undefined) state.remove(keyReplacementKey(pseudonym));
    return undefined;
  },
};
