import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { type CommittedBlock, isRejection, type StateChanges } from '@clearchart/ledger';
import { openProofOfWork } from './index.ts';
import { createTestLedger, MemoryState, seededBytes } from './test-ledger.fixture.ts';
import { VerifiedSignatures } from './verified-signatures.ts';

/** Answers when it is let go, and counts what it was asked. */
function heldVerifier() {
  const held: (() => void)[] = [];
  const asked: string[] = [];
  return {
    asked,
    letGo: () => held.splice(0).forEach((go) => go()),
    verifier: {
      ...nodeVerifier,
      async verifyMany(checks: Parameters<NonNullable<typeof nodeVerifier.verifyMany>>[0]) {
        asked.push(...checks.map(({ signature }) => Buffer.from(signature).toString('hex')));
        await new Promise<void>((go) => held.push(go));
        return checks.map((check) => nodeVerifier.verify(check.publicKey, check.message, check.signature));
      },
    },
  };
}

test('a signature that is being verified is waited for and not verified twice; a bad one is bad for whoever asks', async () => {
  const signer = createSigner(seededBytes('signer'));
  const [message, other] = [seededBytes('message'), seededBytes('another')];
  const signature = signer.sign(message);
  const good = { publicKey: signer.publicKey, message, signature };
  const bad = { ...good, message: other };
  const { verifier, asked, letGo } = heldVerifier();
  const signatures = new VerifiedSignatures(verifier);
  const first = signatures.verifyAll([good, bad]);
  const second = signatures.verifyAll([bad, good]);
  assert.equal(asked.length, 2, 'the second waits for the first');
  letGo();
  assert.deepEqual(await first, [true, false]);
  // What was not good is not remembered, so it is looked at again.
  while (asked.length < 3) await new Promise((later) => setImmediate(later));
  letGo();
  assert.deepEqual(await second, [false, true]);
  assert.equal(asked.length, 3);
  assert.deepEqual(await signatures.verifyAll([good]), [true]);
  assert.equal(asked.length, 3);
});

test('a state that is made again verifies the next block while it applies one, each signature once', async () => {
  const ledger = createTestLedger();
  const stores = ledger.stores();
  const engine = await openProofOfWork(ledger.options(stores));
  for (let height = 1; height <= 3; height += 1) {
    assert.ok(!isRejection(await engine.submit(ledger.enrol())));
    await engine.mine();
  }
  await engine.close();

  const order: string[] = [];
  const state = new (class extends MemoryState {
    override commit(block: CommittedBlock, changes: StateChanges): void {
      order.push(`applied ${block.header.height}`);
      super.commit(block, changes);
    }
  })(ledger.genesis);
  const verifier = {
    verify(...check: Parameters<typeof nodeVerifier.verify>) {
      order.push('a proposer');
      return nodeVerifier.verify(...check);
    },
    verifyMany(checks: Parameters<NonNullable<typeof nodeVerifier.verifyMany>>[0]) {
      order.push('transactions');
      return nodeVerifier.verifyMany?.(checks) ?? Promise.resolve([]);
    },
  };
  const again = await openProofOfWork(ledger.options({ blocks: stores.blocks, state }, { verifier }));
  assert.equal(again.status().finalHeight, 3);
  assert.equal(state.headHash, stores.state.headHash);
  await again.close();
  assert.deepEqual(order, [
    'transactions',
    'transactions',
    'a proposer',
    'applied 1',
    'transactions',
    'a proposer',
    'applied 2',
    'a proposer',
    'applied 3',
  ]);
});
