import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transactionId } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { DraftQueue } from './draft-queue.ts';
import { Intake } from './intake.ts';
import { INTAKE_BATCH } from './limits.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { Mempool } from './mempool.ts';
import { VerifiedSignatures } from './verified-signatures.ts';

function intakeOn(made: MadeChain, verifyMany?: () => Promise<void>) {
  const { tree } = made.chain;
  const verifier = {
    ...nodeVerifier,
    verifyMany: async (checks: Parameters<NonNullable<typeof nodeVerifier.verifyMany>>[0]) => {
      await verifyMany?.();
      return (await nodeVerifier.verifyMany?.(checks)) ?? [];
    },
  };
  const signatures = new VerifiedSignatures(verifier);
  const now = Date.now();
  const drafts = new DraftQueue({
    genesis: made.network.genesis,
    head: tree.head,
    base: tree.stateAfter(tree.head.hash),
    finalHeight: () => 0,
    clock: { now: () => now, after: () => () => undefined },
    checkSignature: signatures.check,
    onDropped: () => undefined,
  });
  const mempool = new Mempool();
  const seen = { height: 4 };
  const intake = new Intake(
    mempool,
    drafts,
    signatures,
    () => seen.height,
    () => undefined,
  );
  return { intake, mempool, seen };
}

test('whatever a peer brings at once, what is submitted here is looked at in the first batch', async () => {
  const made = new MadeChain();
  const { intake } = intakeOn(made);
  let answered = 0;
  const flood = Array.from({ length: 2 * INTAKE_BATCH }, () => made.network.enrolment(3));
  const brought = flood.map((one) => intake.submit(one, 'peer').then(() => (answered += 1)));
  await intake.submit(made.network.enrolment(0));
  assert.ok(answered < INTAKE_BATCH, `${answered} came before`);
  await Promise.all(brought);
});

test('L80 a transaction counts as held from when it could stand in a block, not while its signatures are checked', async () => {
  const made = new MadeChain();
  let letGo = () => undefined as void;
  const { intake, mempool, seen } = intakeOn(made, () => new Promise((resolve) => (letGo = resolve)));
  const transaction = made.network.enrolment(0);
  const answer = intake.submit(transaction);
  await new Promise((resolve) => setTimeout(resolve, 5));
  seen.height = 11;
  letGo();
  await answer;
  assert.equal(mempool.get(transactionId(transaction))?.heldSince, 11);
});
