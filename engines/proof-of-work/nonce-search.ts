// The work itself: try nonces until the header's hash, read as a 256-bit number, is below the target (Nakamoto 2008 §4).
import { sha256 } from '@clearchart/crypto';

/** Everything a thread needs; all of it can be copied to a worker. */
export type NonceSearch = {
  /** The exact bytes whose SHA-256 is the header hash, with any nonce in place. */
  headerBytes: Uint8Array;
  /** Where the nonce's 16 hex digits begin. */
  nonceOffset: number;
  /** 32 bytes, big-endian. */
  target: Uint8Array;
};

export const NONCE_DIGITS = 16;
const HEX = new TextEncoder().encode('0123456789abcdef');
const LOW_DIGITS = 8;

/**
 * Tries `count` nonces from `from` on (both below 2^53) and returns the first that meets the target, as 16 hex digits, or
 * `undefined`. Pure: the same arguments always give the same nonce.
 */
export function searchNonces(
  search: NonceSearch,
  from: number,
  count: number,
  hash: (bytes: Uint8Array) => Uint8Array = sha256,
): string | undefined {
  const bytes = search.headerBytes.slice();
  const { nonceOffset, target } = search;
  for (let nonce = from; nonce < from + count; nonce += 1) {
    writeNonce(bytes, nonceOffset, nonce);
    if (isBelow(hash(bytes), target))
      return String.fromCharCode(...bytes.subarray(nonceOffset, nonceOffset + NONCE_DIGITS));
  }
  return undefined;
}

function writeNonce(bytes: Uint8Array, offset: number, nonce: number): void {
  writeDigits(bytes, offset, Math.floor(nonce / 2 ** 32));
  writeDigits(bytes, offset + LOW_DIGITS, nonce >>> 0);
}

function writeDigits(bytes: Uint8Array, offset: number, value: number): void {
  for (let digit = 0; digit < LOW_DIGITS; digit += 1) {
    bytes[offset + digit] = HEX[(value >>> (28 - 4 * digit)) & 15] ?? 0;
  }
}

function isBelow(hash: Uint8Array, target: Uint8Array): boolean {
  for (let index = 0; index < 32; index += 1) {
    const difference = (hash[index] ?? 0) - (target[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
