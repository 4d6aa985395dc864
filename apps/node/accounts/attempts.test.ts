import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attempts, networkOf } from './attempts.ts';

test('A18 one /64 of IPv6 is one address, and an IPv4 address is itself, also as a socket of both families writes it', () => {
  const same = networkOf('2001:db8:1:2::1');
  for (const other of ['2001:db8:1:2:ffff::9', '2001:0DB8:0001:0002:0:0:0:1']) assert.equal(networkOf(other), same);
  assert.notEqual(networkOf('2001:db8:1:3::1'), same);
  assert.equal(networkOf('::1'), '0:0:0:0');
  assert.equal(networkOf('::ffff:203.0.113.7'), networkOf('203.0.113.7'));
});

test('A18 a flood of other names frees no account that is being guessed at', () => {
  let now = 1_000_000;
  const attempts = new Attempts({ now: () => now });
  for (let tried = 0; tried < 6; tried += 1) {
    attempts.begin('meera', '203.0.113.7');
    now += tried < 5 ? 61_000 : 0;
  }
  assert.throws(() => attempts.begin('meera', '203.0.113.7'), /too-many-requests/);
  for (let other = 0; other < 30_000; other += 1) attempts.begin(`name ${other}`, '198.51.100.1');
  assert.throws(() => attempts.begin('meera', '203.0.113.7'), /too-many-requests/);
});
