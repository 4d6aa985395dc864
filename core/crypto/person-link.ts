/**
 * That two pseudonyms, each of another hospital, are one person's: said by the keys of both. It is made in the person's browser, carried
 * by the person from one hospital's page to the other's, and kept in the vaults alone: whoever reads it knows both pseudonyms.
 */
import { fromHex } from './bytes.ts';
import { fieldsOf, isCount, isHexOf } from './fields.ts';
import { labelledHash } from './labelled-hash.ts';
import type { SignatureVerifier } from './signature.ts';
import { uint64 } from './uint.ts';

/** One person at one hospital, in hexadecimal digits. */
export interface LinkedSide {
  /** 32 digits. */
  readonly organizationId: string;
  /** 32 digits. */
  readonly pseudonym: string;
  /** 64 digits. */
  readonly publicKey: string;
}

export interface UnsignedOffer {
  /** 64 hexadecimal digits. */
  readonly chainId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: LinkedSide;
  /** Organization id of the other hospital: who the person is there is for the person to say. */
  readonly to: string;
}

export interface LinkOffer extends UnsignedOffer {
  /** Under the key of `from`; 128 hexadecimal digits. */
  readonly signature: string;
}

export interface UnsignedLink {
  readonly offer: LinkOffer;
  readonly to: LinkedSide;
}

export interface PersonLink extends UnsignedLink {
  /** Under the key of `to`; 128 hexadecimal digits. */
  readonly signature: string;
}

export function offerMessage({ chainId, at, from, to }: UnsignedOffer): Uint8Array {
  return labelledHash(
    'clearchart/person-link-offer/v0',
    fromHex(chainId),
    uint64(at),
    fromHex(from.organizationId),
    fromHex(from.pseudonym),
    fromHex(from.publicKey),
    fromHex(to),
  );
}

export function linkMessage({ offer, to }: UnsignedLink): Uint8Array {
  return labelledHash(
    'clearchart/person-link/v0',
    offerMessage(offer),
    fromHex(offer.signature),
    fromHex(to.pseudonym),
    fromHex(to.publicKey),
  );
}

export function isSignedOffer({ verify }: SignatureVerifier, offer: LinkOffer): boolean {
  return verify(fromHex(offer.from.publicKey), offerMessage(offer), fromHex(offer.signature));
}

/** Both have signed. Whether the keys speak for the pseudonyms stands on the ledger. */
export function isSignedLink(verifier: SignatureVerifier, link: PersonLink): boolean {
  const { offer, to, signature } = link;
  return (
    isSignedOffer(verifier, offer) && verifier.verify(fromHex(to.publicKey), linkMessage(link), fromHex(signature))
  );
}

/** Of the two, the one that is not of this hospital. */
export function otherSide({ offer, to }: PersonLink, organizationId: string): LinkedSide {
  return to.organizationId === organizationId ? offer.from : to;
}

/** Undefined for anything else. */
export function parseLinkOffer(value: unknown): LinkOffer | undefined {
  const offer = fieldsOf(value, ['chainId', 'at', 'from', 'to', 'signature']);
  if (offer === undefined || !isSide(offer['from']) || !isHexOf(offer['to'], 32)) return undefined;
  const good = isHexOf(offer['chainId'], 64) && isCount(offer['at']) && isHexOf(offer['signature'], 128);
  return good && offer['from'].organizationId !== offer['to'] ? (value as LinkOffer) : undefined;
}

/** Undefined for anything else. */
export function parsePersonLink(value: unknown): PersonLink | undefined {
  const link = fieldsOf(value, ['offer', 'to', 'signature']);
  const offer = parseLinkOffer(link?.['offer']);
  if (link === undefined || offer === undefined || !isSide(link['to']) || !isHexOf(link['signature'], 128))
    return undefined;
  return link['to'].organizationId === offer.to ? (value as PersonLink) : undefined;
}

function isSide(value: unknown): value is LinkedSide {
  const side = fieldsOf(value, ['organizationId', 'pseudonym', 'publicKey']);
  if (side === undefined) return false;
  return isHexOf(side['organizationId'], 32) && isHexOf(side['pseudonym'], 32) && isHexOf(side['publicKey'], 64);
}
