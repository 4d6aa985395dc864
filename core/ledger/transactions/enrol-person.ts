/** A hospital gives a person a pseudonym here; without a key until the person claims it. */
import type { OrganizationId, Pseudonym, PublicKey } from '../identifiers.ts';
import { reject } from '../rejection.ts';
import { hex, nullable, object } from '../shape.ts';
import { personKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, newKeySigner, organizationSigner } from './signers.ts';

export interface EnrolPerson {
  readonly organization: OrganizationId;
  readonly pseudonym: Pseudonym;
  readonly publicKey: PublicKey | null;
}

export const enrolPerson: TransactionRule<EnrolPerson> = {
  shape: object({ organization: hex(32), pseudonym: hex(32), publicKey: nullable(hex(64)) }),
  signers: ({ organization, pseudonym, publicKey }, state) =>
    allSigners(
      organizationSigner(organization, state),
      ...(publicKey === null ? [] : [newKeySigner(pseudonym, publicKey)]),
    ),
  apply({ organization, pseudonym, publicKey }, state) {
    if (state.read(personKey(pseudonym)) !== undefined) return reject('person-already-enrolled', { pseudonym });
    state.write(personKey(pseudonym), { organization, publicKey, retired: 0 });
    return undefined;
  },
};
