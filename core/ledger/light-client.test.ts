import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ChainId,
  checkExtends,
  checkFinal,
  followMembers,
  type Header,
  headerHash,
  type KeptHeader,
  type MemberChange,
  signTransaction,
  verifyReceipt,
} from './index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestChain } from './test-chain.fixture.ts';
import { activation } from './transactions/member-change.fixture.ts';
import { membersProof } from './votes.fixture.ts';

const next = keyNamed('next organization key');

/** Block 3 decides on the hospital's new key, block 5 brings it into force; seven blocks in all. */
function createRotatedChain() {
  const chain = createTestChain();
  const { organization } = chain;
  const draft = chain.draft('rotate-organization-key', { organization, publicKey: publicKeyOf(next) });
  const rotation = signTransaction(draft, [
    { signer: organization, role: 'organization', key: chain.signer },
    { signer: organization, role: 'new-key', key: next },
  ]);
  chain.mine([]);
  chain.mine([]);
  const { header } = chain.mine([rotation]);
  const change: MemberChange = { header, votes: [], stateProof: membersProof(chain, header) };
  chain.mine([]);
  const renewed = { organization, signer: next };
  chain.mine([activation(chain, renewed)]);
  const anchored = chain.anchored(null);
  chain.mine([chain.signAs(renewed, 'anchor-records', { organization, records: [anchored] })], chain.time + 1, next);
  chain.mine([], chain.time + 1, next);
  return { chain, change, anchored };
}

const { chain, change, anchored } = createRotatedChain();
const { chainId, genesis, verifier } = chain;
const headers = chain.blocks.map(({ header }) => header);
const headerAt = (height: number): Header => headers[height - 1] as Header;
const keptAt = (height: number): KeptHeader => ({ height, hash: headerHash(headerAt(height)) });
const reasonOf = (outcome: { ok: true } | { ok: false; reason: string }) => (outcome.ok ? 'yes' : outcome.reason);

test('L47 a genesis file of another chain is not followed', () => {
  assert.equal(reasonOf(followMembers(genesis, chainId, [], 1, verifier)), 'yes');
  assert.match(reasonOf(followMembers(genesis, 'ab'.repeat(32) as ChainId, [], 1, verifier)), /another chain/);
  assert.match(reasonOf(followMembers({ ...genesis, createdAt: 1 }, chainId, [], 1, verifier)), /another chain/);
  assert.match(reasonOf(followMembers({ ...genesis, members: [] }, chainId, [], 1, verifier)), /not one/);
});

test('L48 a change of key is followed, and only when it is proved', () => {
  const followed = followMembers(genesis, chainId, [change], 4, verifier);
  assert.ok(followed.ok);
  assert.equal(followed.set.next?.members[0]?.publicKey, publicKeyOf(next));
  const { stateProof } = change;
  const forged = { members: [{ organization: chain.organization, publicKey: publicKeyOf(keyNamed('thief')) }] };
  for (const bent of [
    { ...change, stateProof: { ...stateProof, value: forged } },
    { ...change, stateProof: { ...stateProof, key: 'replay' } },
    { ...change, stateProof: null },
    { ...change, header: headerAt(4) },
    { ...change, header: { ...change.header, time: change.header.time + 1 } },
    null,
  ]) {
    assert.notEqual(reasonOf(followMembers(genesis, chainId, [bent], 5, verifier)), 'yes');
  }
  assert.match(reasonOf(followMembers(genesis, chainId, [change, change], 4, verifier)), /not in order/);
});

test('L48 L49 the old key signs until the new one is in force, and each only what names its set', () => {
  const answer = (height: number, changes: readonly MemberChange[], header = headerAt(height)) =>
    reasonOf(checkFinal({ header, votes: [] }, genesis, chainId, changes, verifier));
  for (const height of [1, 2]) assert.equal(answer(height, []), 'yes');
  for (const height of [3, 4, 5, 6, 7]) assert.equal(answer(height, [change]), 'yes');
  for (const height of [4, 5, 6]) assert.match(answer(height, []), /block-member-set-wrong/);
  const [old, current] = [headerAt(5), headerAt(6)];
  assert.match(answer(6, [change], { ...current, memberSetHash: old.memberSetHash }), /work|signature/);
  assert.match(answer(2, [change]), /does not lead/);
});

test('L48 a receipt after a change of key needs that change', () => {
  assert.equal(verifyReceipt(chain.receipt(anchored, [change]), chainId, verifier).ok, true);
  assert.equal(verifyReceipt(chain.receipt(anchored), chainId, verifier).ok, false);
});

test('L50 headers from the first on, from the kept one on and directly after it extend it', () => {
  assert.equal(reasonOf(checkExtends(undefined, chainId, headers)), 'yes');
  for (const from of [1, 2, 3, 4]) {
    assert.equal(reasonOf(checkExtends(keptAt(3), chainId, headers.slice(from - 1))), 'yes');
  }
  assert.match(reasonOf(checkExtends(keptAt(3), chainId, headers.slice(4))), /do not reach/);
  assert.match(reasonOf(checkExtends(keptAt(3), chainId, headers.slice(0, 2))), /do not reach/);
  assert.match(reasonOf(checkExtends(undefined, chainId, headers.slice(1))), /do not reach/);
  assert.match(reasonOf(checkExtends(undefined, chainId, [])), /no headers/);
});

test('L50 gaps, broken links and headers of another chain are refused', () => {
  const [first, second, third] = headers as [Header, Header, Header];
  const check = (...list: unknown[]) => reasonOf(checkExtends(undefined, chainId, list));
  assert.match(check(first, third), /gap before block 3/);
  assert.match(check(first, { ...second, previousHash: 'ab'.repeat(32) }), /does not follow/);
  assert.match(check(first, { ...second, time: first.time }), /not later/);
  assert.match(check(first, { ...second, chainId: 'ab'.repeat(32) }), /not of this chain/);
  assert.match(check({ ...first, previousHash: 'ab'.repeat(32) }), /does not extend/);
  assert.match(check(first, null), /not of this chain/);
});

/** Another history of the same hospital, with the same key, from block 2 on. */
function createForkedChain(): TestChain {
  const forked = createTestChain();
  forked.mine([]);
  for (let height = 2; height <= 6; height += 1) forked.mine([], forked.time + 7);
  return forked;
}

test('L50 a longer history, properly signed but mined again from block 2, is refused by who kept a later header', () => {
  const forked = createForkedChain().blocks.map(({ header }) => header);
  assert.equal(reasonOf(checkExtends(keptAt(1), chainId, forked)), 'yes');
  assert.match(reasonOf(checkExtends(keptAt(2), chainId, forked)), /does not extend/);
  assert.match(reasonOf(checkExtends(keptAt(3), chainId, forked.slice(3))), /does not extend/);
});
