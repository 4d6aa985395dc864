import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRejection, transactionId } from '@clearchart/ledger';
import { LocalNetwork, until } from './local-network.fixture.ts';

const SHORTLY_MS = 10_000;

test('what one member writes becomes final at all four, with the same state', async () => {
  const network = new LocalNetwork(4);
  await network.startAll();
  const ids = [];
  for (let round = 0; round < 5; round += 1) {
    for (const index of [0, 1, 2, 3]) {
      const transaction = network.enrolment(index);
      const answer = await network.member(index).engine?.submit(transaction);
      assert.ok(answer !== undefined && !isRejection(answer), JSON.stringify(answer));
      ids.push(transactionId(transaction));
    }
  }
  for (const { engine } of network.members)
    for (const id of ids) assert.equal(await engine?.whenFinal(id, SHORTLY_MS), 'final');
  const roots = new Set(network.members.map(({ engine }) => engine?.status().stateRoot));
  assert.equal(roots.size, 1);
  for (const { consensus } of network.members) assert.equal(consensus.evidence().length, 0);
  await network.stopAll();
});

test('with one of four down the others go on; when it comes back it has what they have', async () => {
  const network = new LocalNetwork(4);
  for (const index of [0, 1, 2]) await network.start(index);
  const transactions = [0, 1, 2].map((index) => network.enrolment(index));
  for (const [index, transaction] of transactions.entries()) await network.member(index).engine?.submit(transaction);
  const ids = transactions.map(transactionId);
  for (const id of ids) assert.equal(await network.member(0).engine?.whenFinal(id, SHORTLY_MS), 'final');
  await network.start(3);
  await until(() => network.member(3).engine?.finality(ids[0] as never) === 'final');
  await network.stopAll();
});

test('with two of four down nothing becomes final, and everything does when one returns', async () => {
  const network = new LocalNetwork(4);
  for (const index of [0, 1]) await network.start(index);
  const transaction = network.enrolment(0);
  await network.member(0).engine?.submit(transaction);
  const id = transactionId(transaction);
  assert.equal(await network.member(0).engine?.whenFinal(id, 1_500), 'included');
  assert.deepEqual(network.member(1).engine?.unsettled(id), transaction, 'it is still there to be looked at');
  await network.start(2);
  assert.equal(await network.member(0).engine?.whenFinal(id, 20_000), 'final');
  assert.equal(await network.member(2).engine?.whenFinal(id, 20_000), 'final');
  await network.stopAll();
});

test('a member that has heard how it voted goes on with what waits with it, though nothing else happens', async () => {
  const network = new LocalNetwork(4);
  network.member(0).consensus.knowsOwnVotes = false;
  network.reaches = (from, to) => network.indexOf(from) > 0 && network.indexOf(to) > 0;
  await network.startAll();
  const transaction = network.enrolment(0);
  await network.member(0).engine?.submit(transaction);
  // It has asked in vain by now, and asks again later.
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(network.member(0).consensus.knowsOwnVotes, false);
  network.reaches = () => true;
  assert.equal(await network.member(0).engine?.whenFinal(transactionId(transaction), SHORTLY_MS), 'final');
  await network.stopAll();
});

test('after all have been down at once, with votes half told, finality comes back', async () => {
  const network = new LocalNetwork(4);
  // Two hear nothing of each other’s votes, so nothing is final and each knows other votes.
  network.reaches = (from, to) => network.indexOf(from) < 2 === network.indexOf(to) < 2;
  await network.startAll();
  const transactions = [0, 1, 2, 3].map((index) => network.enrolment(index));
  for (const [index, one] of transactions.entries()) await network.member(index).engine?.submit(one);
  await until(() => network.members.every(({ engine }) => (engine?.status().height ?? 0) >= 2));
  await network.stopAll();
  network.reaches = () => true;
  await network.startAll();
  for (const { engine } of network.members) await engine?.submit(network.enrolment(0));
  for (const { engine } of network.members) await until(() => (engine?.status().finalHeight ?? 0) > 0, 30_000);
  await network.stopAll();
});
