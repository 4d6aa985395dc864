// A segment is a file of block records, named by the height of its first block. Only the last one grows.
import { RECORD_HEADER_BYTES, decodeRecordHeader } from './block-record.ts';
import type { RecordHeader } from './block-record.ts';
import type { DiskFile } from './disk.ts';

/** A segment takes no further block once it has reached this size. */
export const SEGMENT_BYTES = 32 * 1024 * 1024;
/** Read from disk at a time while walking a segment. */
const WALK_BYTES = 1024 * 1024;

export type PlacedRecord = RecordHeader & { offset: number };
/** `short`: the file ends inside the record. `header`: the bytes at the offset are no record header. */
export type WalkEnd = { end: 'whole' | 'short' | 'header'; offset: number };

export function segmentName(firstHeight: number): string {
  return `${String(firstHeight).padStart(12, '0')}.blocks`;
}

/** First heights of the segments among the names, ascending. */
export function segmentHeights(names: string[]): number[] {
  const heights = names.flatMap((name) => {
    const match = /^(\d{12})\.blocks$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
  return heights.sort((left, right) => left - right);
}

/** Every record header of the file from the offset on, contents skipped; returns where and why it ended. */
export async function* walkSegment(file: DiskFile, from = 0): AsyncGenerator<PlacedRecord, WalkEnd> {
  const size = await file.size();
  let window: { start: number; bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) };
  let offset = from;
  while (offset < size) {
    if (offset < window.start || offset + RECORD_HEADER_BYTES > window.start + window.bytes.length) {
      window = { start: offset, bytes: await file.read(offset, Math.min(WALK_BYTES, size - offset)) };
    }
    const at = offset - window.start;
    const bytes = window.bytes.subarray(at, at + RECORD_HEADER_BYTES);
    if (bytes.length < RECORD_HEADER_BYTES) return { end: 'short', offset };
    const header = decodeRecordHeader(bytes);
    if (header === undefined) return { end: 'header', offset };
    if (offset + RECORD_HEADER_BYTES + header.length > size) return { end: 'short', offset };
    yield { ...header, offset };
    offset += RECORD_HEADER_BYTES + header.length;
  }
  return { end: 'whole', offset };
}

export async function readContent(file: DiskFile, record: PlacedRecord): Promise<Uint8Array> {
  return file.read(record.offset + RECORD_HEADER_BYTES, record.length);
}
