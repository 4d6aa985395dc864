import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadBroken } from './broken-engine.ts';
import { SOUND } from './build.ts';
import { FOUND_BUGS, type FoundBug } from './found-bugs.fixture.ts';
import { PromiseBroken, type RunOptions, simulate } from './index.ts';

/** Other seeds a fault gets to show itself in: any change of the engine makes other runs of the same seeds. */
const SEEDS = 60;

for (const bug of FOUND_BUGS) {
  test(bug.what, async (t) => {
    const shown = await showOf(bug);
    t.diagnostic(`seed ${shown.seed}`);
    await simulate(shown);
  });
}

/** A run that the fault breaks. */
async function showOf({ what, run, changes, complaint }: FoundBug): Promise<RunOptions> {
  const open = await loadBroken(what.replaceAll(/\W/gu, '-'), changes);
  for (const seed of [run.seed, ...Array.from({ length: SEEDS }, (_, index) => index + 1)]) {
    try {
      await simulate({ ...run, seed, build: { ...SOUND, open } });
    } catch (error) {
      assert.ok(error instanceof PromiseBroken, String((error as Error).stack));
      assert.match(error.message, complaint);
      return { ...run, seed };
    }
  }
  return assert.fail('no run shows it');
}
