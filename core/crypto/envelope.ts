import type { Aead } from './aead.ts';
import { concatBytes } from './bytes.ts';
import type { Random } from './random.ts';

/**
 * An envelope is `version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. Every envelope takes a fresh random nonce, so one key
 * may seal at most 2^32 of them (NIST SP 800-38D §8.3); a key that seals more than one person's data is derived anew well before.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `key` has 32 bytes; `associatedData` says what this is and whose, and must be the same on opening. */
export function sealEnvelope(
  aead: Aead,
  random: Random,
  key: Uint8Array,
  plaintext: Uint8Array,
  associatedData: Uint8Array,
): Uint8Array {
  const nonce = random.bytes(NONCE_BYTES);
  return concatBytes(Uint8Array.of(VERSION), nonce, aead.seal(key, nonce, plaintext, associatedData));
}

/** Undefined when it does not open: another key, other associated data, or a changed byte. */
export function openEnvelope(
  aead: Aead,
  key: Uint8Array,
  envelope: Uint8Array,
  associatedData: Uint8Array,
): Uint8Array | undefined {
  if (envelope.length < 1 + NONCE_BYTES + TAG_BYTES || envelope[0] !== VERSION) return undefined;
  return aead.open(key, envelope.subarray(1, 1 + NONCE_BYTES), envelope.subarray(1 + NONCE_BYTES), associatedData);
}
