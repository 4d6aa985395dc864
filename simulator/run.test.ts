import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PromiseBroken, type Variant, simulate } from './index.ts';

const SEEDS = 20;
const STEPS = 120;
const CALM_STEPS = 112;
/** Seeds a broken variant gets to show itself in. */
const VARIANT_SEEDS = 10;

test('whatever the disk, the power and the clock do, every promise holds', async () => {
  let [transactions, crashes] = [0, 0];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const report = await simulate({ seed, steps: STEPS });
    transactions += report.transactions;
    crashes += report.crashes;
  }
  assert.ok(transactions > 10 * SEEDS && crashes > 5 * SEEDS, 'the runs did too little to show anything');
});

test('the power may go at every single act on the disk', async () => {
  let cutAfter = 1;
  for (; ; cutAfter += 1) {
    const report = await simulate({ seed: 4, steps: CALM_STEPS, isCalm: true, cutAfter });
    assert.ok(report.transactions > 0);
    // The one crash that is left is the run's own at its end.
    if (report.crashes === 1) break;
  }
  assert.ok(cutAfter > 40, `only ${cutAfter} acts`);
});

test('a run is the same each time it is played', async () => {
  assert.deepEqual(await simulate({ seed: 11, steps: STEPS }), await simulate({ seed: 11, steps: STEPS }));
});

const BROKEN: [Variant, RegExp, string][] = [
  ['no-sync', /does not start|not on disk/, 'acknowledges before anything is synced'],
  ['truncate-at-first-error', /acknowledged/, 'cuts the blocks off at the first damage'],
  ['no-checksum', /was not found/, 'has no checksums'],
];

for (const [variant, complaint, what] of BROKEN) {
  test(`a node that ${what} is caught`, async () => {
    for (let seed = 1; seed <= VARIANT_SEEDS; seed += 1) {
      try {
        await simulate({ seed, steps: STEPS, variant });
      } catch (error) {
        assert.ok(error instanceof PromiseBroken, String(error));
        assert.match(error.message, complaint);
        return;
      }
    }
    assert.fail('no checker noticed');
  });
}
