/**
 * A person who lost key and recovery words gets a new key from the home hospital: it waits seven days, in which the old key can veto.
 * So no hospital becomes its patient unseen by whoever looks within seven days; after a veto it may ask again at once.
 */
import type { OrganizationId, Pseudonym, PublicKey } from '../identifiers.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { keyReplacementKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { activePerson, allSigners, newKeySigner, organizationSigner } from './signers.ts';

/** Of block time, milliseconds. */
export const KEY_REPLACEMENT_WAIT_MS = 7 * 24 * 60 * 60 * 1000;

export interface RequestKeyReplacement {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
  readonly publicKey: PublicKey;
}

export const requestKeyReplacement: TransactionRule<RequestKeyReplacement> = {
  shape: object({ organization: hex(32), pseudonym: hex(32), publicKey: hex(64) }),
  signers: ({ organization, pseudonym, publicKey }, state) =>
    allSigners(organizationSigner(organization, state), newKeySigner(pseudonym, publicKey)),
  apply({ organization, pseudonym, publicKey }, state, { time }) {
    const person = activePerson(pseudonym, state);
    if (isRejection(person)) return person;
    if (person.organization !== organization) return reject('organization-not-home', { organization });
    if (person.publicKey === null) return reject('person-has-no-key', { pseudonym });
    if (person.publicKey === publicKey) return reject('key-in-use', { pseudonym });
    const key = keyReplacementKey(pseudonym);
    if (state.read(key) !== undefined) return reject('replacement-pending', { pseudonym });
    state.write(key, { publicKey, effectiveAt: time + KEY_REPLACEMENT_WAIT_MS });
    return undefined;
  },
};
