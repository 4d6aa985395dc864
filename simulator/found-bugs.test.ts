import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadBroken } from './broken-engine.fixture.ts';
import { SOUND } from './build.ts';
import { FOUND_BUGS } from './found-bugs.fixture.ts';
import { PromiseBroken, simulate } from './index.ts';

for (const { what, run, changes, complaint } of FOUND_BUGS) {
  test(`seed ${run.seed}: ${what}`, async () => {
    await simulate(run);
    const open = await loadBroken(what.replaceAll(/\W/gu, '-'), changes);
    await assert.rejects(simulate({ ...run, build: { ...SOUND, open } }), (error) => {
      assert.ok(error instanceof PromiseBroken, String((error as Error).stack));
      assert.match(error.message, complaint);
      return true;
    });
  });
}
