import { nodeRandom } from '@clearchart/node-crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Brakes } from './brakes.ts';

const RULE = { freeTries: 5, firstWaitMs: 1_000, longestWaitMs: 60_000 };
const MINUTE_MS = 60_000;
/** More names than have a brake of their own. */
const FLOOD = 40_000;

function braked(brakes: Brakes, name: string, now: number): number {
  for (let tried = 0; tried < 12; tried += 1) brakes.count(name, now);
  return brakes.waitMs(name, now);
}

test('A18 a flood of names takes no brake off before its time is over, however long it lasts', () => {
  const brakes = new Brakes(RULE, nodeRandom);
  const start = 1_000_000;
  assert.equal(braked(brakes, 'meera', start), 60_000);
  for (let other = 0; other < FLOOD; other += 1) {
    brakes.count(`name ${other}`, start + other);
    if (other % 5_000 === 0) assert.equal(brakes.waitMs('meera', start + other), MINUTE_MS - other, `after ${other}`);
  }
  brakes.count('meera', start + MINUTE_MS);
  assert.equal(brakes.waitMs('meera', start + MINUTE_MS), MINUTE_MS, 'the count went on where it was');
});

test('A18 names that come while all places are taken are counted too, and go on being counted when places become free', () => {
  const brakes = new Brakes(RULE, nodeRandom);
  const start = 1_000_000;
  for (let other = 0; other < FLOOD; other += 1) brakes.count(`name ${other}`, start);
  assert.equal(braked(brakes, 'guessed at', start), 60_000);
  const free = start + 15 * MINUTE_MS + 1;
  brakes.count('guessed at', start + 14 * MINUTE_MS);
  brakes.count('guessed at', free);
  assert.equal(brakes.waitMs('guessed at', free), 60_000);
});

test('A18 a brake is forgotten a quarter of an hour after the last try, and at once for who succeeds', () => {
  const brakes = new Brakes(RULE, nodeRandom);
  const start = 1_000_000;
  braked(brakes, 'meera', start);
  const later = start + 15 * MINUTE_MS + 1;
  brakes.count('meera', later);
  assert.equal(brakes.waitMs('meera', later), 0);
  braked(brakes, 'meera', later);
  brakes.release('meera');
  assert.equal(brakes.waitMs('meera', later), 0);
});
