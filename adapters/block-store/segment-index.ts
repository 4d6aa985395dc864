// Where each block of a full segment begins, kept in a small file beside it so that a start need not read the segment.
// It proves nothing: every read checks the record itself, and a wrong or absent index is built anew from the segment.
import { concatBytes, equalBytes, sha256 } from '@clearchart/crypto';
import type { Disk } from './disk.ts';
import { segmentName, walkSegment } from './segment.ts';

const CHECKSUM_BYTES = 16;

export async function loadSegmentIndex(disk: Disk, firstHeight: number): Promise<Uint32Array | undefined> {
  const bytes = await readWhole(disk, indexName(firstHeight));
  if (bytes === undefined || bytes.length < CHECKSUM_BYTES || bytes.length % 4 !== 0) return undefined;
  const offsets = bytes.slice(0, -CHECKSUM_BYTES);
  if (!equalBytes(bytes.subarray(-CHECKSUM_BYTES), checksumOf(offsets))) return undefined;
  return new Uint32Array(offsets.buffer);
}

export async function saveSegmentIndex(disk: Disk, firstHeight: number, offsets: Uint32Array): Promise<void> {
  const bytes = new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength);
  await disk.replace(indexName(firstHeight), concatBytes(bytes, checksumOf(bytes)));
}

/** Offsets of the records up to the first fault, by reading the segment's headers. */
export async function buildSegmentIndex(disk: Disk, firstHeight: number): Promise<Uint32Array> {
  const file = await disk.open(segmentName(firstHeight), 'read');
  try {
    const offsets: number[] = [];
    for await (const record of walkSegment(file)) offsets.push(record.offset);
    return Uint32Array.from(offsets);
  } finally {
    await file.close();
  }
}

function indexName(firstHeight: number): string {
  return segmentName(firstHeight).replace('.blocks', '.index');
}

function checksumOf(bytes: Uint8Array): Uint8Array {
  return sha256(bytes).subarray(0, CHECKSUM_BYTES);
}

async function readWhole(disk: Disk, name: string): Promise<Uint8Array | undefined> {
  if (!(await disk.list()).includes(name)) return undefined;
  const file = await disk.open(name, 'read');
  try {
    return await file.read(0, await file.size());
  } finally {
    await file.close();
  }
}
