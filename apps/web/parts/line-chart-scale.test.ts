import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { roundScale } from './line-chart-scale.ts';

test('the scale holds every value and has between two and ten steps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 50 }),
      (values) => {
        const { low, high, steps } = roundScale(values);
        assert.ok(values.every((value) => value >= low - 1e-6 && value <= high + 1e-6));
        assert.ok(steps.length >= 2 && steps.length <= 10, String(steps));
        assert.equal(steps[0], Number(low.toPrecision(10)));
      },
    ),
  );
});
