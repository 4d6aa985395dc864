import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCoverage, noCoverage, simulate } from './index.ts';
import { CALM } from './weather.ts';

/** Of one hospital alone: runs, and their length in minutes. */
const ALONE = { ...CALM, hospitals: 1, founders: 1 };
const ALONE_SEEDS = 10;
const SHORT_MINUTES = 0.04;

test('a hospital alone keeps every promise too, whatever its disk and its power do', async () => {
  const met = noCoverage();
  for (let seed = 1; seed <= ALONE_SEEDS; seed += 1) {
    const weather = { ...ALONE, submitEveryMs: 500, crashEveryMs: 2_000, nightEveryMs: 30_000 };
    addCoverage(met, (await simulate({ seed, weather })).coverage);
  }
  assert.ok(met.transactions > 10 * ALONE_SEEDS && met.crashes + met.cuts > 5 * ALONE_SEEDS);
});

for (const isLastDone of [true, false]) {
  const when = isLastDone ? 'right after' : 'right before';
  test(`the power may go ${when} every single act on the disk, with somebody who follows or without`, async () => {
    for (const hospitals of [1, 2]) {
      let acts = 1;
      for (; ; acts += 1) {
        const weather = { ...ALONE, hospitals, submitEveryMs: 100 };
        const cutAfter = { acts, isLastDone };
        const { coverage } = await simulate({ seed: 4, minutes: SHORT_MINUTES, weather, cutAfter });
        assert.ok(coverage.transactions > 0);
        if (coverage.cuts === 0) break;
      }
      assert.ok(acts > 40, `only ${acts} acts`);
    }
  });
}
