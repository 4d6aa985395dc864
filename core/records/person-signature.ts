/**
 * What a person signs who answers for record versions: who signs, on which chain, and the commitment of each version
 * (docs/protocol/signatures.md). Ed25519 over a labelled hash; content never enters it, only what the ledger holds of it.
 */
import {
  checkSignatureShape,
  equalBytes,
  fromHex,
  labelledHash,
  type SignatureVerifier,
  utf8,
} from '@clearchart/crypto';
import { canonicalJson } from './canonical-json.ts';

const LABEL = 'clearchart/record-signature/v0';
/** Versions that one signature answers for. */
export const SIGNED_VERSIONS_LIMIT = 200;

export interface SignedVersion {
  /** The record's id on the ledger, 32 hexadecimal digits. */
  readonly record: string;
  /** 1 and up. */
  readonly version: number;
  /** 64 hexadecimal digits. */
  readonly commitment: string;
}

export interface PersonSignatureDraft {
  /** 64 hexadecimal digits. */
  readonly chainId: string;
  /** The signer's pseudonym at the hospital that keeps the records, 32 hexadecimal digits. */
  readonly signer: string;
  /** By record, then version; each once. */
  readonly versions: readonly SignedVersion[];
}

export type PersonSignatureFault = 'malformed' | 'no-version' | 'too-many-versions' | 'version-twice';

/** Puts the versions in their one order; a fault when they are none, too many, doubled or not of the ledger's shape. */
export function draftPersonSignature(
  chainId: string,
  signer: string,
  versions: readonly SignedVersion[],
): PersonSignatureDraft | PersonSignatureFault {
  if (!isHex(chainId, 64) || !isHex(signer, 32) || !versions.every(isVersion)) return 'malformed';
  if (versions.length === 0) return 'no-version';
  if (versions.length > SIGNED_VERSIONS_LIMIT) return 'too-many-versions';
  const plain = versions.map(({ record, version, commitment }) => ({ record, version, commitment }));
  const sorted = plain.toSorted((one, other) =>
    one.record === other.record ? one.version - other.version : one.record < other.record ? -1 : 1,
  );
  const twice = sorted.some(
    ({ record, version }, at) => record === sorted[at + 1]?.record && version === sorted[at + 1]?.version,
  );
  return twice ? 'version-twice' : { chainId, signer, versions: sorted };
}

/** The 32 bytes that are signed. */
export function personSignatureMessage({ chainId, signer, versions }: PersonSignatureDraft): Uint8Array {
  return labelledHash(LABEL, fromHex(chainId), fromHex(signer), utf8(canonicalJson(versions)));
}

/** `publicKey` is the one that the ledger holds for the signer: whoever calls has it from a state proof. */
export function verifyPersonSignature(
  draft: PersonSignatureDraft,
  publicKey: Uint8Array,
  signature: Uint8Array,
  verifier: SignatureVerifier,
): boolean {
  const again = draftPersonSignature(draft.chainId, draft.signer, draft.versions);
  if (typeof again === 'string' || checkSignatureShape(signature) !== undefined) return false;
  const message = personSignatureMessage(draft);
  return equalBytes(personSignatureMessage(again), message) && verifier.verify(publicKey, message, signature);
}

function isVersion({ record, version, commitment }: SignedVersion): boolean {
  return isHex(record, 32) && isHex(commitment, 64) && Number.isSafeInteger(version) && version >= 1;
}

function isHex(value: unknown, digits: number): boolean {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
}
