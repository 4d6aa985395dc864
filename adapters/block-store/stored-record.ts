import { contentChecksum, RECORD_HEADER_BYTES } from './block-record.ts';
import type { Disk } from './disk.ts';
import { readContent, segmentHeights, segmentName, walkSegment } from './segment.ts';

export interface StoredRecord {
  readonly segment: string;
  /** Of the first byte of the block in its segment. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** The 16-byte checksum that was written beside the block, and the one of what lies there. */
  readonly kept: Uint8Array;
  readonly found: Uint8Array;
}

/** What lies where the block of this height does, whole or not. Undefined where no record of it begins. Changes nothing. */
export async function storedRecord(disk: Disk, height: number): Promise<StoredRecord | undefined> {
  const start = segmentHeights(await disk.list()).findLast((one) => one <= height);
  if (start === undefined) return undefined;
  const segment = segmentName(start);
  const file = await disk.open(segment, 'read');
  try {
    for await (const record of walkSegment(file)) {
      if (record.height !== height) continue;
      const bytes = await readContent(file, record);
      const offset = record.offset + RECORD_HEADER_BYTES;
      return { segment, offset, bytes, kept: record.checksum, found: contentChecksum(height, bytes) };
    }
    return undefined;
  } finally {
    await file.close();
  }
}
