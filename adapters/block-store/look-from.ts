// From which block on a start looks through what is stored. Looking through all of it takes a second for some 300 MB, so a start takes the
// newest segments and leaves the rest to the scan while the node runs; until then a damaged block is found when it is read.
import { decodeRecordHeader, RECORD_HEADER_BYTES } from './block-record.ts';
import type { Disk } from './disk.ts';
import { segmentHeights, segmentName } from './segment.ts';
import { buildSegmentIndex, loadSegmentIndex } from './segment-index.ts';

/** About 128 MiB. */
const SEGMENTS_AT_START = 4;

/** The first block of the newest segments; lower where a segment below does not reach the next one, as then blocks are missing. */
export async function firstToLookAt(disk: Disk): Promise<number> {
  const starts = segmentHeights(await disk.list());
  if (starts[0] !== 1) return 1;
  const newest = starts.at(-SEGMENTS_AT_START) ?? 1;
  for (const [position, start] of starts.entries()) {
    if (start >= newest) break;
    if ((await endOf(disk, start)) + 1 !== starts[position + 1]) return start;
  }
  return newest;
}

/** Height of the last block of a full segment, by its index and the length of its file. */
async function endOf(disk: Disk, start: number): Promise<number> {
  const offsets = (await loadSegmentIndex(disk, start)) ?? (await buildSegmentIndex(disk, start));
  const last = offsets.at(-1);
  const end = start + offsets.length - 1;
  const file = await disk.open(segmentName(start), 'read');
  try {
    const header = last === undefined ? undefined : decodeRecordHeader(await file.read(last, RECORD_HEADER_BYTES));
    const isWhole = header !== undefined && (await file.size()) >= (last ?? 0) + RECORD_HEADER_BYTES + header.length;
    return isWhole ? end : end - 1;
  } finally {
    await file.close();
  }
}
