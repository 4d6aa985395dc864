import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '@clearchart/crypto';
import { transactionId } from '@clearchart/ledger';
import { LocalNetwork, until } from './local-network.fixture.ts';
import { encodeMessage, parseMessage, parseQuestion } from './peer-messages.ts';

async function oneOfFour() {
  const network = new LocalNetwork(4);
  const engine = await network.start(0);
  const { organization: peer } = network.member(1);
  return { network, engine, peer };
}

test('a transaction of another chain bans its sender at once, and what it sends then is not read', async () => {
  const { network, engine, peer } = await oneOfFour();
  const good = network.enrolment(1);
  const forged = { ...good, chainId: 'ab'.repeat(32) as never };
  engine.peers.receive(peer, encodeMessage({ transactions: [forged] }));
  await until(() => engine.peers.isBanned(peer));
  engine.peers.receive(peer, encodeMessage({ transactions: [good] }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(engine.finality(transactionId(good)), undefined);
  assert.equal(engine.peers.bansOf(peer), 1);
  assert.deepEqual(engine.peers.reasonsOf(peer), ['chain-id-wrong']);
  await network.stopAll();
});

test('one signature that does not hold is forgiven, since a key may just have changed; a flood of them is not', async () => {
  const { network, engine, peer } = await oneOfFour();
  const forged = (nonce: number) => ({ ...network.enrolment(1), nonce: nonce.toString(16).padStart(32, '0') });
  engine.peers.receive(peer, encodeMessage({ transactions: [forged(0)] }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(engine.peers.isBanned(peer), false);
  engine.peers.receive(
    peer,
    encodeMessage({ transactions: Array.from({ length: 100 }, (_, nonce) => forged(nonce + 1)) }),
  );
  await until(() => engine.peers.isBanned(peer));
  assert.equal(engine.pending().length, 0);
  await network.stopAll();
});

test('nonsense is counted, and bans when it goes on; a good sender is not touched by it', async () => {
  const { network, engine, peer } = await oneOfFour();
  engine.peers.receive(peer, utf8('{"transactions":1}'));
  assert.equal(engine.peers.isBanned(peer), false);
  engine.peers.receive(peer, utf8('\u0000'));
  await until(() => engine.peers.isBanned(peer));
  assert.equal(engine.peers.isBanned(network.member(2).organization), false);
  await network.stopAll();
});

test('messages and questions with one member too many, a wrong list, or too much in it are not read', () => {
  const parse = (value: unknown) => parseMessage(utf8(JSON.stringify(value)));
  const whole = { transactions: [], blocks: [], votes: [], heads: [], tips: [] };
  assert.notEqual(parse(whole), undefined);
  assert.equal(parse({ ...whole, more: 1 }), undefined);
  assert.equal(parse({ ...whole, tips: undefined }), undefined);
  assert.equal(parse({ ...whole, votes: {} }), undefined);
  assert.equal(parse({ ...whole, votes: [{}] }), undefined);
  assert.equal(
    parse({
      ...whole,
      tips: [
        { height: 1, hash: 'ab'.repeat(32) },
        { height: 1, hash: 'ab'.repeat(32) },
      ],
    }),
    undefined,
  );
  const ask = (value: unknown) => parseQuestion(utf8(JSON.stringify(value)));
  assert.notEqual(ask({ kind: 'head', nonce: 'ab'.repeat(32) }), undefined);
  assert.equal(ask({ kind: 'head', nonce: 'AB'.repeat(32) }), undefined);
  assert.equal(
    ask({ kind: 'chain', locator: Array.from({ length: 65 }, () => ({ height: 1, hash: 'ab'.repeat(32) })) }),
    undefined,
  );
  assert.equal(ask({ kind: 'else', nonce: 'ab'.repeat(32) }), undefined);
  assert.equal(ask(null), undefined);
});

test('heads over a nonce come from the members that answer', async () => {
  const network = new LocalNetwork(4);
  for (const index of [0, 1, 2]) await network.start(index);
  const heads = (await network.member(0).engine?.peers.headsOver('cd'.repeat(32))) ?? [];
  assert.deepEqual(
    heads.map(({ organization }) => organization).sort(),
    [0, 1, 2].map((index) => network.member(index).organization).sort(),
  );
  assert.ok(heads.every(({ nonce }) => nonce === 'cd'.repeat(32)));
  await network.stopAll();
});

test('transactions of a block that was given up wait again', async () => {
  const network = new LocalNetwork(4);
  // Cut off, the first makes a block that the other three never see.
  const alone = network.member(0).organization;
  network.reaches = (from, to) => from !== alone && to !== alone;
  await network.startAll();
  const lonely = network.enrolment(0);
  await network.member(0).engine?.submit(lonely);
  await until(() => network.member(0).engine?.finality(transactionId(lonely)) === 'included');
  const others = [1, 2, 3].map((index) => network.enrolment(index));
  for (const [index, one] of others.entries()) await network.member(index + 1).engine?.submit(one);
  await until(() => network.member(1).engine?.finality(transactionId(others[0] as never)) === 'final');
  network.reaches = () => true;
  for (const { engine } of network.members)
    await until(() => [lonely, ...others].every((one) => engine?.finality(transactionId(one)) === 'final'), 20_000);
  await network.stopAll();
});
