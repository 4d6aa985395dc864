/** What the rules share: the signers — an organization of the ledger, a person with a key — and the person's state. */
import { isRegistrableKey } from '@clearchart/crypto';
import type { OrganizationId, Pseudonym, PublicKey } from '../identifiers.ts';
import { isRejection, type Rejection, reject } from '../rejection.ts';
import {
  type KeyReplacementState,
  keyReplacementKey,
  organizationKey,
  type PersonState,
  personKey,
  type StateOverlay,
} from '../state.ts';
import type { RequiredSignature } from './rule.ts';

export function organizationSigner(organization: OrganizationId, state: StateOverlay): Rejection | RequiredSignature {
  const found = state.read(organizationKey(organization));
  if (found === undefined) return reject('organization-unknown', { organization });
  if (found.retired === 1) return reject('organization-retired', { organization });
  return { signer: organization, role: 'organization', publicKey: found.publicKey };
}

/** Possession of a key that the body names, for the one it will belong to. */
export function newKeySigner(signer: OrganizationId | Pseudonym, publicKey: PublicKey): Rejection | RequiredSignature {
  if (!isRegistrableKey(publicKey)) return reject('key-invalid', { signer });
  return { signer, role: 'new-key', publicKey };
}

export function personSigner(pseudonym: Pseudonym, state: StateOverlay): Rejection | RequiredSignature {
  const person = activePerson(pseudonym, state);
  if (isRejection(person)) return person;
  if (person.publicKey === null) return reject('person-has-no-key', { pseudonym });
  return { signer: pseudonym, role: 'person', publicKey: person.publicKey };
}

export function activePerson(pseudonym: Pseudonym, state: StateOverlay): Rejection | PersonState {
  const person = state.read(personKey(pseudonym));
  if (person === undefined) return reject('person-unknown', { pseudonym });
  if (person.retired === 1) return reject('person-retired', { pseudonym });
  return person;
}

export function pendingReplacement(pseudonym: Pseudonym, state: StateOverlay): Rejection | KeyReplacementState {
  return state.read(keyReplacementKey(pseudonym)) ?? reject('replacement-not-pending', { pseudonym });
}

/** All of them, or the first reason against. */
export function allSigners(...signers: readonly (Rejection | RequiredSignature)[]): Rejection | RequiredSignature[] {
  const required: RequiredSignature[] = [];
  for (const signer of signers) {
    if (isRejection(signer)) return signer;
    required.push(signer);
  }
  return required;
}
