import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRejection } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import type { Draft } from './draft.ts';
import { DraftQueue } from './draft-queue.ts';
import { LINGER_MS, PARENT_WAIT_MS, PLACED_AT_ONCE, TREE_BYTES, TURN_MS } from './limits.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { Mempool } from './mempool.ts';
import { Pool } from './pool.ts';
import { Producer } from './producer.ts';
import { inlineMiner } from './test-ledger.fixture.ts';
import { admit, waitingOf } from './waiting.fixture.ts';

const LARGE = new Uint8Array(4 * 1024 * 1024);

/** Member 0 with one transaction that waits; its timers are run by hand. */
function producerOf(
  made: MadeChain,
  { hasKey = true, isQuorumThere = true, isWithheld = false, miner = inlineMiner() } = {},
) {
  const { consensus, organization, signer } = made.network.member(0);
  const { chain, network } = made;
  const { genesis } = network;
  const due: (() => void)[] = [];
  const delays: number[] = [];
  const after = (delay: number, act: () => void) => (delays.push(delay), due.push(act), () => undefined);
  const clock = { now: () => made.now, after };
  const drafts = new DraftQueue({
    genesis,
    head: chain.tree.head,
    base: chain.tree.stateAfter(chain.tree.head.hash),
    finalHeight: () => chain.tree.final.height,
    clock,
    checkSignature: ({ publicKey, message, signature }) => nodeVerifier.verify(publicKey, message, signature),
    onDropped: () => undefined,
  });
  const mempool = new Mempool();
  const pool = new Pool({ chain, mempool, drafts });
  const waiting = waitingOf(network.enrolment(0));
  assert.ok(!isRejection(admit(drafts, waiting)));
  mempool.add(waiting);
  const taken: Draft[] = [];
  const faults: Error[] = [];
  const producer = new Producer({
    genesis,
    proposer: { organization, signerFor: () => (hasKey ? signer : undefined) },
    chain,
    consensus,
    drafts,
    miner,
    clock,
    isWished: () => false,
    hasWaiting: () => mempool.size > 0,
    isWithheldFrom: () => isWithheld,
    isQuorumThere: () => isQuorumThere,
    rebuild: (isEmptyFirst) => pool.rebuild(isEmptyFirst),
    take: async (made_, draft) => {
      taken.push(draft);
      producer.stop();
      assert.equal(made_.block.transactions.length, draft.waiting.length);
    },
    onFault: (error) => {
      faults.push(error);
      producer.stop();
    },
  });
  const run = async () => {
    producer.wake();
    made.now += 120_000;
    for (const act of due.splice(0)) act();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await producer.close();
  };
  return { run, producer, due, delays, drafts, mempool, pool, taken, faults };
}

async function withLargeOwnBlocks(count: number) {
  const made = new MadeChain();
  made.now = Date.now();
  let head = await made.grow(made.genesisPlace, 1, [], made.now - made.network.genesis.createdAt);
  for (let own = 0; own < count; own += 1) {
    const added = await made.chain.check(made.block(head, 0, [made.network.enrolment(0)]));
    if (isRejection(added)) throw new Error(added.code);
    head = made.chain.add({ ...added, bytes: LARGE });
  }
  return made;
}

const SHARE = TREE_BYTES / 4 / LARGE.length;

test('what waits goes into a block', async () => {
  const { run, taken } = producerOf(await withLargeOwnBlocks(1));
  await run();
  assert.deepEqual(
    taken.map(({ waiting }) => waiting.length),
    [1],
  );
});

test('a member whose share of the room is used up makes empty blocks while some are not final; what waits stays', async () => {
  const { run, taken, drafts, mempool } = producerOf(await withLargeOwnBlocks(SHARE));
  await run();
  assert.deepEqual(
    taken.map(({ waiting }) => waiting.length),
    [0],
  );
  assert.equal(mempool.size, 1);
  // The empty block is the head now: what waits is in the next one.
  const [empty] = taken;
  drafts.advance(
    { height: empty?.height ?? 0, hash: 'ab'.repeat(32), time: empty?.time ?? 0 },
    empty?.ahead() as never,
  );
  assert.equal(drafts.first?.waiting.length, 1);
});

test('half of its share is left for when enough members are there', async () => {
  const made = await withLargeOwnBlocks(SHARE / 2);
  const without = producerOf(made, { isQuorumThere: false });
  await without.run();
  assert.equal(without.taken.length, 0);
  const withQuorum = producerOf(made);
  await withQuorum.run();
  assert.equal(withQuorum.taken.length, 1);
});

test('a node that does not hold the key its organization has on the ledger makes no block, and goes on', async () => {
  const { run, taken, faults } = producerOf(await withLargeOwnBlocks(1), { hasKey: false });
  await run();
  assert.equal(taken.length, 0);
  assert.deepEqual(faults, []);
});

test('a search that was ended since the head had gone is no fault when the head is back before it ends', async () => {
  const made = await withLargeOwnBlocks(0);
  const base = made.chain.tree.head;
  const own = await made.grow(base, 0);
  let end: (nonce: string | undefined) => void = () => undefined;
  const search = () => new Promise<string | undefined>((resolve) => (end = resolve));
  const { producer, due, faults } = producerOf(made, { miner: { ...inlineMiner(), search } });
  producer.wake();
  made.now += 5_000;
  for (const act of due.splice(0)) act();
  let other = await made.grow(base, 2);
  for (let count = 0; count < 2; count += 1) other = await made.grow(other, 2);
  assert.equal(made.chain.tree.head.hash, other.hash);
  producer.wake();
  made.link([1, 2, 3], made.genesisPlace, own);
  assert.equal(made.chain.tree.head.hash, own.hash);
  end(undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(faults, []);
  const closing = producer.close();
  end(undefined);
  await closing;
});

/** Four slices of what waits, of which one is placed. */
function withMuchWaiting() {
  const made = new MadeChain(2_000);
  made.now = Date.now();
  const all = producerOf(made);
  const { head } = made.chain.tree;
  const waiting = Array.from({ length: 4 * PLACED_AT_ONCE }, () => waitingOf(made.network.enrolment(0)));
  all.drafts.rebuild(head, made.chain.tree.stateAfter(head.hash), waiting);
  all.producer.wake();
  made.now += 1_000;
  for (const act of all.due.splice(0)) act();
  return { waiting, ...all };
}

test('a block is made of all that it will hold, with a turn of the loop of events between the slices', async () => {
  const { due, producer, taken, waiting } = withMuchWaiting();
  let turns = 0;
  for (; taken.length === 0 && turns < 20; turns += 1) {
    for (const act of due.splice(0)) act();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal(taken[0]?.waiting.length, waiting.length);
  assert.ok(turns >= 2, `${turns} turns`);
  await producer.close();
});

test('one that closes between two slices waits for no timer', async () => {
  const { due, producer, taken } = withMuchWaiting();
  assert.equal(due.length, 1, 'it waits for the next slice');
  await producer.close();
  assert.equal(taken.length, 0);
});

/** A head of member 1 at height 1, on which member 0 has the second turn. */
async function withHead(options: Parameters<typeof producerOf>[1] = {}) {
  const made = new MadeChain();
  made.now = Date.now();
  const head = await made.grow(made.genesisPlace, 1, [], made.now - made.network.genesis.createdAt);
  return { made, head, ...producerOf(made, options) };
}

test('turns count from when the head is justified: all have waited for that, and would begin at once', async () => {
  const { made, head, producer, delays } = await withHead();
  producer.wake();
  made.now += 700;
  made.link([1, 2, 3], made.genesisPlace, head);
  producer.wake();
  assert.deepEqual(delays, [PARENT_WAIT_MS + TURN_MS, TURN_MS]);
  await producer.close();
});

test('a head that this member gives no vote, as it leaves something out, is not waited for', async () => {
  const { producer, delays } = await withHead({ isWithheld: true });
  producer.wake();
  assert.deepEqual(delays, [TURN_MS + LINGER_MS]);
  await producer.close();
});

test('when rivals have shared the votes time and again, the next block waits no longer than for the first', async () => {
  const made = new MadeChain();
  made.now = Date.now();
  let head = await made.grow(made.genesisPlace, 1, [], made.now - made.network.genesis.createdAt);
  for (let height = 2; height <= 7; height += 1) {
    const rivals = [];
    for (const member of [1, 2, 3]) rivals.push(await made.grow(head, member));
    for (const [index, rival] of rivals.entries()) made.link([index + 1], made.genesisPlace, rival);
    head = rivals.find(({ hash }) => hash === made.chain.tree.head.hash) ?? head;
  }
  made.now = head.time;
  const { producer, delays } = producerOf(made);
  producer.wake();
  assert.ok((delays[0] ?? 0) <= PARENT_WAIT_MS + 3 * TURN_MS, String(delays));
  await producer.close();
});
