/** Proof of work: a header's hash, read as a 256-bit number, is below the target. */
import type { Hash, HeaderHash } from './identifiers.ts';

/** Big-endian numbers of equal length compare like their hexadecimal digits. */
export function meetsTarget(hash: HeaderHash, target: Hash): boolean {
  return (hash as string) < (target as string);
}
