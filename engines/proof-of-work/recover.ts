// Bringing the state in step with the blocks at a start. The block is on disk before the state, so the state may be
// behind, by one block after a crash or by all when its file is new; it may never be ahead, nor of another history.
import {
  type BlockParent,
  type BlockStore,
  type Genesis,
  type StateStore,
  genesisParent,
  headerHash,
  isRejection,
  parentOf,
  parseBlock,
  transactionId,
} from '@clearchart/ledger';
import { checkBlock, verifyBlock } from './check-block.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';

export type LedgerFaultCode = 'blocks-missing' | 'state-of-another-history' | 'block-invalid';

/** The stored ledger cannot be started from; the message names the block and no content. */
export class LedgerFault extends Error {
  readonly code: LedgerFaultCode;
  readonly height: number;

  constructor(code: LedgerFaultCode, height: number, detail: string) {
    super(`${detail} (block ${height})`);
    this.name = 'LedgerFault';
    this.code = code;
    this.height = height;
  }
}

export interface RecoverPorts {
  readonly blocks: BlockStore;
  readonly state: StateStore;
  readonly genesis: Genesis;
  /** Called after each block that the state lacked, with its height and that of the last. */
  readonly onRecovering?: (height: number, of: number) => void;
}

/** Applies what the state lacks and returns the head. Throws `LedgerFault`. */
export async function recover(
  { blocks, state, genesis, onRecovering }: RecoverPorts,
  signatures: VerifiedSignatures,
): Promise<BlockParent> {
  if (state.height > blocks.height) {
    throw new LedgerFault('blocks-missing', blocks.height + 1, `The state is at ${state.height}, the blocks are not`);
  }
  let head = await headOf(blocks, state, genesis);
  let coming = state.height < blocks.height ? await readBlock(blocks, state.height + 1) : undefined;
  while (coming !== undefined) {
    const block = coming;
    coming = state.height + 1 < blocks.height ? await readBlock(blocks, state.height + 2) : undefined;
    const checking = checkBlock(block, state, head, genesis, signatures);
    // The other cores verify the next one while this one is applied.
    if (coming !== undefined) void verifyBlock(coming, state, signatures).catch(() => undefined);
    const changes = await checking;
    if (isRejection(changes)) throw new LedgerFault('block-invalid', state.height + 1, `Invalid: ${changes.code}`);
    const ids = block.transactions.map(transactionId);
    state.commit({ header: block.header, hash: headerHash(block.header), ids }, changes);
    head = parentOf(block.header);
    onRecovering?.(state.height, blocks.height);
  }
  return head;
}

async function headOf(blocks: BlockStore, state: StateStore, genesis: Genesis): Promise<BlockParent> {
  if (state.height === 0) return genesisParent(genesis);
  const { header } = await readBlock(blocks, state.height);
  const head = parentOf(header);
  if (head.hash !== state.headHash) {
    throw new LedgerFault('state-of-another-history', state.height, 'The state follows from other blocks than these');
  }
  return head;
}

async function readBlock(blocks: BlockStore, height: number) {
  const bytes = await blocks.read(height);
  if (bytes === undefined) throw new LedgerFault('blocks-missing', height, 'A block is missing');
  const block = parseBlock(bytes);
  if (isRejection(block)) throw new LedgerFault('block-invalid', height, `Invalid: ${block.code}`);
  return block;
}
