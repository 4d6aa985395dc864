import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeTransaction, transactionId } from '@clearchart/ledger';
import { MadeChain } from './made-chain.fixture.ts';
import { turnOf } from './voter.ts';

test('L74 a member votes from the highest justified block to its head, once a height, and the vote is kept first', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  made.now = first.time;
  const vote = made.voter.vote();
  assert.deepEqual(vote?.source, made.genesisPlace);
  assert.equal(vote?.target.hash, first.hash);
  assert.deepEqual(made.consensus.ownVotes(), [vote]);
  assert.deepEqual(
    made.consensus.tipBlocks().map(({ hash }) => hash),
    [first.hash],
  );
  assert.equal(made.voter.vote(), undefined, 'never twice');
});

test('L74 never for a second block of a height, even when that becomes the head', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace, 1);
  made.now = first.time;
  made.voter.vote();
  let rival = await made.grow(made.genesisPlace, 2);
  for (let salt = 1; rival.hash > first.hash; salt += 1) rival = await made.grow(made.genesisPlace, 2, [], salt);
  assert.equal(made.chain.tree.head.hash, rival.hash);
  assert.equal(made.voter.vote(), undefined);
});

test('L74 never with a source below the last: a vote around another is what that would be', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const second = await made.grow(first);
  made.consensus.saveVote(made.vote(0, { source: first, target: second }), []);
  const third = await made.grow(second);
  made.now = third.time;
  assert.equal(made.voter.vote(), undefined, 'the highest justified block here is the genesis file');
  made.link([1, 2, 3], made.genesisPlace, first);
  assert.equal(made.voter.vote()?.target.hash, third.hash);
});

test('a member that does not know how it voted does not vote', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  made.now = first.time;
  made.consensus.knowsOwnVotes = false;
  assert.equal(made.voter.vote(), undefined);
  made.consensus.remember([]);
  assert.notEqual(made.voter.vote(), undefined);
});

test('a block whose time is more than ten seconds from the own clock gets no vote, on either side', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  for (const away of [-10_001, 10_001]) {
    made.now = first.time + away;
    assert.equal(made.voter.vote(), undefined);
  }
  made.now = first.time + 10_000;
  assert.notEqual(made.voter.vote(), undefined);
});

test('a head that leaves out what was held for five blocks gets no vote, unless it had no room or the ledger refuses it', async () => {
  const made = new MadeChain();
  const transaction = made.network.enrolment(3);
  made.now = transaction.validUntil - 3_600_000;
  const bytes = encodeTransaction(transaction).length;
  const held = { id: transactionId(transaction), transaction, bytes, heldSince: 0 };
  // Blocks of a few minutes ago, so that the transaction is not too far ahead.
  let head = await made.grow(made.genesisPlace, 1, [], made.now - made.network.genesis.createdAt);
  for (let height = 2; height <= 4; height += 1) head = await made.grow(head, 1);
  made.waiting.push(held);
  assert.equal(made.voter.vote()?.target.height, 4, 'held for four blocks');
  head = await made.grow(head, 1);
  assert.equal(made.voter.vote(), undefined, 'held for five');
  made.waiting[0] = { ...held, bytes: 2 ** 30 };
  assert.equal(made.voter.vote()?.target.height, 5, 'it would not have fitted');
  made.waiting[0] = held;
  head = await made.grow(head, 1, [transaction]);
  made.waiting.length = 0;
  assert.equal(made.voter.vote()?.target.height, 6);
});

test('members take turns by height, each once in as many heights as there are members', () => {
  const set = { members: ['a', 'b', 'c'].map((organization) => ({ organization, publicKey: '' })) } as never;
  const turns = [4, 5, 6].map((height) => ['a', 'b', 'c'].map((one) => turnOf(set, one, height)));
  for (const row of turns) assert.deepEqual([...row].sort(), [0, 1, 2]);
  assert.deepEqual(turns.map((row) => row.indexOf(0)).sort(), [0, 1, 2]);
  assert.equal(turnOf(set, 'd', 4), undefined);
});
