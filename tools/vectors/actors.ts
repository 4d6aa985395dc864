/** The made-up hospital and person of the vectors. Their private keys are in the files: they sign nothing else. */
import { labelledHash, toHex, uint32 } from '@clearchart/crypto';
import {
  type AnchoredRecord,
  chainIdOf,
  draftTransaction,
  type Genesis,
  type Hash,
  type OrganizationId,
  type Pseudonym,
  type PublicKey,
  signTransaction,
  type SigningKey,
  type Transaction,
  type TransactionBody,
  type TransactionType,
} from '@clearchart/ledger';
import { createSigner } from '@clearchart/node-crypto';

export const FOUNDED_AT = 1_795_000_000_000;

export function seededBytes(name: string, index = 0): Uint8Array {
  return labelledHash(`clearchart/vector-${name}/v0`, uint32(index));
}

export function seededHex<Id extends string>(name: string, bytes: number, index = 0): Id {
  return toHex(seededBytes(name, index).subarray(0, bytes)) as Id;
}

function actor(name: string) {
  const seed = seededBytes(name);
  const key = createSigner(seed);
  return { seed: toHex(seed), key, publicKey: toHex(key.publicKey) as PublicKey };
}

export const hospital = { ...actor('hospital'), organization: seededHex<OrganizationId>('organization', 16) };
export const hospitalNext = actor('hospital-next');
export const person = { ...actor('person'), pseudonym: seededHex<Pseudonym>('pseudonym', 16) };
export const personNext = actor('person-next');

export const otherHospital = {
  ...actor('other-hospital'),
  organization: seededHex<OrganizationId>('organization', 16, 1),
};
export const candidate = actor('candidate');

export const privateKeys = {
  hospital: { seed: hospital.seed, publicKey: hospital.publicKey },
  hospitalNext: { seed: hospitalNext.seed, publicKey: hospitalNext.publicKey },
  person: { seed: person.seed, publicKey: person.publicKey },
  personNext: { seed: personNext.seed, publicKey: personNext.publicKey },
};

export const genesis = {
  version: 1,
  engine: 'proof-of-work',
  createdAt: FOUNDED_AT,
  target: `00ff${'f'.repeat(60)}`,
  limits: { transactionsPerBlock: 100, blockBytes: 1_048_576 },
  members: [{ organization: hospital.organization, name: 'Krankenhaus Süd – 南', publicKey: hospital.publicKey }],
  salt: seededHex<Hash>('salt', 32),
} as unknown as Genesis;

export const chainId = chainIdOf(genesis);

export const asHospital: SigningKey = { signer: hospital.organization, role: 'organization', key: hospital.key };

/** One hour after the founding; every vector's transaction is good until then. */
export const VALID_UNTIL = FOUNDED_AT + 3_600_000;

export function signed<T extends TransactionType>(
  type: T,
  body: TransactionBody<T>,
  keys: readonly SigningKey[],
  nonceIndex: number,
): Transaction<T> {
  const nonce = seededHex('nonce', 16, nonceIndex);
  return signTransaction(draftTransaction({ chainId, type, body, validUntil: VALID_UNTIL, nonce }), keys);
}

export function anchored(index: number, subject: Pseudonym | null, version = 1): AnchoredRecord {
  return {
    record: seededHex('record', 16, index),
    version,
    subject,
    categoryTag: seededHex('category', 16, index),
    commitment: seededHex('commitment', 32, index),
  };
}
