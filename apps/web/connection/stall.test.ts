import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stallAfter } from './stall.ts';

const member = { organization: 'ab'.repeat(16), name: 'A', publicKey: 'cd'.repeat(32) };
const members = [member, member, member, member];
const rest = { members, height: 8, finalHeight: 7, pending: 0 };

test('nothing is stalled at rest, nor while blocks become final one after the other', () => {
  let stall = stallAfter(undefined, rest, 0);
  assert.equal(stallAfter(stall, rest, 60_000).isLong, false);
  for (let second = 0; second < 60; second += 1) {
    const busy = { ...rest, pending: 40, height: 9 + second, finalHeight: 7 + second };
    stall = stallAfter(stall, busy, second * 1_000);
    assert.equal(stall.isLong, false);
  }
});

test('entries that wait for more than ten seconds while nothing becomes final are a stall, until something does', () => {
  const waiting = { ...rest, pending: 2 };
  const first = stallAfter(undefined, waiting, 0);
  assert.equal(stallAfter(first, waiting, 10_000).isLong, false);
  const long = stallAfter(first, { ...rest, height: 10 }, 10_001);
  assert.deepEqual([long.isLong, long.blocks], [true, 2]);
  assert.equal(stallAfter(long, { ...rest, height: 11, finalHeight: 10 }, 12_000).isLong, false);
});

test('one hospital alone waits for no other', () => {
  const alone = { ...rest, members: [member], pending: 3 };
  assert.equal(stallAfter(stallAfter(undefined, alone, 0), alone, 60_000).isLong, false);
});
