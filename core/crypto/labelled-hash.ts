import { Sha256 } from './sha256.ts';
import { utf8 } from './text.ts';
import { uint32 } from './uint.ts';

/**
 * SHA-256 with a label of its own for each use and each part under its length (uint32, big-endian), so that
 * two different lists of parts never make the same input.
 */
export function labelledHash(label: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = new Sha256();
  for (const part of [utf8(label), ...parts]) hash.update(uint32(part.length)).update(part);
  return hash.digest();
}
