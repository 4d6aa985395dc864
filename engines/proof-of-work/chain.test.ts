import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainIdOf, headerHash } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { membersOf } from './chain.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { supportedBlocks } from './supported-blocks.ts';

const noVotes = () => false;

test('L72 three of four justify a block, two do not; a link to its direct child makes it final', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  made.link([1, 2], made.genesisPlace, first);
  assert.equal(first.isJustified, false);
  made.link([3], made.genesisPlace, first);
  assert.equal(first.isJustified, true);
  assert.equal((await made.chain.settle()).length, 0, 'justified is not final');
  const second = await made.grow(first);
  made.link([1, 2, 3], first, second);
  assert.deepEqual(
    (await made.chain.settle()).map(({ hash }) => hash),
    [first.hash],
  );
  assert.equal(made.chain.tree.final.height, 1);
  assert.equal(made.consensus.linkFrom(1)?.target.hash, second.hash);
});

test('L72 a link that skips a block makes nothing final', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const second = await made.grow(first);
  made.link([1, 2, 3], made.genesisPlace, second);
  assert.equal(second.isJustified, true);
  assert.equal(first.isJustified, false);
  assert.equal((await made.chain.settle()).length, 0);
  const third = await made.grow(second);
  made.link([0, 1, 3], second, third);
  assert.deepEqual(
    (await made.chain.settle()).map(({ block }) => block.header.height),
    [1, 2],
  );
});

test('votes for one target with different sources are not added up', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const second = await made.grow(first);
  made.link([1, 2], made.genesisPlace, second);
  made.link([3], first, second);
  assert.equal(second.isJustified, false);
});

test('the fork choice starts at the highest justified block, however long the other branch', async () => {
  const made = new MadeChain();
  const short = await made.grow(made.genesisPlace, 1);
  let long = await made.grow(made.genesisPlace, 2);
  for (let height = 2; height <= 5; height += 1) long = await made.grow(long, 2);
  assert.equal(made.chain.tree.head.hash, long.hash);
  made.link([1, 2, 3], made.genesisPlace, short);
  assert.equal(made.chain.tree.head.hash, short.hash);
  const child = await made.grow(short, 3);
  assert.equal(made.chain.tree.head.hash, child.hash);
});

test('what does not follow the final block is given up, and never taken again', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace, 1);
  const rival = await made.grow(made.genesisPlace, 2);
  const onRival = made.block(rival, 2);
  const second = await made.grow(first, 1);
  made.link([1, 2, 3], made.genesisPlace, first);
  made.link([1, 2, 3], first, second);
  await made.chain.settle();
  assert.equal(made.chain.tree.get(rival.hash), undefined);
  assert.equal(await made.chain.take(rival.block, noVotes), 'known');
  assert.equal(await made.chain.take(onRival, noVotes), 'orphan');
});

test('a vote that its member did not sign, of no member, or for another height is not counted', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const vote = made.vote(1, { source: made.genesisPlace, target: first });
  const { organization } = made.network.member(2);
  assert.equal(made.chain.addVote({ ...vote, organization }), 'invalid');
  assert.equal(made.chain.addVote({ ...vote, organization: 'ab'.repeat(16) as never }), 'invalid');
  assert.equal(made.chain.addVote({ ...vote, target: { ...vote.target, height: 2 } }), 'target-unknown');
  assert.equal(made.chain.addVote({ ...vote, chainId: 'ab'.repeat(32) as never }), 'invalid');
  assert.equal(made.chain.addVote(vote), 'counted');
  assert.equal(made.chain.addVote(vote), 'known');
});

test('L75 two votes that contradict each other are kept as evidence, and both still count where they point', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace, 1);
  const rival = await made.grow(made.genesisPlace, 2);
  made.link([3], made.genesisPlace, first);
  made.link([3], made.genesisPlace, rival);
  const [evidence] = made.consensus.evidence();
  assert.equal(evidence?.kind, 'double-vote');
  assert.equal(evidence?.first.organization, made.network.member(3).organization);
  made.link([1, 2], made.genesisPlace, rival);
  assert.equal(rival.isJustified, true);
});

test('a third block of one member at one height is taken only when it was asked for', async () => {
  const made = new MadeChain();
  for (const salt of [0, 1]) assert.equal(await made.chain.take(made.block(made.genesisPlace, 1, [], salt)), 'added');
  const third = made.block(made.genesisPlace, 1, [], 2);
  assert.equal(await made.chain.take(third), 'unwanted');
  assert.equal(await made.chain.take(third, noVotes), 'added');
});

test('however many blocks of one member are here, another that a third of the members voted for is taken when it was asked for', async () => {
  const made = new MadeChain();
  for (let salt = 0; salt < 8; salt += 1)
    assert.equal(await made.chain.take(made.block(made.genesisPlace, 1, [], salt), noVotes), 'added');
  const ninth = made.block(made.genesisPlace, 1, [], 8);
  assert.equal(await made.chain.take(ninth, noVotes), 'unwanted');
  const { genesis } = made.network;
  const set = membersOf(made.chain.tree.stateAfter(made.genesisPlace.hash));
  const votedBy = (members: readonly number[], verifier = nodeVerifier) => {
    const target = { height: 1, hash: headerHash(ninth.header) };
    const votes = members.map((member) => made.vote(member, { source: made.genesisPlace, target }));
    const mayStand = () => true;
    return supportedBlocks({ blocks: [ninth], votes, chainId: chainIdOf(genesis), set, verifier, mayStand });
  };
  assert.equal(await made.chain.take(ninth, votedBy([1])), 'unwanted', 'its own vote says nothing');
  assert.equal(await made.chain.take(ninth, votedBy([1, 1, 1])), 'unwanted', 'nor does it when it comes three times');
  assert.equal(await made.chain.take(ninth, votedBy([1, 2], { verify: () => false })), 'unwanted', 'nor forged ones');
  assert.equal(await made.chain.take(ninth, votedBy([1, 2])), 'added');
});

test('a member that has voted too often at a height is heard once more where a third of the members agree with it', async () => {
  const made = new MadeChain();
  const blocks = [];
  for (let salt = 0; salt < 5; salt += 1) blocks.push(await made.grow(made.genesisPlace, salt % 3, [], salt));
  const [last, ...others] = blocks;
  assert.ok(last !== undefined);
  for (const block of others) made.link([3], made.genesisPlace, block);
  const vote = made.vote(3, { source: made.genesisPlace, target: last });
  assert.equal(made.chain.addVote(vote), 'known', 'one too many');
  made.link([1, 2], made.genesisPlace, last);
  assert.equal(last.isJustified, false);
  assert.equal(made.chain.addVote(vote), 'counted');
  assert.equal(last.isJustified, true);
});

test('a vote for a block is one for all that it builds on', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const second = await made.grow(first);
  const third = await made.grow(second);
  const set = membersOf(made.chain.tree.stateAfter(made.genesisPlace.hash));
  const votes = [1, 2].map((member) => made.vote(member, { source: made.genesisPlace, target: second }));
  const blocks = [first, second, third].map(({ block }) => block);
  const chainId = chainIdOf(made.network.genesis);
  const mayStand = () => true;
  const isSupported = supportedBlocks({ blocks, votes, chainId, set, verifier: nodeVerifier, mayStand });
  assert.deepEqual(
    [first, second, third].map(({ hash }) => isSupported(hash)),
    [true, true, false],
  );
});

test('a block that another member has built on is taken too, while that member has not made too many there itself', async () => {
  const made = new MadeChain();
  const base = await made.grow(made.genesisPlace, 1);
  const own = await made.grow(base, 1);
  const others = await made.grow(own, 2);
  const top = await made.grow(others, 2);
  const set = membersOf(made.chain.tree.stateAfter(made.genesisPlace.hash));
  const blocks = [base, own, others, top].map(({ block }) => block);
  const chainId = chainIdOf(made.network.genesis);
  const supportWhen = (mayStand: boolean) =>
    supportedBlocks({ blocks, votes: [], chainId, set, verifier: nodeVerifier, mayStand: () => mayStand });
  const hashes = [base, own, others, top].map(({ hash }) => hash);
  assert.deepEqual(hashes.map(supportWhen(true)), [true, true, false, false]);
  assert.deepEqual(hashes.map(supportWhen(false)), [false, false, false, false]);
});

test('a block is hopeless when no quorum is left of those that have not voted higher on another branch', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const rival = await made.grow(made.genesisPlace, 1);
  const above = await made.grow(rival, 1);
  const set = membersOf(made.chain.tree.stateAfter(made.genesisPlace.hash));
  made.link([1], made.genesisPlace, above);
  assert.equal(made.chain.book.isHopeless(first, set), false);
  made.link([2], made.genesisPlace, above);
  assert.equal(made.chain.book.isHopeless(first, set), true);
  assert.equal(made.chain.book.isHopeless(above, set), false);
  assert.equal(made.chain.book.isHopeless({ height: 3, hash: '' }, set), false, 'they may vote above it again');
});

test('what was above the final block, and the own votes, are there again after a restart', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  made.now = first.time;
  assert.notEqual(made.voter.vote(), undefined);
  const again = new MadeChain();
  const { consensus } = made;
  for (const vote of consensus.ownVotes()) again.consensus.saveVote(vote, consensus.tipBlocks(), []);
  await again.chain.restore();
  assert.equal(again.chain.tree.head.hash, first.hash);
  assert.equal(again.chain.book.votesFor(first.hash).length, 1);
});

test('a block of next year is not taken, whatever its work', async () => {
  const made = new MadeChain();
  const later = made.block(made.genesisPlace, 1, [], 365 * 86_400_000);
  assert.equal(await made.chain.take(later, noVotes), 'unwanted');
});

test('one member cannot fill the tree with a row of its own', async () => {
  const made = new MadeChain();
  let head: { height: number; hash: string } = made.genesisPlace;
  for (let height = 1; height <= 64; height += 1) head = await made.grow(head, 3);
  assert.equal(await made.chain.take(made.block(head, 3)), 'unwanted');
  assert.equal(await made.chain.take(made.block(head, 2)), 'added');
});

test('a member that starts anew still knows why the source of its last vote is justified', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  made.link([1, 2, 3], made.genesisPlace, first);
  const second = await made.grow(first);
  made.now = second.time;
  assert.equal(made.voter.vote()?.source.hash, first.hash);
  const again = new MadeChain();
  const { consensus } = made;
  for (const vote of consensus.ownVotes())
    again.consensus.saveVote(vote, consensus.tipBlocks(), consensus.heardVotes());
  await again.chain.restore();
  assert.equal(again.chain.tree.justified.hash, first.hash);
});

test('a vote that comes when the link has enough already is kept with it as well', async () => {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const second = await made.grow(first);
  made.link([1, 2, 3], first, second);
  await made.chain.settle();
  assert.equal(made.consensus.linkFrom(1)?.signatures.length, 3);
  made.link([0], first, second);
  const third = await made.grow(second);
  made.link([1, 2, 3], second, third);
  await made.chain.settle();
  assert.equal(made.consensus.linkFrom(1)?.signatures.length, 4);
});
