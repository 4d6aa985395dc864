import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachOf } from './reach.ts';

const member = {
  organization: 'ab'.repeat(16),
  name: 'Lakeside',
  standing: 'member',
  isSelf: false,
  waitingMessages: 0,
  isBanned: false,
  bans: 0,
} as const;

test('a member counts as reached when the last attempt was good', () => {
  assert.equal(reachOf({ ...member, lastReachedAt: 20, lastFailedAt: 10 }).state, 'good');
  const bad = reachOf({ ...member, lastReachedAt: 10, lastFailedAt: 20, lastFailure: { reason: 'timeout' } });
  assert.deepEqual(bad, { state: 'bad', tone: 'bad', at: 10, failure: { reason: 'timeout' } });
});

test('one that was never reached, one left out and this node itself have words of their own', () => {
  assert.equal(reachOf(member).state, 'never');
  assert.equal(reachOf({ ...member, isBanned: true, lastReachedAt: 20 }).state, 'banned');
  assert.equal(reachOf({ ...member, isSelf: true, isBanned: true }).state, 'self');
});
