import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoBlockInTime } from '@clearchart/ledger';
import { WISH_MS } from './limits.ts';
import { Wishes } from './wishes.ts';

test('who wishes for a block where none can be made is told so in time, and its wish is forgotten', async () => {
  const timers: { delayMs: number; act: () => void }[] = [];
  const wishes = new Wishes({
    now: () => 0,
    after: (delayMs, act) => (timers.push({ delayMs, act }), () => timers.splice(0)),
  });
  const wish = wishes.wait();
  assert.equal(wishes.size, 1);
  const [timer] = timers;
  assert.equal(timer?.delayMs, WISH_MS);
  timer?.act();
  await assert.rejects(wish, NoBlockInTime);
  assert.equal(wishes.size, 0);
});
