import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelledHash, toHex } from '@clearchart/crypto';
import {
  checkHeads,
  encodeCanonical,
  genesisMembers,
  isHeadOf,
  type MemberSet,
  signHead,
  type SignedHead,
  sortMembers,
} from './index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestHospital } from './test-chain.fixture.ts';
import { candidate } from './transactions/member-change.fixture.ts';

const chain = createTestChain(4);
const { chainId, verifier } = chain;
const [first, second, third, fourth] = chain.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital];
const set = genesisMembers(chain.genesis);
const now = 1_795_000_100_000;
const nonce = '12'.repeat(32);
const kept = { height: 9, hash: 'ab'.repeat(32) };

type Told = Partial<Pick<SignedHead, 'chainId' | 'final' | 'nonce' | 'time'>>;
const headOf = (by: TestHospital, told: Told = {}) =>
  signHead({ chainId, organization: by.organization, final: kept, time: now, nonce, ...told }, by.signer);

function answerTo(heads: unknown, members: MemberSet = set): string {
  const answer = checkHeads(heads, { chainId, set: members, nonce, kept, now }, verifier);
  return answer.ok ? 'fresh' : answer.reason;
}
const others = [headOf(first), headOf(second)];

test('L77 a head covers all that it says', () => {
  const { signature: _, ...covered } = headOf(first);
  const message = labelledHash('clearchart/signed-head/v0', encodeCanonical(covered));
  assert.equal(headOf(first).signature, toHex(first.signer.sign(message)));
  assert.ok(isHeadOf(headOf(first), set, verifier));
  for (const told of [{ time: now + 1 }, { nonce: '34'.repeat(32) }, { final: { ...kept, height: 8 } }]) {
    assert.ok(!isHeadOf({ ...headOf(first), ...told }, set, verifier));
  }
});

test('L78 the newest block is fresh when more than two thirds say over the reader’s nonce that they hold none above', () => {
  assert.equal(answerTo([...others, headOf(third)]), 'fresh');
  assert.equal(answerTo([...others, headOf(third, { final: { height: 8, hash: 'cd'.repeat(32) } })]), 'fresh');
  assert.match(answerTo(others), /fewer/);
  assert.match(answerTo([]), /fewer/);
});

test('L78 a head over another nonce, of another time or of another chain does not count', () => {
  for (const told of [
    { nonce: '34'.repeat(32) },
    { time: now - 10_001 },
    { time: now + 10_001 },
    { chainId: 'ab'.repeat(32) as never },
  ]) {
    assert.match(answerTo([...others, headOf(third, told)]), /fewer/);
  }
  for (const time of [now - 10_000, now + 10_000])
    assert.equal(answerTo([...others, headOf(third, { time })]), 'fresh');
});

test('L78 a stranger’s head, a forged one and a second one of a member do not count', () => {
  for (const head of [
    headOf(candidate),
    headOf({ organization: third.organization, signer: keyNamed('thief') }),
    headOf(second, { time: now - 1 }),
    { ...headOf(third), final: { height: 7, hash: kept.hash } },
    null,
  ]) {
    assert.match(answerTo([...others, head]), /fewer/);
  }
  assert.match(answerTo('x'), /not a list/);
  assert.match(answerTo(Array.from({ length: 257 }, () => headOf(first))), /not a list/);
});

test('L78 a third that holds a later block, or another one, is enough to doubt; one of four is believed by nobody', () => {
  const later = { final: { height: 1_000_000_000, hash: kept.hash } };
  const other = { final: { height: 9, hash: 'cd'.repeat(32) } };
  assert.match(answerTo([...others, headOf(third, later), headOf(fourth, later)]), /above 9/);
  assert.match(answerTo([...others, headOf(third, other), headOf(fourth, other)]), /another block/);
  for (const told of [later, other]) {
    assert.equal(answerTo([...others, headOf(third), headOf(fourth, told)]), 'fresh');
    assert.match(answerTo([...others, headOf(third, told)]), /fewer/, 'nor does it confirm');
    assert.match(answerTo([...others, headOf(third), headOf(third, told)]), /fewer/, 'with a second head beside');
    assert.equal(answerTo([headOf(third, told), headOf(third, told), ...others, headOf(fourth)]), 'fresh', 'once each');
  }
  const three = { members: set.members.filter(({ organization }) => organization !== fourth.organization) };
  assert.match(answerTo([...others, headOf(third, later)], three), /above 9/, 'one of three is a third');
});

test('L78 while the members change, the set to come alone is enough', () => {
  const members = set.members.filter(({ organization }) => organization !== fourth.organization);
  const coming = { organization: candidate.organization, publicKey: publicKeyOf(candidate.signer) };
  const next = { members: sortMembers([...members, coming]), decidedAt: 5 };
  const heads = [...others, headOf(candidate)];
  assert.equal(answerTo(heads, { members, next }), 'fresh');
  assert.match(answerTo(heads, { members }), /fewer/);
});
