// Blocks in append-only segments: one record and one fdatasync a block. Resolved means on disk. After the disk has refused
// once the store takes nothing more: what a failed sync left behind is known only after a new start has read it.
import type { BlockStore } from '@clearchart/ledger';
import {
  BLOCK_BYTES_LIMIT,
  RECORD_HEADER_BYTES,
  decodeRecordHeader,
  encodeRecord,
  isContentOf,
} from './block-record.ts';
import type { Disk, DiskFile } from './disk.ts';
import { BlockStoreError } from './fault.ts';
import { findTail } from './open-tail.ts';
import { scanBlocks } from './scan.ts';
import { SEGMENT_BYTES, segmentHeights, segmentName } from './segment.ts';
import { buildSegmentIndex, loadSegmentIndex, saveSegmentIndex } from './segment-index.ts';

/** Indexes of full segments kept in memory. */
const INDEXES_LIMIT = 64;

export type BlockStoreOptions = {
  /** The highest block known to have been acknowledged: the state's height; absent when the state is lost. */
  acknowledgedHeight?: number;
  segmentBytes?: number;
  /** Of the lowest block that it holds, 1 by default: a member that has joined by a snapshot has no older ones in it. */
  firstHeight?: number;
};

export type TornTail = { segment: string; offset: number; bytes: number; height: number };

export interface SegmentedBlockStore extends BlockStore {
  /** What the last crash left unfinished and opening cut off; `undefined` after a clean end. */
  readonly tornTail: TornTail | undefined;
  scan(range?: { from?: number; to?: number }): ReturnType<typeof scanBlocks>;
}

type Growing = { start: number; file: DiskFile; offsets: number[]; size: number };

export async function openBlockStore(disk: Disk, options: BlockStoreOptions = {}): Promise<SegmentedBlockStore> {
  const { acknowledgedHeight, firstHeight = 1, segmentBytes = SEGMENT_BYTES } = options;
  const starts = segmentHeights(await disk.list());
  if (starts.length > 0 && starts[0] !== firstHeight) throw missing(firstHeight, starts[0] ?? firstHeight);
  const indexes = new Map<number, Uint32Array>();
  let growing: Growing | undefined;
  let tornTail: TornTail | undefined;
  let failed: BlockStoreError | undefined;
  let isBusy = false;

  const lastStart = starts.at(-1);
  if (lastStart !== undefined) {
    const file = await disk.open(segmentName(lastStart), 'write');
    const tail = await findTail(file, lastStart, acknowledgedHeight).catch(async (error: unknown) => {
      await file.close();
      throw error;
    });
    growing = { start: lastStart, file, offsets: tail.offsets, size: tail.size };
    if (tail.tornBytes > 0) {
      const height = lastStart + tail.offsets.length;
      tornTail = { segment: segmentName(lastStart), offset: tail.size, bytes: tail.tornBytes, height };
      await file.truncate(tail.size);
    }
    // The last block may be whole and yet unsynced: what was read from it must not vanish after it has been answered.
    await file.sync();
    await disk.syncFolder();
  }
  if (acknowledgedHeight !== undefined && height() < acknowledgedHeight) {
    await growing?.file.close();
    throw missing(height() + 1, acknowledgedHeight + 1);
  }

  function height(): number {
    return growing === undefined ? firstHeight - 1 : growing.start + growing.offsets.length - 1;
  }

  async function append(atHeight: number, bytes: Uint8Array): Promise<void> {
    if (failed !== undefined) throw failed;
    if (isBusy || atHeight !== height() + 1) throw new Error(`Block ${atHeight} is not the next one`);
    if (bytes.length > BLOCK_BYTES_LIMIT) throw new Error(`A block of ${bytes.length} bytes is above the limit`);
    isBusy = true;
    try {
      if (growing === undefined || growing.size >= segmentBytes) growing = await startSegment(atHeight);
      const record = encodeRecord(atHeight, bytes);
      await growing.file.write(growing.size, record);
      await growing.file.sync();
      growing.offsets.push(growing.size);
      growing.size += record.length;
    } catch (cause) {
      const place = { segment: segmentName(growing?.start ?? atHeight), offset: growing?.size ?? 0, height: atHeight };
      failed = new BlockStoreError({ code: 'disk-failed', ...place, detail: 'The disk refused a block' }, cause);
      throw failed;
    } finally {
      isBusy = false;
    }
  }

  async function startSegment(atHeight: number): Promise<Growing> {
    const file = await disk.open(segmentName(atHeight), 'create');
    await disk.syncFolder();
    if (growing !== undefined) {
      const offsets = Uint32Array.from(growing.offsets);
      keepIndex(growing.start, offsets);
      await saveSegmentIndex(disk, growing.start, offsets);
      await growing.file.close();
    }
    starts.push(atHeight);
    return { start: atHeight, file, offsets: [], size: 0 };
  }

  async function read(atHeight: number): Promise<Uint8Array | undefined> {
    if (!(atHeight >= firstHeight) || atHeight > height() || growing === undefined) return undefined;
    if (atHeight >= growing.start) {
      const offset = growing.offsets[atHeight - growing.start] ?? 0;
      const bytes = await readRecord(
        growing.file,
        offset,
        growing.offsets[atHeight - growing.start + 1] ?? growing.size,
        atHeight,
      );
      if (bytes === undefined) throw damaged(growing.start, offset, atHeight);
      return bytes;
    }
    return readFull(atHeight);
  }

  /** From a full segment: its index is only a hint, so a record that does not fit is looked for once more by walking. */
  async function readFull(atHeight: number): Promise<Uint8Array> {
    const start = starts[lastAtOrBelow(starts, atHeight)] ?? 1;
    const position = atHeight - start;
    const file = await disk.open(segmentName(start), 'read');
    try {
      const size = await file.size();
      const known = indexes.get(start) ?? (await loadSegmentIndex(disk, start));
      const hit = known && (await readRecord(file, known[position] ?? size, known[position + 1] ?? size, atHeight));
      if (known !== undefined && hit !== undefined) {
        keepIndex(start, known);
        return hit;
      }
      const offsets = await buildSegmentIndex(disk, start);
      const offset = offsets[position] ?? size;
      const bytes = await readRecord(file, offset, offsets[position + 1] ?? size, atHeight);
      if (bytes === undefined) throw damaged(start, offset, atHeight);
      keepIndex(start, offsets);
      await saveSegmentIndex(disk, start, offsets);
      return bytes;
    } finally {
      await file.close();
    }
  }

  function keepIndex(start: number, offsets: Uint32Array): void {
    indexes.delete(start);
    indexes.set(start, offsets);
    for (const oldest of indexes.keys()) {
      if (indexes.size <= INDEXES_LIMIT) break;
      indexes.delete(oldest);
    }
  }

  return {
    get height() {
      return height();
    },
    get tornTail() {
      return tornTail;
    },
    append,
    read,
    scan: (range = {}) => scanBlocks(disk, { ...range, to: Math.min(range.to ?? height(), height()) }),
    async close() {
      failed ??= new BlockStoreError({
        code: 'disk-failed',
        segment: segmentName(growing?.start ?? 1),
        offset: growing?.size ?? 0,
        height: height(),
        detail: 'The block store is closed',
      });
      await growing?.file.close();
    },
  };
}

async function readRecord(file: DiskFile, from: number, to: number, height: number): Promise<Uint8Array | undefined> {
  if (to - from < RECORD_HEADER_BYTES) return undefined;
  const bytes = await file.read(from, to - from);
  const header = decodeRecordHeader(bytes.subarray(0, RECORD_HEADER_BYTES));
  if (header === undefined || header.height !== height) return undefined;
  const block = bytes.subarray(RECORD_HEADER_BYTES, RECORD_HEADER_BYTES + header.length);
  return isContentOf(header, block) ? block : undefined;
}

/** Position of the greatest value not above the limit, in an ascending list. */
function lastAtOrBelow(ascending: number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Number.POSITIVE_INFINITY) <= limit) low = middle;
    else high = middle;
  }
  return low;
}

function damaged(start: number, offset: number, height: number): BlockStoreError {
  const place = { segment: segmentName(start), offset, height };
  return new BlockStoreError({ code: 'block-damaged', ...place, detail: 'A stored block is damaged' });
}

function missing(from: number, next: number): BlockStoreError {
  const place = { segment: segmentName(next), offset: 0, height: from };
  return new BlockStoreError({ code: 'blocks-missing', ...place, detail: `Blocks ${from} to ${next - 1} are missing` });
}
