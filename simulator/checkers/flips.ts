import { type BlockFault, type Disk, scanBlocks } from '@clearchart/block-store';
import { PromiseBroken } from './promise-broken.ts';

/** A bit has turned over on the disk: the scan must say where. */
export async function checkFlipIsFound(disk: Disk, flipped: { name: string; offset: number }): Promise<void> {
  const faults: BlockFault[] = [];
  for await (const item of scanBlocks(disk)) if ('code' in item) faults.push(item);
  const found = faults.some(({ segment, offset }) => segment === flipped.name && offset <= flipped.offset);
  if (!found) throw new PromiseBroken(`A flipped bit in ${flipped.name} at ${flipped.offset} was not found`);
}
