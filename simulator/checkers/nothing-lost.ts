// Nothing acknowledged is lost, moved or replaced, in the state as in the blocks: looked at when a node has come up again.
import { scanBlocks } from '@clearchart/block-store';
import { equalBytes } from '@clearchart/crypto';
import { type TransactionId, headerHash } from '@clearchart/ledger';
import type { SimulatedMember } from '../simulated-member.ts';
import { PromiseBroken } from './promise-broken.ts';
import type { ReferenceLedger } from './reference-ledger.ts';

/** Somebody was told just now that the transaction is final: then it is in the node's own state, and so in its blocks. */
export function checkTold({ file }: SimulatedMember, id: TransactionId): void {
  if (!file.places.has(id)) throw new PromiseBroken('A transaction was said to be final and is not in the state');
}

/** @param told Height up to which the node has told somebody that blocks are final. */
export async function checkNothingLost(
  { file, disk, power }: SimulatedMember,
  told: number,
  reference: ReferenceLedger,
): Promise<void> {
  for (let height = 1; height <= told; height += 1) {
    const header = file.headers[height - 1];
    if (header === undefined || headerHash(header) !== reference.hashes[height - 1])
      throw new PromiseBroken(`Block ${height} was acknowledged and is not in the state`);
  }
  for (const [id, height] of reference.heights) {
    if (height <= told && file.places.get(id)?.height !== height)
      throw new PromiseBroken(`A transaction of block ${height} was acknowledged and is lost`);
  }
  const resume = power.suspend();
  let stored = 0;
  for await (const item of scanBlocks(disk)) {
    if ('code' in item) {
      if (item.code === 'block-torn') break;
      throw new PromiseBroken(`The scan finds ${item.code} at block ${item.height}`);
    }
    const expected = reference.blocks[item.height - 1];
    if (expected !== undefined && !equalBytes(expected, item.bytes))
      throw new PromiseBroken(`Block ${item.height} on disk is another one`);
    stored = item.height;
  }
  resume();
  if (stored < told) throw new PromiseBroken(`Block ${stored + 1} was acknowledged and is not on disk`);
}
