// What was found damaged is kept as it was found, byte for byte, before anything is written over it.
import { type BlockFault, scanBlocks } from '@clearchart/block-store';
import { equalBytes } from '@clearchart/crypto';
import type { SimulatedDisk } from '../simulated-disk.ts';
import type { EvidenceFolder } from '../simulated-evidence.ts';
import type { StateFile } from '../simulated-state.ts';
import { PromiseBroken } from './promise-broken.ts';

/** A segment with a damaged block in it, as it is; without bytes when blocks are missing. */
export interface FoundDamage {
  readonly segment: string;
  readonly bytes: Uint8Array | undefined;
}

/** The first damage to blocks that the node must not just cut off: what a crash leaves at the end was never promised. */
export async function foundDamage({
  disk,
  file,
}: {
  readonly disk: SimulatedDisk;
  readonly file: StateFile;
}): Promise<FoundDamage | undefined> {
  let first: BlockFault | undefined;
  for await (const item of scanBlocks(disk)) {
    if (!('code' in item)) {
      // One block above the state may be torn; where more are whole, the state is lost and all of them were promised.
      if (first !== undefined) return found(disk, first);
      continue;
    }
    if (item.height <= file.headers.length) return found(disk, item);
    if (item.code !== 'block-torn') first ??= item;
  }
  return first !== undefined && first.height > file.headers.length + 1 ? found(disk, first) : undefined;
}

function found(disk: SimulatedDisk, { code, segment }: BlockFault): FoundDamage {
  return { segment, bytes: code === 'blocks-missing' ? undefined : disk.contentOf(segment) };
}

/** For a node that has come up: all that it found is mended. */
export function checkDamageKept(evidence: EvidenceFolder, damages: readonly FoundDamage[]): void {
  for (const { segment, bytes } of damages) {
    const isKept =
      bytes === undefined
        ? evidence.damages.length > 0
        : evidence.segments.some((kept) => kept.name === segment && equalBytes(kept.bytes, bytes));
    if (!isKept) throw new PromiseBroken(`The damage to ${segment} was mended and is not kept`);
  }
}
