import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layBar, zoneOf } from './range.ts';

test('a value on a bound is within the range, one beyond it is not', () => {
  assert.equal(zoneOf(4, { low: 4, high: 6 }), 'within');
  assert.equal(zoneOf(6, { low: 4, high: 6 }), 'within');
  assert.equal(zoneOf(6.01, { low: 4, high: 6 }), 'high');
  assert.equal(zoneOf(3.99, { low: 4, high: 6 }), 'low');
  assert.equal(zoneOf(5, {}), 'unknown');
});

test('a bound that is already too high, and the bounds where somebody should act, are kept', () => {
  assert.equal(zoneOf(130, { low: 90, high: 130, highIsOut: true }), 'high');
  assert.equal(zoneOf(129.9, { low: 90, high: 130, highIsOut: true }), 'within');
  assert.equal(zoneOf(180, { high: 130, criticalHigh: 180 }), 'critical');
  assert.equal(zoneOf(70, { low: 90, criticalLow: 70 }), 'critical');
});

test('no range, or one turned around, draws no bar', () => {
  assert.equal(layBar(5, {}), undefined);
  assert.equal(layBar(5, { low: 6, high: 4 }), undefined);
});

test('zones follow one another without gap or overlap from end to end, and a value within lies in the ok zone', () => {
  const number = fc.double({ min: 0.1, max: 500, noNaN: true });
  fc.assert(
    fc.property(number, number, number, (value, low, span) => {
      const range = { low, high: low + span };
      const bar = layBar(value, range);
      assert.ok(bar);
      assert.equal(bar.zones[0]?.from, 0);
      assert.equal(bar.zones.at(-1)?.to, 1);
      for (let at = 1; at < bar.zones.length; at++) assert.equal(bar.zones[at]?.from, bar.zones[at - 1]?.to);
      if (zoneOf(value, range) !== 'within') return;
      const ok = bar.zones.find((zone) => zone.kind === 'ok');
      assert.ok(ok && bar.value >= ok.from - 1e-9 && bar.value <= ok.to + 1e-9);
    }),
  );
});
