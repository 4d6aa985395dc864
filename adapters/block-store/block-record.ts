// How one block lies in a segment: a 40-byte header that checks itself, then the block. Because the header has a check of
// its own, a damaged length is told apart from a block whose writing was cut short.
//   0 magic 4 · 4 length uint32 · 8 height uint64 · 16 checksum of height and block 16 · 32 checksum of bytes 0–31 8
import { concatBytes, equalBytes, sha256, uint32, uint64, utf8 } from '@clearchart/crypto';
import { createHash } from 'node:crypto';

export const RECORD_HEADER_BYTES = 40;
/** Larger than any block the protocol allows; a length above it is damage. */
export const BLOCK_BYTES_LIMIT = 64 * 1024 * 1024;

const MAGIC = utf8('CCB0');

export type RecordHeader = { height: number; length: number; checksum: Uint8Array };

export function encodeRecord(height: number, block: Uint8Array): Uint8Array {
  const fields = concatBytes(MAGIC, uint32(block.length), uint64(height), contentChecksum(height, block));
  return concatBytes(fields, sha256(fields).subarray(0, 8), block);
}

/** `undefined` unless the 40 bytes are exactly what `encodeRecord` wrote. */
export function decodeRecordHeader(bytes: Uint8Array): RecordHeader | undefined {
  if (bytes.length !== RECORD_HEADER_BYTES || !equalBytes(bytes.subarray(0, 4), MAGIC)) return undefined;
  if (!equalBytes(bytes.subarray(32), sha256(bytes.subarray(0, 32)).subarray(0, 8))) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(4);
  const height = Number(view.getBigUint64(8));
  if (length > BLOCK_BYTES_LIMIT || !Number.isSafeInteger(height)) return undefined;
  return { height, length, checksum: bytes.slice(16, 32) };
}

export function isContentOf(header: RecordHeader, block: Uint8Array): boolean {
  return block.length === header.length && equalBytes(header.checksum, contentChecksum(header.height, block));
}

/** Whether a whole record header lies anywhere in the bytes: then what lies before it is damage and not a torn tail. */
export function holdsRecordHeader(bytes: Uint8Array): boolean {
  for (let at = 0; at + RECORD_HEADER_BYTES <= bytes.length; at += 1) {
    if (bytes[at] !== MAGIC[0]) continue;
    if (decodeRecordHeader(bytes.subarray(at, at + RECORD_HEADER_BYTES)) !== undefined) return true;
  }
  return false;
}

/** SHA-256 by the machine's own means: the scan looks through all blocks, and in JavaScript that takes a second for 200 MB. */
export function contentChecksum(height: number, block: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(uint64(height)).update(block).digest();
  return new Uint8Array(digest.subarray(0, 16));
}
