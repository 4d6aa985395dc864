import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex } from '@clearchart/crypto';
import { type Block, type TransactionId, headerHash, transactionId } from '@clearchart/ledger';
import type { People } from '../people.ts';
import type { SimulatedMember } from '../simulated-member.ts';
import { chanceOfWrong, growChain } from './grown-chain.fixture.ts';
import { Checkers } from './index.ts';

/** Checkers that have seen nothing yet, and a member that has a short chain. */
async function setting() {
  const { blocks, genesis, hospital, member } = await growChain();
  const told = new Set<TransactionId>();
  const bad = new Set<TransactionId>();
  const people = { told, bad } as unknown as People;
  const checkers = new Checkers(
    genesis,
    chanceOfWrong(false),
    people,
    () => hospital.key,
    () => undefined,
  );
  const news = new Map<string, Block>(blocks.map((block) => [headerHash(block.header), block]));
  const ids = blocks.flatMap(({ transactions }) => transactions.map(transactionId));
  const look = (one: SimulatedMember = member) => checkers.look(one, news);
  return { checkers, told, bad, member, news, ids, look };
}

test('a member that is in order is', async () => {
  const { checkers, told, member, ids, look } = await setting();
  for (const id of ids) told.add(id);
  await look();
  await checkers.lookAtStored(member);
  checkers.lookAtEnd([member]);
  assert.equal(checkers.reference.height, 3);
});

test('what somebody was told is final and no member has in the end is found', async () => {
  const { checkers, told, member, look } = await setting();
  told.add('f'.repeat(64) as TransactionId);
  await look();
  assert.throws(() => checkers.lookAtEnd([member]), /A transaction was said to be final and is lost/);
});

test('a bad transaction in a final block is found', async () => {
  const { bad, ids, look } = await setting();
  bad.add(ids[1] as TransactionId);
  await assert.rejects(look(), /A bad transaction became final/);
});

test('a state that is shorter than it was is found, unless the disks were lost', async () => {
  const { checkers, member, look } = await setting();
  await look();
  member.file.headers.pop();
  member.file.root = fromHex(checkers.reference.roots[1] ?? '');
  await assert.rejects(look(), /Block 3 was acknowledged and is not in the state/);
  checkers.forget(member);
  await look();
});

test('a block that is in the state and nowhere on the disk is found', async () => {
  const { member, news, look } = await setting();
  news.clear();
  member.disk.wipe();
  await assert.rejects(look(), /Block 1 is in the state and not on disk/);
});
