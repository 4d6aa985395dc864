// Which part of a padded block each byte belongs to (FIPS 180-4 §5.1.1), for colouring it.

export type PaddingPart = 'message' | 'one' | 'zero' | 'length';

/** One entry for each byte of the padded message. */
export function paddingParts(messageBytes: number): PaddingPart[] {
  const total = Math.ceil((messageBytes + 9) / 64) * 64;
  return Array.from({ length: total }, (_, at) => {
    if (at < messageBytes) return 'message';
    if (at === messageBytes) return 'one';
    return at >= total - 8 ? 'length' : 'zero';
  });
}

/** How many of the 256 bits differ between two fingerprints of 32 bytes. */
export function differingBits(one: Uint8Array, other: Uint8Array): number {
  let bits = 0;
  for (let at = 0; at < one.length; at++) {
    for (let rest = (one[at] ?? 0) ^ (other[at] ?? 0); rest > 0; rest >>= 1) bits += rest & 1;
  }
  return bits;
}
