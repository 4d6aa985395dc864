// From which block on a start looks through what is stored. Looking through all of it takes a second for some 300 MB, so a start takes the
// newest segments and leaves the rest to the scan while the node runs; until then a damaged block is found when it is read.
import type { Disk } from './disk.ts';
import { segmentHeights } from './segment.ts';
import { buildSegmentIndex, loadSegmentIndex } from './segment-index.ts';

/** 128 MiB at most. */
const SEGMENTS_AT_START = 4;

/** The first block of the newest segments; lower where a segment below does not reach the next one, as then blocks are missing. */
export async function firstToLookAt(disk: Disk): Promise<number> {
  const starts = segmentHeights(await disk.list());
  if (starts[0] !== 1) return 1;
  const newest = starts.at(-SEGMENTS_AT_START) ?? 1;
  for (const [position, start] of starts.entries()) {
    if (start >= newest) break;
    const offsets = (await loadSegmentIndex(disk, start)) ?? (await buildSegmentIndex(disk, start));
    if (start + offsets.length !== starts[position + 1]) return start;
  }
  return newest;
}
