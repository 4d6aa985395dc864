import { RECORD_HEADER_BYTES, isContentOf } from './block-record.ts';
import type { Disk } from './disk.ts';
import type { BlockFault } from './fault.ts';
import { readContent, segmentHeights, segmentName, walkSegment } from './segment.ts';
import type { PlacedRecord, WalkEnd } from './segment.ts';

export type ScannedBlock = { height: number; bytes: Uint8Array };

/**
 * Every stored block in order, or what is wrong with it and where; changes nothing on disk. After a fault that hides where
 * the next block begins, the scan goes on with the next segment. Pass `to` to leave alone what is being written now.
 */
export async function* scanBlocks(
  disk: Disk,
  range: { from?: number; to?: number } = {},
): AsyncGenerator<ScannedBlock | BlockFault> {
  const { from = 1, to = Number.MAX_SAFE_INTEGER } = range;
  const starts = segmentHeights(await disk.list());
  let expected = 1;
  for (const [position, start] of starts.entries()) {
    const next = starts[position + 1];
    if (start > to) break;
    if (start !== expected) yield missing(segmentName(start), expected, start);
    expected = start;
    if (next !== undefined && next <= from) {
      expected = next;
      continue;
    }
    for await (const item of scanSegment(disk, start, next === undefined, from)) {
      if ('height' in item && item.height > to) return;
      if ('code' in item || item.height >= from) yield item;
      // Behind the last block of a full segment nothing stands that could be a block.
      expected = Math.min(item.height + 1, next ?? Number.MAX_SAFE_INTEGER);
    }
    if (next !== undefined && expected < next) {
      yield missing(segmentName(start), expected, next);
      expected = next;
    }
  }
}

async function* scanSegment(
  disk: Disk,
  start: number,
  isLast: boolean,
  from: number,
): AsyncGenerator<ScannedBlock | BlockFault> {
  const segment = segmentName(start);
  const file = await disk.open(segment, 'read');
  try {
    const records = walkSegment(file);
    let height = start;
    for (;;) {
      const step: IteratorResult<PlacedRecord, WalkEnd> = await records.next();
      if (step.done) {
        if (step.value.end !== 'whole') yield endFault(step.value, segment, height, isLast);
        return;
      }
      const record = step.value;
      const place = { segment, offset: record.offset, height };
      if (record.height !== height) {
        yield {
          code: 'block-damaged',
          ...place,
          detail: `A record says height ${record.height} where it cannot stand`,
        };
        return;
      }
      if (height < from) {
        height += 1;
        continue;
      }
      const bytes = await readContent(file, record);
      if (isContentOf(record, bytes)) yield { height, bytes };
      else yield { code: 'block-damaged', ...place, detail: 'A block does not match its checksum' };
      height += 1;
    }
  } finally {
    await file.close();
  }
}

function endFault(end: WalkEnd, segment: string, height: number, isLast: boolean): BlockFault {
  const place = { segment, offset: end.offset, height };
  if (end.end === 'short' && isLast) return { code: 'block-torn', ...place, detail: 'The last block is cut short' };
  if (end.end === 'short') return { code: 'block-damaged', ...place, detail: 'A full segment ends inside a block' };
  return { code: 'block-damaged', ...place, detail: `The ${RECORD_HEADER_BYTES}-byte record header is damaged` };
}

function missing(segment: string, from: number, next: number): BlockFault {
  return {
    code: 'blocks-missing',
    segment,
    offset: 0,
    height: from,
    detail: `Blocks ${from} to ${next - 1} are missing`,
  };
}
