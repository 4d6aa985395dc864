import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelledHash, toHex } from '@clearchart/crypto';
import fc from 'fast-check';
import {
  conflictOf,
  encodeCanonical,
  genesisCheckpoint,
  genesisMembers,
  isRejection,
  isVoteOf,
  type Link,
  parseLinkValue,
  parseVoteValue,
  signVote,
  voteMessage,
  votersOf,
} from './index.ts';
import { createTestChain, keyNamed, type TestHospital } from './test-chain.fixture.ts';
import { candidate } from './transactions/member-change.fixture.ts';
import { linkBetween } from './votes.fixture.ts';

const chain = createTestChain(4);
const { chainId, verifier } = chain;
const set = genesisMembers(chain.genesis);
const [first, second] = chain.hospitals as [TestHospital, TestHospital];
const at = (height: number, digit = 'a') => ({ height, hash: digit.repeat(64) });
const link = (source: number, target: number, digit = 'a'): Link => ({ source: at(source), target: at(target, digit) });
const vote = signVote(chainId, first.organization, link(3, 5), first.signer);

test('L71 a vote covers its chain, its voter, its source and its target', () => {
  const { signature: _, ...covered } = vote;
  const message = toHex(labelledHash('clearchart/vote/v0', encodeCanonical(covered)));
  assert.equal(toHex(voteMessage(chainId, first.organization, vote)), message);
  assert.ok(isVoteOf(vote, set, verifier));
  for (const bent of [
    { ...vote, chainId: 'ab'.repeat(32) as typeof chainId },
    { ...vote, organization: second.organization },
    { ...vote, source: at(2) },
    { ...vote, source: at(3, 'b') },
    { ...vote, target: at(6) },
    { ...vote, target: at(5, 'b') },
    signVote(chainId, first.organization, link(3, 5), keyNamed('thief')),
    signVote(chainId, candidate.organization, link(3, 5), candidate.signer),
  ]) {
    assert.ok(!isVoteOf(bent, set, verifier));
  }
});

test('L71 votes and links keep to their shape, and their target is above their source', () => {
  const whole = linkBetween(chain, at(3), at(5), [first, second]);
  assert.ok(!isRejection(parseVoteValue(vote)));
  assert.ok(!isRejection(parseLinkValue(whole)));
  for (const target of [at(3), at(2), null, { ...at(5), note: 'x' }]) {
    assert.ok(isRejection(parseVoteValue({ ...vote, target })));
    assert.ok(isRejection(parseLinkValue({ ...whole, target })));
  }
  assert.ok(isRejection(parseVoteValue({ ...vote, version: 2 })));
  assert.ok(isRejection(parseLinkValue({ ...whole, signatures: [] })));
  const most = Array.from({ length: 129 }, () => whole.signatures[0]);
  assert.ok(isRejection(parseLinkValue({ ...whole, signatures: most })));
  assert.equal(genesisCheckpoint(chain.genesis).hash, chainId);
});

test('L73 a member has one vote under a link, a stranger none', () => {
  const whole = linkBetween(chain, at(3), at(5), [first, first, candidate]);
  assert.deepEqual([...votersOf(whole, chainId, set, verifier)], [first.organization]);
  assert.deepEqual([...votersOf({ ...whole, target: at(6) }, chainId, set, verifier)], []);
});

test('L75 two targets of one height conflict, and a link around another, in either order', () => {
  for (const [one, other, expected] of [
    [link(3, 5), link(3, 5, 'b'), 'double-vote'],
    [link(3, 5), link(4, 5), 'double-vote'],
    [link(2, 6), link(3, 5), 'surround-vote'],
    [link(3, 5), link(3, 5), undefined],
    [link(3, 5), link(5, 6), undefined],
    [link(3, 5), link(3, 6), undefined],
    [link(3, 5), link(4, 6), undefined],
  ] as const) {
    assert.equal(conflictOf(one, other), expected);
    assert.equal(conflictOf(other, one), expected);
  }
});

test('L74 whoever votes for rising targets, from sources that never fall, never has two votes that conflict', () => {
  const step = fc.record({ targetBy: fc.integer({ min: 1, max: 3 }), sourceBy: fc.integer({ min: 0, max: 3 }) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
      let [source, target] = [0, 0];
      const votes: Link[] = [];
      for (const { targetBy, sourceBy } of steps) {
        source = Math.min(source + sourceBy, target);
        target += targetBy;
        votes.push(link(source, target));
      }
      for (const one of votes) for (const other of votes) assert.equal(conflictOf(one, other), undefined);
    }),
  );
  assert.equal(conflictOf(link(3, 5), link(2, 6)), 'surround-vote', 'a source that falls');
  assert.equal(conflictOf(link(3, 5), link(4, 5)), 'double-vote', 'a target that does not rise');
});
