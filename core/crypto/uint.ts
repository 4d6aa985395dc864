/** Whole numbers as big-endian bytes. @throws RangeError outside their range. */
export function uint32(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError('uint32: out of range');
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** For numbers up to 2^53 − 1. */
export function uint64(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('uint64: out of range');
  const high = Math.floor(value / 0x100000000);
  const low = value >>> 0;
  return Uint8Array.of(high >>> 24, high >>> 16, high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low);
}
