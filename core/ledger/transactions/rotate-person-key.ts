/** A person replaces the own key, signing with the old one and the new. Whoever can do so has lost nothing: a replacement that waits ends. */
import type { Pseudonym, PublicKey } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { keyReplacementKey, personKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { endCustody } from './take-custody.ts';
import { activePerson, allSigners, newKeySigner, personSigner } from './signers.ts';

export interface RotatePersonKey {
  readonly pseudonym: Pseudonym;
  readonly publicKey: PublicKey;
}

export const rotatePersonKey: TransactionRule<RotatePersonKey> = {
  shape: object({ pseudonym: hex(32), publicKey: hex(64) }),
  signers: ({ pseudonym, publicKey }, state) =>
    allSigners(personSigner(pseudonym, state), newKeySigner(pseudonym, publicKey)),
  apply({ pseudonym, publicKey }, state, { height }) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.publicKey === publicKey) return reject('key-in-use', { pseudonym });
    state.write(personKey(pseudonym), { ...person, publicKey });
    endCustody(pseudonym, state, height);
    if (state.read(keyReplacementKey(pseudonym)) !== undefined) state.remove(keyReplacementKey(pseudonym));
    return undefined;
  },
};
