import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Coverage, addCoverage, noCoverage, simulate } from './index.ts';

const SEEDS = 24;
/** Met too seldom for a few runs; `scenarios.test.ts` has each of them. */
const SELDOM: readonly (keyof Coverage)[] = ['wiped', 'restored', 'damaged', 'mended', 'retired'];
/** What no run need meet, but all runs together. */
const MUST_HAVE_MET = (Object.keys(noCoverage()) as (keyof Coverage)[]).filter((name) => !SELDOM.includes(name));

test('whatever wires, disks, power, clocks and byzantine members do, every promise holds', async () => {
  const met = noCoverage();
  for (let seed = 1; seed <= SEEDS; seed += 1) addCoverage(met, (await simulate({ seed })).coverage);
  const missed = MUST_HAVE_MET.filter((name) => met[name] === 0);
  assert.deepEqual(missed, [], 'the runs did too little to show anything');
});

test('a run is the same each time it is played', async () => {
  assert.deepEqual(await simulate({ seed: 11 }), await simulate({ seed: 11 }));
  assert.notEqual((await simulate({ seed: 11 })).trace, (await simulate({ seed: 12 })).trace);
});
