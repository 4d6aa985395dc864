import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PromiseBroken, simulate } from './index.ts';
import { VARIANTS } from './variants.fixture.ts';

/** Seeds a broken variant gets to show itself in. */
const SEEDS = 100;

for (const { what, seed: first, build: load, complaint } of VARIANTS) {
  test(`a node that ${what} is caught`, async (t) => {
    const build = await load();
    for (const seed of [first, ...Array.from({ length: SEEDS }, (_, index) => index + 1)]) {
      try {
        await simulate({ seed, build });
      } catch (error) {
        assert.ok(error instanceof PromiseBroken, String((error as Error).stack));
        assert.match(error.message, complaint);
        t.diagnostic(error.message);
        return;
      }
    }
    assert.fail('no checker noticed');
  });
}
