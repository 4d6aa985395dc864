import {
  type OrganizationId,
  type Pseudonym,
  type StateOverlay,
  type Transaction,
  organizationKey,
  personKey,
} from '@clearchart/ledger';

/** Of what nobody is known to have sent: all of it has one turn together. */
export const UNKNOWN_SENDER = '';

/**
 * The organization whose turn and share a transaction takes: the one that signed it, or the home of the person that did. A member enrols
 * as many persons as it likes, so they have no turns of their own.
 */
export function senderOf({ signatures }: Transaction, state: StateOverlay): string {
  const signature = signatures.find(({ role }) => role === 'organization');
  if (signature === undefined) {
    const person = signatures.find(({ role }) => role === 'person');
    return state.read(personKey(person?.signer as Pseudonym))?.organization ?? UNKNOWN_SENDER;
  }
  const isKnown = state.read(organizationKey(signature.signer as OrganizationId)) !== undefined;
  return isKnown ? signature.signer : UNKNOWN_SENDER;
}
