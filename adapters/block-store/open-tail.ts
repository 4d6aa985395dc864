// What a crash may leave at the end, and what it cannot. One block is written at a time and acknowledged only after its
// sync, so a crash leaves at most one unfinished record, above every acknowledged height. Anything else is damage.
import { RECORD_HEADER_BYTES, holdsRecordHeader, isContentOf } from './block-record.ts';
import type { DiskFile } from './disk.ts';
import { BlockStoreError } from './fault.ts';
import type { BlockFaultCode } from './fault.ts';
import { readContent, segmentName, walkSegment } from './segment.ts';
import type { PlacedRecord, WalkEnd } from './segment.ts';

export type Tail = { offsets: number[]; size: number; tornBytes: number };

/**
 * Walks the last segment and finds where it really ends. `acknowledged` is the highest block known to have been promised
 * (the height of the state); when it is not known, only a record that the file's end cuts short passes for torn.
 * Throws `BlockStoreError` for damage; changes nothing.
 */
export async function findTail(file: DiskFile, start: number, acknowledged: number | undefined): Promise<Tail> {
  const segment = segmentName(start);
  const offsets: number[] = [];
  const records = walkSegment(file);
  let end: WalkEnd | undefined;
  let damagedContent: PlacedRecord | undefined;
  let last: PlacedRecord | undefined;
  while (end === undefined) {
    const step: IteratorResult<PlacedRecord, WalkEnd> = await records.next();
    if (step.done) {
      end = step.value;
      break;
    }
    last = step.value;
    const height = start + offsets.length;
    if (last.height !== height)
      throw damage('block-damaged', segment, last.offset, height, 'A record has a wrong height');
    if (acknowledged !== undefined && height > acknowledged && !(await isWhole(file, last))) {
      damagedContent = last;
      end = { end: 'header', offset: last.offset };
      break;
    }
    offsets.push(last.offset);
  }
  const size = await file.size();
  if (end.end === 'whole') {
    if (acknowledged === undefined && last !== undefined && !(await isWhole(file, last))) {
      throw damage('block-damaged', segment, last.offset, last.height, 'The last block does not match its checksum');
    }
    return { offsets, size, tornBytes: 0 };
  }
  const height = start + offsets.length;
  const isPromised = acknowledged === undefined ? end.end !== 'short' : height <= acknowledged;
  if (isPromised)
    throw damage('block-damaged', segment, end.offset, height, 'A block that was acknowledged is damaged');
  const skipped = damagedContent === undefined ? 1 : RECORD_HEADER_BYTES + damagedContent.length;
  if (holdsRecordHeader(await file.read(end.offset + skipped, size - end.offset - skipped))) {
    throw damage('block-damaged', segment, end.offset, height, 'A block is damaged and others follow it');
  }
  return { offsets, size: end.offset, tornBytes: size - end.offset };
}

async function isWhole(file: DiskFile, record: PlacedRecord): Promise<boolean> {
  return isContentOf(record, await readContent(file, record));
}

function damage(code: BlockFaultCode, segment: string, offset: number, height: number, detail: string) {
  return new BlockStoreError({ code, segment, offset, height, detail });
}
