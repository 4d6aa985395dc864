import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MEMBERS_KEY, proveState } from '@clearchart/ledger';
import { createTestChain, type TestChain } from './test-chain.fixture.ts';
import { browserVerifier } from './browser-verifier.ts';
import { type ChainMemory, storedMemory } from './chain-memory.ts';
import { type ChainSource, followChain } from './follow-chain.ts';
import { membersAfter } from './member-changes.ts';

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

test('a changed member set is believed only under the header whose state shows it', () => {
  const chain = chainOf(1);
  const header = chain.blocks[0]?.header;
  assert.ok(header);
  const stateProof = proveState(chain.state, chain.state.root, MEMBERS_KEY, chain.valueOf(MEMBERS_KEY));
  chain.enrol();
  const later = chain.blocks[1]?.header;
  assert.ok(later);
  assert.deepEqual(membersAfter(header, [{ header, votes: [], stateProof }]), chain.valueOf(MEMBERS_KEY));
  assert.equal(membersAfter(later, [{ header, votes: [], stateProof }]), undefined, 'of another header');
  assert.equal(membersAfter(later, [{ header: later, votes: [], stateProof }]), undefined, 'not under its state root');
  const more = { ...stateProof, value: { members: [] } };
  assert.equal(membersAfter(header, [{ header, votes: [], stateProof: more }]), undefined, 'another value');
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
