import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import { type PublicKey, type Transaction, signTransaction, transactionId } from '@clearchart/ledger';
import { createSigner } from '@clearchart/node-crypto';
import { MadeChain } from './made-chain.fixture.ts';
import { seededBytes } from './test-ledger.fixture.ts';
import { turnOf } from './voter.ts';
import { waitingOf } from './waiting.fixture.ts';

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
  made.consensus.saveVote(made.vote(0, { source: first, target: second }), [], []);
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

test('L79 a block whose time is more than ten seconds from the own clock gets no vote, on either side', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  for (const away of [-10_001, 10_001]) {
    made.now = first.time + away;
    assert.equal(made.voter.vote(), undefined);
  }
  made.now = first.time + 10_000;
  assert.notEqual(made.voter.vote(), undefined);
});

test('L80 a head that leaves out what was held for five blocks gets no vote, unless it had no room or the ledger refuses it', async () => {
  const made = new MadeChain();
  const transaction = made.network.enrolment(3);
  made.now = transaction.validUntil - 3_600_000;
  const held = waitingOf(transaction);
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

test('what a head leaves out is told to the others once for that head, all that was held long enough', async () => {
  const made = new MadeChain();
  const told: string[][] = [];
  made.onOmitted = (transactions) => told.push(transactions.map(transactionId));
  const held = [3, 2].map((member) => made.network.enrolment(member));
  made.now = (held[0] as Transaction).validUntil - 3_600_000;
  let head = await made.grow(made.genesisPlace, 1, [], made.now - made.network.genesis.createdAt);
  for (let height = 2; height <= 5; height += 1) head = await made.grow(head, 1);
  for (const transaction of held) made.waiting.push(waitingOf(transaction));
  assert.equal(made.voter.vote(), undefined);
  assert.equal(made.voter.vote(), undefined);
  assert.deepEqual(told, [held.map(transactionId)]);
});

test('members take turns by height, each once in as many heights as there are members', () => {
  const set = { members: ['a', 'b', 'c'].map((organization) => ({ organization, publicKey: '' })) } as never;
  const turns = [4, 5, 6].map((height) => ['a', 'b', 'c'].map((one) => turnOf(set, one, height)));
  for (const row of turns) assert.deepEqual(new Set(row), new Set([0, 1, 2]));
  assert.equal(new Set(turns.map((row) => row.indexOf(0))).size, 3);
  assert.equal(turnOf(set, 'd', 4), undefined);
});

test('a vote of its own that only the others know binds a member too', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace, 1);
  made.link([0], made.genesisPlace, first);
  let rival = await made.grow(made.genesisPlace, 2);
  for (let salt = 1; rival.hash > first.hash; salt += 1) rival = await made.grow(made.genesisPlace, 2, [], salt);
  made.now = rival.time;
  assert.equal(made.voter.vote(), undefined);
});

/** A chain in which a new key is decided, and a block on it that puts the decision in force. */
async function withActivation() {
  const made = new MadeChain();
  const { organization, signer } = made.network.member(1);
  const newKey = createSigner(seededBytes('the new key'));
  const own = { signer: organization, role: 'organization', key: signer } as const;
  const possession = { signer: organization, role: 'new-key', key: newKey } as const;
  const body = { organization, publicKey: toHex(newKey.publicKey) as PublicKey };
  const rotation = signTransaction(made.draft('rotate-organization-key', body), [own, possession]);
  const activation = signTransaction(made.draft('activate-members', { organization }), [{ ...own, key: newKey }]);
  const decided = await made.grow(made.genesisPlace, 2, [rotation]);
  const activated = await made.grow(decided, 2, [activation]);
  return { made, decided, activated };
}

test('L81 a change of members is not put in force, nor built on, before the decision for it is final', async () => {
  const { made, decided, activated } = await withActivation();
  const above = await made.grow(activated, 3);
  made.now = above.time;
  assert.equal(made.chain.tree.head.hash, decided.hash, 'nobody builds on what nobody votes for');
  assert.equal(made.voter.vote()?.target.hash, decided.hash);
  made.link([1, 2, 3], made.genesisPlace, decided);
  assert.equal(made.chain.tree.head.hash, decided.hash, 'justified is not enough');
  const beside = await made.grow(decided, 1);
  made.link([1, 2, 3], decided, beside);
  await made.chain.settle();
  assert.equal(
    made.chain.tree.head.hash,
    beside.hash,
    'the decision is final, but in a chain that others have justified further',
  );
});

test('L81 when the decision is final, the block that puts it in force is the head again, and gets its vote', async () => {
  const { made, decided, activated } = await withActivation();
  made.now = activated.time;
  made.link([1, 2, 3], made.genesisPlace, decided);
  assert.equal(made.voter.vote()?.target.hash, decided.hash);
  made.link([1, 2, 3], decided, activated);
  await made.chain.settle();
  assert.equal(made.voter.vote()?.target.hash, activated.hash);
});
