import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRejection, transactionId } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { systemClock } from './clock.ts';
import { DraftQueue } from './draft-queue.ts';
import { Intake } from './intake.ts';
import { INTAKE_BATCH, PLACED_AT_ONCE } from './limits.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { Mempool, type MempoolLimits } from './mempool.ts';
import { keyChangesOf } from './persons.fixture.ts';
import { UNKNOWN_SENDER } from './sender.ts';
import { VerifiedSignatures } from './verified-signatures.ts';
import { waitingOf } from './waiting.fixture.ts';

function intakeOn(made: MadeChain, verifyMany?: () => Promise<void>, limits?: MempoolLimits) {
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
  const mempool = new Mempool(limits);
  const seen = { height: 4 };
  const intake = new Intake({
    organization: made.network.member(0).organization,
    mempool,
    drafts,
    signatures,
    clock: systemClock,
    headHeight: () => seen.height,
    onAdmitted: () => undefined,
  });
  return { intake, drafts, mempool, seen };
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

test('however many persons a member enrols, what they sign counts on its share of what may wait', async () => {
  const made = new MadeChain();
  const changes = await keyChangesOf(made, 1, 6);
  const { intake } = intakeOn(made, undefined, { transactions: 100, bytes: 1_000_000, transactionsPerSender: 4 });
  const relayed = made.network.member(2).organization;
  const answers = [];
  for (const change of changes) answers.push(await intake.submit(change, relayed));
  assert.deepEqual(
    answers.map((answer) => (isRejection(answer) ? answer.code : 'admitted')),
    [...Array.from({ length: 4 }, () => 'admitted'), 'mempool-signer-limit', 'mempool-signer-limit'],
  );
  assert.ok(!isRejection(await intake.submit(made.network.enrolment(2), relayed)));
});

test('what is not answered yet counts too, for who brought it: its number and its bytes', async () => {
  for (const limit of [{ bytes: 900 }, { transactions: 1 }, { transactionsPerSender: 1 }]) {
    const made = new MadeChain();
    const limits = { transactions: 100, bytes: 1_000_000, transactionsPerSender: 100, ...limit };
    const { intake } = intakeOn(made, () => new Promise(() => undefined), limits);
    void intake.submit(made.network.enrolment(3), 'peer');
    const second = await Promise.race([intake.submit(made.network.enrolment(3), 'peer'), Promise.resolve('no answer')]);
    assert.ok(typeof second !== 'string' && isRejection(second), JSON.stringify(limit));
  }
});

test('what is not signed by the organization it names takes none of its turns', async () => {
  const made = new MadeChain();
  const { drafts, intake } = intakeOn(made);
  const senders: string[] = [];
  const admit = drafts.admit.bind(drafts);
  drafts.admit = (candidate) => {
    senders.push(candidate.waiting.sender);
    admit(candidate);
  };
  const genuine = made.network.enrolment(2);
  const [signature] = made.network.enrolment(2).signatures;
  assert.ok(signature);
  const forged = { ...made.network.enrolment(2), signatures: [signature] };
  await Promise.all([genuine, forged].map((one) => intake.submit(one, 'peer')));
  assert.deepEqual(senders, [made.network.member(2).organization, UNKNOWN_SENDER]);
});

test('who waits for its turn is answered while the loop of events goes on, and when the engine closes', async () => {
  const made = new MadeChain(2_000);
  const { drafts, intake } = intakeOn(made);
  const { tree } = made.chain;
  const flood = Array.from({ length: 5 * PLACED_AT_ONCE }, () => waitingOf(made.network.enrolment(1)));
  drafts.rebuild(tree.head, tree.stateAfter(tree.head.hash), flood);
  let turns = 0;
  const beat = setInterval(() => (turns += 1), 0);
  assert.ok(!isRejection(await intake.submit(made.network.enrolment(1), 'peer')));
  clearInterval(beat);
  assert.ok(turns >= 3, `${turns} turns of the loop`);
  drafts.rebuild(tree.head, tree.stateAfter(tree.head.hash), flood);
  const answer = intake.submit(made.network.enrolment(1), 'peer');
  setTimeout(() => intake.close(new Error('closed')), 1);
  await assert.rejects(answer, /closed/);
});
