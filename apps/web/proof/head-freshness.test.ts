import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Checkpoint } from '@clearchart/ledger';
import { browserVerifier } from './browser-verifier.ts';
import { storedMemory } from './chain-memory.ts';
import { followChain, type FollowedChain } from './follow-chain.ts';
import { askFreshness, type Freshness, judgeHeads, unbelieved } from './head-freshness.ts';
import { createTestChain, newcomer, type TestHospital } from './test-chain.fixture.ts';
import { checkpointOf, headerAt, headOf, votedSource } from './test-votes.fixture.ts';

const chain = createTestChain(4);
for (let block = 0; block < 5; block += 1) chain.enrol();
const [first, second, third, fourth] = chain.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital];
const nonce = '12'.repeat(32);
const now = chain.time;

const followTo = async (height: number): Promise<FollowedChain> => {
  const none = { getItem: () => null, setItem: () => undefined };
  const source = votedSource(chain, { height });
  const followed = await followChain({ source, memory: storedMemory(() => none), verifier: browserVerifier });
  assert.ok(followed.ok);
  return followed.chain;
};
const ours = await followTo(3);
const at = (height: number): Checkpoint => checkpointOf(headerAt(chain, height));
const says = (by: TestHospital, final = at(3), told: { nonce?: string; time?: number } = {}) =>
  headOf(chain, by, { final, nonce, time: now, ...told });
const namesIn = (freshness: Freshness): string[] => unbelieved(freshness).map(({ organization }) => organization);
const judged = (heads: unknown) => judgeHeads(heads, ours, { nonce, now }, browserVerifier);

test('L78 the newest block is fresh when more than two thirds answered over this browser’s own nonce', () => {
  const freshness = judged([says(first), says(second), says(third, at(2))]);
  assert.equal(freshness.verdict, 'fresh');
  assert.equal(freshness.members.length, 4);
  assert.deepEqual(
    new Map(freshness.heads.map(({ organization, height }) => [organization as string, height])),
    new Map<string, number>([
      [first.organization, 3],
      [second.organization, 3],
      [third.organization, 2],
    ]),
  );
  assert.ok(freshness.heads.every(({ isOurs }) => isOurs));
});

test('L78 with too few answers it is not confirmed, and nothing is said against the chain', () => {
  for (const third_ of [
    says(newcomer),
    says(second, at(3), { time: now - 1 }),
    says(third, at(3), { nonce: '34'.repeat(32) }),
    says(third, at(3), { time: now - 10_001 }),
    { ...(says(third) as object), final: at(4) },
    null,
  ])
    assert.equal(judged([says(first), says(second), third_]).verdict, 'unconfirmed');
  for (const nothing of [[], 'x', undefined]) assert.equal(judged(nothing).verdict, 'unconfirmed');
});

test('L78 a head is stale when a third of the members hold a later block; one of four is named and not believed', () => {
  assert.equal(judged([says(first), says(second), says(third, at(4)), says(fourth, at(4))]).verdict, 'stale');
  const far = { height: 1_000_000_000, hash: 'ab'.repeat(32) };
  const alone = judged([says(first), says(second), says(third), says(fourth, far)]);
  assert.equal(alone.verdict, 'fresh');
  assert.deepEqual(namesIn(alone), [fourth.organization]);
  assert.equal(judged([says(first), says(second), says(fourth, far)]).verdict, 'unconfirmed');
  assert.equal(judged([says(first), says(second), says(third), says(newcomer, at(4))]).verdict, 'fresh');
});

test('L78 a third that holds another block of a height that was followed here contradicts it; one of four is named', () => {
  for (const height of [2, 3]) {
    const other = { height, hash: 'ab'.repeat(32) };
    const two = [says(third, other), says(fourth, other)];
    assert.equal(judged([says(first), says(second), ...two]).verdict, 'contradicted');
    for (const own of [[], [says(fourth)]]) {
      const alone = judged([says(first), says(second), says(third), says(fourth, other), ...own]);
      assert.equal(alone.verdict, 'fresh');
      assert.deepEqual(namesIn(alone), [fourth.organization]);
    }
    assert.equal(judged([says(first), says(second), says(fourth, other)]).verdict, 'unconfirmed');
  }
});

function asked(heads: (nonce: string) => unknown, heights: readonly number[]) {
  const waits: number[] = [];
  let round = 0;
  const outcome = askFreshness({
    verifier: browserVerifier,
    followAnew: async () => ({ ok: true, chain: await followTo(heights[round++] ?? heights.at(-1) ?? 0) }),
    headers: async (from, to) => chain.blocks.slice(from - 1, to).map(({ header }) => header),
    heads: async (own) => heads(own),
    nonce: () => nonce,
    now: () => now,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  return { outcome, waits };
}

test('a block that became final while the members answered is followed, and does not count as stale', async () => {
  const { outcome, waits } = asked(() => [says(first, at(4)), says(second), says(third, at(4))], [3, 4]);
  const answer = await outcome;
  assert.ok(answer.ok);
  assert.deepEqual([answer.freshness.verdict, answer.freshness.height, waits.length], ['fresh', 4, 1]);
});

test('a server that keeps showing an older block than a member signs is found out', async () => {
  const { outcome, waits } = asked(() => [says(first, at(4)), says(second, at(4)), says(third)], [3]);
  const answer = await outcome;
  assert.ok(answer.ok);
  assert.deepEqual([answer.freshness.verdict, waits.length], ['stale', 3]);
});

test('the block of a member that is behind is looked for in the chain, also below what was walked in this visit', async () => {
  const later: FollowedChain = { ...ours, hashes: new Map([[3, ours.head.hash]]) };
  const judge = (final: Checkpoint, alsoBy: Checkpoint | undefined) =>
    askFreshness({
      verifier: browserVerifier,
      followAnew: async () => ({ ok: true, chain: later }),
      headers: async (from, to) => chain.blocks.slice(from - 1, to).map(({ header }) => header),
      heads: async () => [says(first), says(second), says(third, alsoBy), says(fourth, final)],
      nonce: () => nonce,
      now: () => now,
      wait: async () => undefined,
    });
  const verdictOf = async (final: Checkpoint, alsoBy?: Checkpoint) => {
    const outcome = await judge(final, alsoBy);
    return outcome.ok ? outcome.freshness.verdict : outcome.reason;
  };
  assert.equal(await verdictOf(at(1)), 'fresh');
  assert.equal(await verdictOf({ height: 0, hash: chain.chainId }), 'fresh');
  const other = { height: 1, hash: 'ab'.repeat(32) };
  assert.equal(await verdictOf(other), 'fresh', 'one alone is named, and not believed');
  assert.equal(await verdictOf(other, other), 'contradicted');
});

test('heads signed over an earlier question of somebody else answer nothing', async () => {
  const earlier = [first, second, third, fourth].map((by) => says(by, at(3), { nonce: 'ef'.repeat(32) }));
  const answer = await asked(() => earlier, [3]).outcome;
  assert.ok(answer.ok);
  assert.deepEqual([answer.freshness.verdict, answer.freshness.heads.length], ['unconfirmed', 0]);
});
