// The person's own signature under record versions. The message is made here, so that no page can have anything else signed.
import type { SignedVersion } from '@clearchart/records';
import type { Keyring } from './keyring.ts';

export interface RecordSignature {
  readonly chainId: string;
  readonly pseudonym: string;
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** The keys are closed: the password opens them again. */
export class KeysClosed extends Error {
  override readonly name = 'KeysClosed';
}

/** @throws KeysClosed when this tab holds no key for the chain, TypeError for versions that make no message. */
export async function signRecords(
  keyring: Keyring,
  chainId: string,
  versions: readonly SignedVersion[],
): Promise<RecordSignature> {
  const held = keyring.keys.find((one) => one.chainId === chainId && one.pseudonym !== null);
  if (held === undefined || held.pseudonym === null) throw new KeysClosed('No key is open in this tab');
  const { draftPersonSignature, personSignatureMessage } = await import('@clearchart/records');
  const draft = draftPersonSignature(chainId, held.pseudonym, versions);
  if (typeof draft === 'string') throw new TypeError(`Nothing to sign: ${draft}`);
  const signature = await held.key.sign(personSignatureMessage(draft));
  return { chainId, pseudonym: held.pseudonym, publicKey: held.key.publicKey, signature };
}
