import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import {
  encodeTransaction,
  isRejection,
  type PublicKey,
  signTransaction,
  type Transaction,
  transactionId,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { DraftQueue } from './draft-queue.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { seededBytes } from './test-ledger.fixture.ts';

function rotationOf(made: MadeChain, index: number): Transaction {
  const { organization, signer } = made.network.member(index);
  const key = createSigner(seededBytes(`new key of ${index}`));
  const body = { organization, publicKey: toHex(key.publicKey) as PublicKey };
  return signTransaction(made.draft('rotate-organization-key', body), [
    { signer: organization, role: 'organization', key: signer },
    { signer: organization, role: 'new-key', key },
  ]);
}

test('L63 a decision that comes with the end of the change before it waits for the next block', async () => {
  const made = new MadeChain();
  const decided = await made.grow(made.genesisPlace, 1, [rotationOf(made, 1)]);
  const { organization, signer } = made.network.member(2);
  const activation = signTransaction(made.draft('activate-members', { organization }), [
    { signer: organization, role: 'organization', key: signer },
  ]);
  const drafts = new DraftQueue({
    genesis: made.network.genesis,
    head: decided,
    base: made.chain.tree.stateAfter(decided.hash),
    finalHeight: () => decided.height,
    clock: { now: () => decided.time + 1, after: () => () => undefined },
    checkSignature: ({ publicKey, message, signature }) => nodeVerifier.verify(publicKey, message, signature),
  });
  const heights = [activation, rotationOf(made, 3)].map((transaction) => {
    const bytes = encodeTransaction(transaction).length;
    const draft = drafts.admit({ id: transactionId(transaction), transaction, bytes, heldSince: 1 });
    return isRejection(draft) ? draft.code : draft.height;
  });
  assert.deepEqual(heights, [2, 3]);
});
