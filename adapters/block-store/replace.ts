// Puts blocks of which the bytes are known back to where they lay. A block has one canonical encoding, so its record has the place and
// the length it had: nothing beside it moves. May be done while a store over the same folder reads.
import { encodeRecord } from './block-record.ts';
import type { Disk, DiskFile } from './disk.ts';
import { BlockStoreError } from './fault.ts';
import { SEGMENT_BYTES, segmentHeights, segmentName, walkSegment } from './segment.ts';
import type { PlacedRecord, WalkEnd } from './segment.ts';

type Place = { start: number; offset: number };
type PlacedBytes = Place & { height: number; record: Uint8Array };

/**
 * Writes the blocks from `height` on, each to its place; one that lies there whole and the same already is left alone. Blocks below in
 * the same segment must have record headers that read: repair goes upwards. Resolved means on disk and read back.
 * @throws BlockStoreError when the disk does not give back what was written, or a block below is damaged
 */
export async function replaceBlocks(
  disk: Disk,
  height: number,
  blocks: readonly Uint8Array[],
  segmentBytes = SEGMENT_BYTES,
): Promise<void> {
  const starts = segmentHeights(await disk.list());
  if (starts.includes(height)) await cutBehind(disk, starts, height);
  let place = await placeOf(disk, starts, height, segmentBytes);
  const placed: PlacedBytes[] = [];
  for (const [index, block] of blocks.entries()) {
    const at = height + index;
    if (index > 0 && beginsSegment(at, place.offset, starts, segmentBytes)) place = { start: at, offset: 0 };
    const record = encodeRecord(at, block);
    placed.push({ ...place, height: at, record });
    place = { start: place.start, offset: place.offset + record.length };
  }
  const touched = Map.groupBy(placed, ({ start }) => start);
  for (const [start, records] of touched) {
    await inSegment(disk, start, 'create', async (file) => {
      for (const { offset, record } of records) {
        if (!(await holds(file, offset, record))) await file.write(offset, record);
      }
      await file.sync();
    });
  }
  await disk.syncFolder();
  for (const [start, records] of touched) {
    await inSegment(disk, start, 'read', async (file) => {
      for (const { offset, record, height: at } of records) {
        if (!(await holds(file, offset, record))) throw damaged(start, offset, at);
      }
    });
  }
}

/** What lies behind the last block of the full segment below this one belongs to no block. */
async function cutBehind(disk: Disk, starts: readonly number[], nextStart: number): Promise<void> {
  const start = starts.findLast((one) => one < nextStart);
  if (start === undefined) return;
  const { start: within, offset } = await placeOf(disk, [start], nextStart, Number.MAX_SAFE_INTEGER);
  await cutSegment(disk, segmentName(within), offset);
}

/** Where the record of the block begins, or would begin. */
async function placeOf(disk: Disk, starts: readonly number[], height: number, segmentBytes: number): Promise<Place> {
  const start = starts.findLast((one) => one <= height);
  if (start === undefined) {
    if (height === 1) return { start: 1, offset: 0 };
    throw damaged(1, 0, 1);
  }
  return await inSegment(disk, start, 'read', async (file) => {
    const records = walkSegment(file);
    for (let at = start; ; at += 1) {
      const step: IteratorResult<PlacedRecord, WalkEnd> = await records.next();
      const { offset } = step.value;
      if (at === height)
        return beginsSegment(at, offset, starts, segmentBytes) ? { start: at, offset: 0 } : { start, offset };
      if (step.done || step.value.height !== at) throw damaged(start, offset, at);
    }
  });
}

function beginsSegment(height: number, offset: number, starts: readonly number[], segmentBytes: number): boolean {
  return starts.includes(height) || offset >= segmentBytes;
}

/** What lies behind this place in a segment is taken away. */
export async function cutSegment(disk: Disk, segment: string, size: number): Promise<void> {
  const file = await disk.open(segment, 'write');
  try {
    await file.truncate(size);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function inSegment<Result>(
  disk: Disk,
  start: number,
  mode: 'read' | 'create',
  act: (file: DiskFile) => Promise<Result>,
): Promise<Result> {
  const file = await disk.open(segmentName(start), mode);
  try {
    return await act(file);
  } finally {
    await file.close();
  }
}

async function holds(file: DiskFile, offset: number, record: Uint8Array): Promise<boolean> {
  const bytes = await file.read(offset, record.length);
  return bytes.length === record.length && bytes.every((byte, index) => byte === record[index]);
}

function damaged(start: number, offset: number, height: number): BlockStoreError {
  const place = { segment: segmentName(start), offset, height };
  return new BlockStoreError({ code: 'block-damaged', ...place, detail: 'A stored block is damaged' });
}
