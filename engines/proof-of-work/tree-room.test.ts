import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerHash, isRejection, type Transaction } from '@clearchart/ledger';
import type { TreeBlock } from './block-tree.ts';
import { TREE_BYTES } from './limits.ts';
import { MadeChain } from './made-chain.fixture.ts';

const MIB = 1024 * 1024;
/** As large as a block of a founded network may be. The checks have read the true bytes; room is counted by these. */
const LARGE = new Uint8Array(4 * MIB);
const noVotes = () => false;

async function growLarge(made: MadeChain, parent: TreeBlock, proposer: number, from = proposer): Promise<TreeBlock> {
  const added = await made.chain.check(made.block(parent, proposer, [made.network.enrolment(proposer)]));
  if (isRejection(added)) throw new Error(added.code);
  return made.chain.add({ ...added, bytes: LARGE }, made.network.member(from).organization);
}

/** Enrolments last for an hour, so the blocks are of now. */
async function atNow() {
  const made = new MadeChain();
  made.now = Date.now();
  const first = await made.grow(made.genesisPlace, 0, [], made.now - made.network.genesis.createdAt);
  return { made, first };
}

const write = (made: MadeChain, member: number): Transaction[] => [made.network.enrolment(member)];

test('large blocks of one member fill its share alone; the others go on, and what it made becomes final', async () => {
  const { made, first } = await atNow();
  let filler = first;
  const share = TREE_BYTES / 4 / LARGE.length;
  for (let count = 0; count < share; count += 1) filler = await growLarge(made, filler, 3);
  assert.equal(await made.take(made.block(filler, 3, write(made, 3))), 'unwanted');
  assert.equal(await made.take(made.block(filler, 3, write(made, 3)), noVotes), 'unwanted', 'asked for or not');
  const child = made.block(filler, 1, write(made, 1));
  assert.equal(await made.take(child), 'added');
  made.link([0, 1, 2], made.genesisPlace, filler);
  made.link([0, 1, 2], filler, made.chain.tree.get(headerHash(child.header)) as TreeBlock);
  assert.equal((await made.chain.settle()).length, share + 1);
});

test('when every share is full of large blocks, empty ones are taken still: votes need something to gather on', async () => {
  const { made, first } = await atNow();
  let head = first;
  for (const member of [0, 1, 2, 3])
    for (let count = 0; count < TREE_BYTES / 4 / LARGE.length; count += 1) head = await growLarge(made, head, member);
  for (const member of [1, 2]) {
    assert.equal(await made.take(made.block(head, member, write(made, member))), 'unwanted');
    assert.equal(await made.take(made.block(head, member)), 'added');
  }
});

test('whatever a member has shown of its own, a block of its that another stands on is taken from that one, with what follows', async () => {
  const made = new MadeChain();
  for (let salt = 0; salt < 8; salt += 1)
    assert.equal(await made.take(made.block(made.genesisPlace, 3, [], salt), noVotes), 'added');
  const ninth = made.block(made.genesisPlace, 3, [], 8);
  assert.equal(await made.take(ninth, noVotes), 'unwanted');
  assert.equal(await made.take(ninth, noVotes, 1), 'added');
  const child = made.block({ height: 1, hash: headerHash(ninth.header) }, 1);
  assert.equal(await made.take(child), 'added');
});

test('members that a bad one has shown different chains up to its share come together on one', async () => {
  const { made, first } = await atNow();
  let filler = first;
  for (let count = 0; count < TREE_BYTES / 4 / LARGE.length; count += 1) filler = await growLarge(made, filler, 3);
  let other = made.block(first, 3, write(made, 3), 7);
  assert.equal(await made.take(other, noVotes), 'unwanted');
  for (let count = 0; count < 3; count += 1) {
    assert.equal(await made.take(other, noVotes, 2), 'added');
    other = made.block({ height: other.header.height, hash: headerHash(other.header) }, 3, write(made, 3));
  }
});

test('what one member brings of others has a limit too, and what honest members voted for passes it', async () => {
  const { made, first } = await atNow();
  let head = first;
  for (let count = 0; count < TREE_BYTES / LARGE.length; count += 1) head = await growLarge(made, head, 1, 3);
  const next = made.block(head, 1, write(made, 1));
  assert.equal(await made.take(next, noVotes, 3), 'unwanted');
  assert.equal(await made.take(next, () => true, 3), 'added');
  assert.equal(await made.take(made.block(head, 2, write(made, 2)), undefined, 2), 'added');
});
