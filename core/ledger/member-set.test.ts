import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelledHash, toHex } from '@clearchart/crypto';
import { encodeCanonical, isAlone, isMemberSet, isQuorum, memberSetHash, type MemberSet, votingKeys } from './index.ts';

const member = (digit: string, key = digit) => ({
  organization: digit.repeat(32) as never,
  publicKey: key.repeat(64) as never,
});
const setOf = (digits: string) => [...digits].map((digit) => member(digit));
const by = (digits: string) => new Set([...digits].map((digit) => digit.repeat(32)));

test('L73 a quorum is more than two thirds', () => {
  for (const [members, enough] of Object.entries({ a: 1, ab: 2, abc: 3, abcd: 3, abcde: 4, abcdef: 5, abcdef0: 5 })) {
    const set = { members: setOf(members) };
    assert.equal(isQuorum(set, by(members.slice(0, enough))), true, members);
    assert.equal(isQuorum(set, by(members.slice(0, enough - 1))), false, members);
  }
  assert.equal(isQuorum({ members: setOf('abc') }, by('ab012')), false, 'strangers');
});

test('L73 while a change is under way both lists must have one', () => {
  const joint: MemberSet = { members: setOf('abc'), next: { members: setOf('abcd'), decidedAt: 7 } };
  assert.equal(isQuorum(joint, by('abc')), true);
  assert.equal(isQuorum(joint, by('abd')), false, 'two of three');
  const two: MemberSet = { members: setOf('ab'), next: { members: setOf('abc'), decidedAt: 7 } };
  assert.equal(isQuorum(two, by('ab')), false, 'two of the three to come');
  assert.equal(isQuorum(two, by('abc')), true);
});

test('L73 both keys of a member count while it changes them, and none of who is no member', () => {
  const next = { members: [member('a', '1'), member('b')], decidedAt: 7 };
  const set: MemberSet = { members: setOf('ab'), next };
  assert.deepEqual(votingKeys(set, 'a'.repeat(32)), ['a'.repeat(64), '1'.repeat(64)]);
  assert.deepEqual(votingKeys(set, 'b'.repeat(32)), ['b'.repeat(64)]);
  assert.deepEqual(votingKeys(set, 'c'.repeat(32)), []);
});

test('L76 one member is alone until another is to come', () => {
  assert.equal(isAlone({ members: setOf('a') }), true);
  assert.equal(isAlone({ members: setOf('a'), next: { members: [member('a', '1')], decidedAt: 7 } }), true);
  assert.equal(isAlone({ members: setOf('a'), next: { members: setOf('ab'), decidedAt: 7 } }), false);
  assert.equal(isAlone({ members: setOf('ab') }), false);
});

test('L35 the hash of a set covers what is to come', () => {
  const members = setOf('ab');
  const next = { members: setOf('abc'), decidedAt: 7 };
  const hashes = [{ members }, { members, next }, { members, next: { ...next, decidedAt: 8 } }].map(memberSetHash);
  assert.equal(new Set(hashes).size, 3);
  assert.equal(hashes[1], toHex(labelledHash('clearchart/member-set/v0', encodeCanonical({ members, next }))));
});

test('L46 a member set keeps to its shape', () => {
  const members = setOf('ab');
  const next = { members, decidedAt: 7 };
  assert.ok(isMemberSet({ members }));
  assert.ok(isMemberSet({ members, next }));
  for (const bent of [
    null,
    {},
    { next },
    { members: [] },
    { members, next: null },
    { members, next: { ...next, decidedAt: 0 } },
    { members, next: { members } },
    { members, next, note: 'x' },
  ]) {
    assert.ok(!isMemberSet(bent));
  }
});
