// A ledger filled by the ledger's own rules and stores, block after block, with real signatures: as the engine would leave it, without the
// waiting. What it signs it does not verify again.
import { toHex } from '@clearchart/crypto';
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import {
  draftBlock,
  encodeBlock,
  genesisParent,
  type Header,
  headerHash,
  headerSignatureMessage,
  isRejection,
  parentOf,
  transactionId,
} from '@clearchart/ledger';
import { openStateStore } from '@clearchart/state-store';
import { join } from 'node:path';
import type { DiskNetwork } from './disk-network.ts';

const TOLD_EVERY = 100_000;

/** The first member's, which must be new and not running. */
export async function fillLedger(network: DiskNetwork, count: number): Promise<void> {
  const { genesis } = network;
  const { folder, organization, signer } = network.member(0);
  const blocks = await openBlockStore(await openNodeDisk(join(folder, 'blocks'), 'write'), { acknowledgedHeight: 0 });
  const state = openStateStore(join(folder, 'state.db'), genesis);
  const begun = performance.now();
  let parent = genesisParent(genesis);
  try {
    for (let done = 0; done < count; ) {
      const size = Math.min(genesis.limits.transactionsPerBlock, count - done);
      const transactions = Array.from({ length: size }, () => network.anchor(0));
      const time = Math.max(parent.time + 1, Date.now());
      const draft = draftBlock(transactions, state, parent, genesis, organization, time, () => true);
      if (isRejection(draft)) throw new Error(draft.code);
      const signature = toHex(signer.sign(headerSignatureMessage(draft.template))) as Header['signature'];
      const header: Header = { ...draft.template, nonce: '0'.repeat(16), signature };
      await blocks.append(header.height, encodeBlock({ header, transactions }));
      const ids = transactions.map(transactionId);
      state.commit({ header, hash: headerHash(header), ids }, draft.changes);
      parent = parentOf(header);
      done += size;
      if (Math.floor(done / TOLD_EVERY) === Math.floor((done - size) / TOLD_EVERY)) continue;
      const seconds = Math.round((performance.now() - begun) / 1000);
      process.stderr.write(`${done} of ${count} transactions after ${seconds} s\n`);
    }
  } finally {
    await blocks.close();
    state.close();
  }
}
