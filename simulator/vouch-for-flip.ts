// What a store without checksums would make of a turned bit: the block it lies in is believed as it is.
import { RECORD_HEADER_BYTES, encodeRecord, scanBlocks } from '@clearchart/block-store';
import type { SimulatedDisk } from './simulated-disk.ts';

export async function vouchForFlip(
  disk: SimulatedDisk,
  flipped: { name: string; offset: number; bit: number },
): Promise<void> {
  disk.flipBitAt(flipped.name, flipped.offset, flipped.bit);
  let start = 0;
  for await (const item of scanBlocks(disk, { from: Number(flipped.name.slice(0, 12)) })) {
    if ('code' in item) return;
    const at = flipped.offset - start - RECORD_HEADER_BYTES;
    if (at >= 0 && at < item.bytes.length) {
      const believed = item.bytes.slice();
      believed[at] = (believed[at] ?? 0) ^ (1 << flipped.bit);
      const file = await disk.open(flipped.name, 'write');
      await file.write(start, encodeRecord(item.height, believed));
      await file.sync();
      return;
    }
    start += RECORD_HEADER_BYTES + item.bytes.length;
  }
}
