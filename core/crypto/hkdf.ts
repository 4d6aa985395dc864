import { concatBytes } from './bytes.ts';
import { hmacSha256 } from './hmac.ts';

const HASH_BYTES = 32;

/** HKDF-SHA-256, extract then expand (RFC 5869). @throws RangeError above 255 hashes of output. */
export function hkdfSha256(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  if (length > 255 * HASH_BYTES) throw new RangeError('hkdf: too long');
  const pseudorandomKey = hmacSha256(salt, secret);
  const blocks: Uint8Array[] = [];
  let previous = new Uint8Array(0);
  for (let counter = 1; blocks.length * HASH_BYTES < length; counter += 1) {
    previous = Uint8Array.from(hmacSha256(pseudorandomKey, previous, info, Uint8Array.of(counter)));
    blocks.push(previous);
  }
  return concatBytes(...blocks).subarray(0, length);
}
