import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelledHash, toHex } from '@clearchart/crypto';
import {
  chainIdOf,
  encodeCanonical,
  genesisState,
  isRejection,
  memberSetHash,
  MEMBERS_KEY,
  organizationKey,
  parseGenesis,
} from './index.ts';
import { createTestChain, MemoryState } from './test-chain.fixture.ts';

const { genesis, organization, otherOrganization } = createTestChain(2);

function codeOf(value: unknown): string {
  const outcome = parseGenesis(encodeCanonical(value));
  return isRejection(outcome) ? outcome.code : 'read';
}

test('L29 the chain id is the labelled hash of the file, and every member of the file counts', () => {
  assert.equal(chainIdOf(genesis), toHex(labelledHash('clearchart/genesis/v0', encodeCanonical(genesis))));
  const others = [
    { createdAt: genesis.createdAt + 1 },
    { salt: 'ab'.repeat(32) },
    { target: 'f'.repeat(64) },
    { members: genesis.members.slice(1) },
    { limits: { ...genesis.limits, blockBytes: 2048 } },
  ];
  const ids = others.map((changed) => chainIdOf({ ...genesis, ...changed } as typeof genesis));
  assert.equal(new Set([chainIdOf(genesis), ...ids]).size, others.length + 1);
});

test('L29 a founding file keeps to its shape', () => {
  const [first, second] = genesis.members as [(typeof genesis.members)[0], (typeof genesis.members)[0]];
  const named = (name: string) => ({ ...genesis, members: [{ ...first, name }] });
  assert.equal(codeOf(genesis), 'read');
  assert.equal(codeOf(named('ü'.repeat(200))), 'read');
  for (const other of [
    { ...genesis, version: 2 },
    { ...genesis, engine: 'proof-of-stake' },
    { ...genesis, note: 'x' },
    { ...genesis, members: [] },
    { ...genesis, members: [first, { ...second, organization: first.organization }] },
    { ...genesis, limits: { transactionsPerBlock: 0, blockBytes: 1024 } },
    { ...genesis, limits: { transactionsPerBlock: 1, blockBytes: 1023 } },
    named(''),
    named('x'.repeat(201)),
    named('x'.repeat(300_000)),
  ]) {
    assert.equal(codeOf(other), 'shape-invalid');
  }
});

test('L15 L29 a key that must not be registered founds nothing, and no two members share one', () => {
  const [first, second] = genesis.members as [(typeof genesis.members)[0], (typeof genesis.members)[0]];
  assert.equal(codeOf({ ...genesis, members: [{ ...first, publicKey: `01${'0'.repeat(62)}` }] }), 'key-invalid');
  assert.equal(codeOf({ ...genesis, members: [first, { ...second, publicKey: first.publicKey }] }), 'key-in-use');
});

test('L30 L35 the state at height 0 holds the members, sorted, and each organization', () => {
  const state = new MemoryState();
  state.apply(genesisState({ ...genesis, members: [...genesis.members].reverse() }));
  const again = new MemoryState();
  again.apply(genesisState(genesis));
  assert.equal(toHex(state.root), toHex(again.root));
  const keys = [MEMBERS_KEY, organizationKey(organization), organizationKey(otherOrganization)];
  assert.deepEqual([...state.entries.keys()].sort(), keys.sort());
  const set = JSON.parse(new TextDecoder().decode(state.get(MEMBERS_KEY)));
  const ids: string[] = set.members.map((member: { organization: string }) => member.organization);
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(memberSetHash(set), toHex(labelledHash('clearchart/member-set/v0', encodeCanonical(set))));
});
