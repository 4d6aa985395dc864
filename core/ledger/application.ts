/** What an organization that wants to join says of itself and signs, before any member votes on it. */
import {
  equalBytes,
  fromHex,
  isRegistrableKey,
  labelledHash,
  type SignatureCheck,
  type Signer,
  toHex,
} from '@clearchart/crypto';
import { isAddress } from './address.ts';
import { encodeCanonical } from './encoding.ts';
import type { ChainId, OrganizationId, PublicKey, Signature } from './identifiers.ts';
import { type Rejection, reject } from './rejection.ts';
import { checkShape, hex, object, text } from './shape.ts';

/** Of an organization, UTF-16 code units. */
export const LONGEST_NAME = 200;

export interface MembershipApplication {
  /** The one that the public key gives (`organizationIdOf`). */
  readonly organization: OrganizationId;
  readonly name: string;
  readonly publicKey: PublicKey;
  /** Origin at which the other members reach its node. */
  readonly address: string;
  /** Of the key above: good for one chain, and for one admission, since an organization is admitted once. */
  readonly signature: Signature;
}

const shape = object({
  organization: hex(32),
  name: text(LONGEST_NAME),
  publicKey: hex(64),
  address: isAddress,
  signature: hex(128),
});

export function parseApplicationValue(value: unknown): MembershipApplication | Rejection {
  return checkShape(shape, value, 'application') ?? (value as MembershipApplication);
}

/** An organization is named after its first key, so that nobody can be admitted under the name of another. */
export function organizationIdOf(publicKey: Uint8Array): OrganizationId {
  return toHex(labelledHash('clearchart/organization/v0', publicKey).subarray(0, 16)) as OrganizationId;
}

export function applicationMessage(
  chainId: ChainId,
  { organization, name, publicKey, address }: Omit<MembershipApplication, 'signature'>,
): Uint8Array {
  const covered = encodeCanonical({ organization, name, publicKey, address });
  return labelledHash('clearchart/membership-application/v0', fromHex(chainId), covered);
}

export function signApplication(
  chainId: ChainId,
  { name, address }: Pick<MembershipApplication, 'name' | 'address'>,
  key: Signer,
): MembershipApplication {
  const publicKey = toHex(key.publicKey) as PublicKey;
  const stated = { organization: organizationIdOf(key.publicKey), name, publicKey, address };
  return { ...stated, signature: toHex(key.sign(applicationMessage(chainId, stated))) as Signature };
}

export function isSameApplication(one: MembershipApplication, other: MembershipApplication): boolean {
  return equalBytes(encodeCanonical(one), encodeCanonical(other));
}

/** The signature that must verify for the application to be its organization's own word. */
export function applicationCheck(chainId: ChainId, application: MembershipApplication): SignatureCheck | Rejection {
  const { organization, publicKey, signature } = application;
  if (!isRegistrableKey(publicKey)) return reject('key-invalid', { signer: organization });
  const key = fromHex(publicKey);
  if (organizationIdOf(key) !== organization) return reject('organization-not-of-key', { organization });
  return { publicKey: key, message: applicationMessage(chainId, application), signature: fromHex(signature) };
}
