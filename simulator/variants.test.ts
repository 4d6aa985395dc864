import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from './index.ts';
import { VARIANTS } from './variants.ts';

/** Seeds a broken variant gets to show itself in. */
const SEEDS = 100;
/** Seeds that were found clean with nothing taken out. */
const clean = new Set<number>();

for (const { what, seed: first, load, complaint } of VARIANTS) {
  test(`a node that ${what} is caught, and a sound one runs through the same seed`, async (t) => {
    const run = await load();
    for (const seed of [first, ...Array.from({ length: SEEDS }, (_, index) => index + 1)]) {
      try {
        await run({ seed });
      } catch (error) {
        const { name, message, stack } = error as Error;
        assert.equal(name, 'PromiseBroken', stack);
        assert.match(message, complaint);
        t.diagnostic(message);
        if (!clean.has(seed)) await simulate({ seed });
        clean.add(seed);
        return;
      }
    }
    assert.fail('no checker noticed');
  });
}
