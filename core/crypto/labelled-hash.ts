import { sha256 } from './sha256.ts';
import { utf8 } from './text.ts';

/**
 * SHA-256 with a label of its own for each use and each part under its length (uint32, big-endian), so that
 * two different lists of parts never make the same input.
 */
export function labelledHash(label: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const labelBytes = utf8(label);
  let length = 4 + labelBytes.length;
  for (const part of parts) length += 4 + part.length;
  const input = new Uint8Array(length);
  let at = putPart(input, 0, labelBytes);
  for (const part of parts) at = putPart(input, at, part);
  return sha256(input);
}

function putPart(input: Uint8Array, at: number, part: Uint8Array): number {
  const { length } = part;
  input[at] = length >>> 24;
  input[at + 1] = length >>> 16;
  input[at + 2] = length >>> 8;
  input[at + 3] = length;
  input.set(part, at + 4);
  return at + 4 + length;
}
