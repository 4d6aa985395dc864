// What must hold whatever the disk, the power and the clock do.
import { type BlockFault, type Disk, scanBlocks } from '@clearchart/block-store';
import {
  type Block,
  type Genesis,
  type StateReader,
  type TransactionId,
  genesisParent,
  headerHash,
  isRejection,
  parentOf,
  parseBlock,
  transactionId,
} from '@clearchart/ledger';
import { toHex } from '@clearchart/crypto';
import { type VerifiedSignatures, checkBlock } from '@clearchart/proof-of-work';
import { StateFile, openSimulatedState } from './simulated-state.ts';

/** A promise of the ledger was broken; seed and step are added by the run. */
export class PromiseBroken extends Error {}

/** What the node has told somebody: it must never be otherwise again. */
export type Acknowledged = { hashes: Map<number, string>; heights: Map<TransactionId, number> };

/** Nothing acknowledged is lost, moved or replaced, in the state as in the blocks. */
export async function checkNothingLost(acknowledged: Acknowledged, file: StateFile, disk: Disk): Promise<void> {
  for (const [height, hash] of acknowledged.hashes) {
    const header = file.headers[height - 1];
    if (header === undefined || headerHash(header) !== hash)
      throw new PromiseBroken(`Block ${height} was acknowledged and is not in the state`);
  }
  for (const [id, height] of acknowledged.heights) {
    if (file.places.get(id)?.height !== height)
      throw new PromiseBroken(`A transaction of block ${height} was acknowledged and is lost`);
  }
  const stored = await readAll(disk);
  for (const [height, hash] of acknowledged.hashes) {
    const block = stored[height - 1];
    if (block === undefined || headerHash(block.header) !== hash)
      throw new PromiseBroken(`Block ${height} was acknowledged and is not on disk`);
  }
}

/** The blocks alone give the state; no block that is wrong in one thing is accepted on the way. */
export async function checkReplay(
  genesis: Genesis,
  disk: Disk,
  expected: StateFile,
  signatures: VerifiedSignatures,
  wrongVersionsOf: (block: Block, state: StateReader) => Block[],
): Promise<void> {
  const file = new StateFile(genesis);
  const state = openSimulatedState(file);
  let parent = genesisParent(genesis);
  for (const block of await readAll(disk)) {
    for (const wrong of wrongVersionsOf(block, state)) {
      const answer = await checkBlock(wrong, state, parent, genesis, signatures);
      if (!isRejection(answer)) throw new PromiseBroken(`A wrong version of block ${block.header.height} was accepted`);
    }
    const changes = await checkBlock(block, state, parent, genesis, signatures);
    if (isRejection(changes))
      throw new PromiseBroken(`Block ${block.header.height} on disk is invalid: ${changes.code}`);
    file.commit(
      { header: block.header, hash: headerHash(block.header), ids: block.transactions.map(transactionId) },
      changes,
    );
    parent = parentOf(block.header);
  }
  if (toHex(file.root) !== toHex(expected.root)) throw new PromiseBroken('The blocks alone give another root');
}

/** A bit has turned over on the disk: the scan must say where. */
export async function checkFlipIsFound(disk: Disk, flipped: { name: string; offset: number }): Promise<void> {
  const faults: BlockFault[] = [];
  for await (const item of scanBlocks(disk)) if ('code' in item) faults.push(item);
  const found = faults.some(({ segment, offset }) => segment === flipped.name && offset <= flipped.offset);
  if (!found) throw new PromiseBroken(`A flipped bit in ${flipped.name} at ${flipped.offset} was not found`);
}

export async function readAll(disk: Disk): Promise<Block[]> {
  const blocks: Block[] = [];
  for await (const item of scanBlocks(disk)) {
    if ('code' in item) {
      if (item.code === 'block-torn') break;
      throw new PromiseBroken(`The scan finds ${item.code} at block ${item.height}`);
    }
    const block = parseBlock(item.bytes);
    if (isRejection(block)) throw new PromiseBroken(`Block ${item.height} on disk is no block`);
    blocks.push(block);
  }
  return blocks;
}
