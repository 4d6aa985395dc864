import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PromiseBroken, simulate } from './index.ts';
import { VARIANTS } from './variants.ts';

/** Seeds a broken variant gets to show itself in. */
const SEEDS = 100;
/** Seeds that were found clean with nothing taken out. */
const clean = new Set<number>();

for (const { what, seed: first, build: load, complaint } of VARIANTS) {
  test(`a node that ${what} is caught, and a sound one runs through the same seed`, async (t) => {
    const build = await load();
    for (const seed of [first, ...Array.from({ length: SEEDS }, (_, index) => index + 1)]) {
      try {
        await simulate({ seed, build });
      } catch (error) {
        assert.ok(error instanceof PromiseBroken, String((error as Error).stack));
        assert.match(error.message, complaint);
        t.diagnostic(error.message);
        if (!clean.has(seed)) await simulate({ seed });
        clean.add(seed);
        return;
      }
    }
    assert.fail('no checker noticed');
  });
}
