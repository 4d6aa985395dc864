// A block from elsewhere — the disk at a start, later a peer — is held to exactly the rules of one made here.
import {
  type Block,
  type BlockParent,
  type Genesis,
  type Rejection,
  type SignatureCheck,
  type StateChanges,
  StateOverlay,
  type StateReader,
  applyBlock,
  isRejection,
  signaturesOf,
} from '@clearchart/ledger';
import type { VerifiedSignatures } from './verified-signatures.ts';

/** What the block changes in the state after its parent, or why it is invalid. Signatures are verified on all cores. */
export async function checkBlock(
  block: Block,
  state: StateReader,
  parent: BlockParent,
  genesis: Genesis,
  signatures: VerifiedSignatures,
): Promise<StateChanges | Rejection> {
  await verifyBlock(block, state, signatures);
  return applyBlock(block, state, parent, genesis, signatures.check);
}

/** By the state after its parent, or an earlier one: a signature that is not found to be good so is left to the block's own check. */
export async function verifyBlock(block: Block, state: StateReader, signatures: VerifiedSignatures): Promise<void> {
  const overlay = new StateOverlay(state);
  const checks: SignatureCheck[] = [];
  for (const transaction of block.transactions) {
    const needed = signaturesOf(transaction, overlay);
    // Signers that this block itself introduces are left to the deterministic loop.
    if (!isRejection(needed)) checks.push(...needed);
  }
  await signatures.verifyAll(checks);
}
