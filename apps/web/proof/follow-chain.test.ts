import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genesisMembers, headerHash, MEMBERS_KEY } from '@clearchart/ledger';
import { createTestChain, type TestChain } from './test-chain.fixture.ts';
import { admitNewcomer, headerAt } from './test-votes.fixture.ts';
import { browserVerifier } from './browser-verifier.ts';
import { type ChainMemory, storedMemory } from './chain-memory.ts';
import { type ChainSource, followChain } from './follow-chain.ts';
import { decidedBy, toldChanges } from './member-changes.ts';

/** An empty browser. */
function freshMemory(): ChainMemory {
  const values = new Map<string, string>();
  return storedMemory(() => ({
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  }));
}

function sourceOf(chain: TestChain, change: (headers: unknown[]) => unknown[] = (headers) => headers): ChainSource {
  return {
    founding: async () => ({ genesis: chain.genesis, memberChanges: [] }),
    headers: async (from, limit) => ({
      headers: change(chain.blocks.slice(from - 1, from - 1 + limit).map(({ header }) => header)),
      height: chain.blocks.length,
      votes: [],
    }),
  };
}

function chainOf(blocks: number, name = 'a'): TestChain {
  const chain = createTestChain();
  // Another number of names gives another history of the same founding file.
  if (name !== 'a') chain.pseudonym();
  for (let block = 0; block < blocks; block++) chain.enrol();
  return chain;
}

const follow = (source: ChainSource, memory: ChainMemory) => followChain({ source, memory, verifier: browserVerifier });

test('a first visit walks from the founding file to the newest header and keeps both', async () => {
  const chain = chainOf(5);
  const memory = freshMemory();
  const followed = await follow(sourceOf(chain), memory);
  assert.ok(followed.ok);
  assert.equal(followed.chain.walked, 5);
  assert.equal(memory.pinnedChain(), chain.chainId);
  assert.equal(memory.kept(chain.chainId)?.height, 5);
});

test('a later visit walks only what is new', async () => {
  const chain = chainOf(3);
  const memory = freshMemory();
  await follow(sourceOf(chain), memory);
  chain.enrol();
  const followed = await follow(sourceOf(chain), memory);
  assert.ok(followed.ok);
  assert.deepEqual([followed.chain.startedFrom, followed.chain.walked], [3, 1]);
});

test('a history mined anew from the second block is refused, even when it is longer', async () => {
  const memory = freshMemory();
  await follow(sourceOf(chainOf(4)), memory);
  const followed = await follow(sourceOf(chainOf(6, 'b')), memory);
  assert.deepEqual(followed, { ok: false, reason: 'does-not-extend' });
  assert.equal(memory.kept(chainOf(0).chainId)?.height, 4, 'what was kept stays');
});

test('a history that is shorter than the one kept is refused', async () => {
  const memory = freshMemory();
  await follow(sourceOf(chainOf(4)), memory);
  assert.deepEqual(await follow(sourceOf(chainOf(3)), memory), { ok: false, reason: 'shorter-history' });
});

test('another founding file is another chain, whatever its height', async () => {
  const memory = freshMemory();
  memory.pin('f'.repeat(64));
  assert.deepEqual(await follow(sourceOf(chainOf(2)), memory), { ok: false, reason: 'other-chain' });
});

test('a header that is left out, changed, signed by another key or without work is refused', async () => {
  const chain = chainOf(4);
  const broken = (change: (headers: Record<string, unknown>[]) => unknown[]) =>
    follow(
      sourceOf(chain, (headers) => change(headers as Record<string, unknown>[])),
      freshMemory(),
    );
  const edit = (at: number, part: object) => (headers: Record<string, unknown>[]) =>
    headers.map((header, index) => (index === at ? { ...header, ...part } : header));
  assert.deepEqual(await broken((headers) => headers.filter((_, at) => at !== 1)), {
    ok: false,
    reason: 'broken-link',
  });
  assert.deepEqual(await broken(edit(1, { nonce: 'f'.repeat(16) })), { ok: false, reason: 'wrong-work' });
  assert.deepEqual(await broken(edit(0, { target: 'f'.repeat(64) })), { ok: false, reason: 'wrong-work' });
  assert.deepEqual(await broken(() => ['no header']), { ok: false, reason: 'malformed' });
});

test('a block whose signature is not by the member it names is refused', async () => {
  const chain = chainOf(2);
  const verifier = {
    ...browserVerifier,
    verifyMany: async (checks: readonly unknown[]) => checks.map((_, at) => at !== 1),
  };
  const followed = await followChain({ source: sourceOf(chain), memory: freshMemory(), verifier });
  assert.deepEqual(followed, { ok: false, reason: 'wrong-signature' });
});

test('a decision on other members counts in its own header, proved under its state root', () => {
  const chain = chainOf(1);
  const known = genesisMembers(chain.genesis);
  const change = admitNewcomer(chain, chain.hospitals);
  const { header, stateProof } = change;
  const decided = (changes: readonly unknown[], hash = headerHash(header)) =>
    decidedBy(hash, known, toldChanges(changes), chain.chainId, browserVerifier);
  assert.deepEqual(decided([change]), chain.valueOf(MEMBERS_KEY));
  assert.deepEqual(decided([]), known);
  assert.deepEqual(decided([null, 'x', { header: 1 }]), known);
  assert.deepEqual(decided([change], headerHash(headerAt(chain, 1))), known, 'of another header');
  const more = { ...stateProof, value: { members: [] } };
  assert.equal(decided([{ ...change, stateProof: more }]), undefined, 'another value');
  assert.equal(decided([{ ...change, stateProof: { ...stateProof, key: 'replay' } }]), undefined, 'another key');
});

test('the browser’s verifier agrees with the node’s, one by one and many at once', async () => {
  const chain = chainOf(1);
  const message = new TextEncoder().encode('sealed');
  const signature = chain.signer.sign(message);
  const bent = signature.slice();
  bent[3] = (bent[3] ?? 0) ^ 1;
  const checks = [signature, bent, signature.slice(1)].map((one) => ({
    publicKey: chain.signer.publicKey,
    message,
    signature: one,
  }));
  assert.deepEqual(
    checks.map((check) => browserVerifier.verify(check.publicKey, check.message, check.signature)),
    [true, false, false],
  );
  assert.deepEqual(await browserVerifier.verifyMany(checks), [true, false, false]);
});
