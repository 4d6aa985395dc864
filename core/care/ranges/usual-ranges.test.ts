import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type RangePerson, usualRange, usualRangeRows, type Zone, zoneOf } from './usual-ranges.ts';

const MAN: RangePerson = { age: 40, sex: 'male' };
const WOMAN: RangePerson = { age: 40, sex: 'female' };
const CHILD: RangePerson = { age: 4, sex: 'male' };

/** What is measured, LOINC, value, unit, who, zone. Sources stand in the rows. */
const CASES: readonly (readonly [string, string, number, string | undefined, RangePerson, Zone | undefined])[] = [
  ['systolic pressure', '8480-6', 120, 'mm[Hg]', MAN, 'ok'],
  ['systolic pressure', '8480-6', 129.9, 'mm[Hg]', MAN, 'ok'],
  ['systolic pressure', '8480-6', 130, 'mm[Hg]', MAN, 'high'],
  ['systolic pressure', '8480-6', 180, 'mm[Hg]', MAN, 'critical'],
  ['systolic pressure', '8480-6', 89, 'mm[Hg]', MAN, 'low'],
  ['systolic pressure', '8480-6', 70, 'mm[Hg]', MAN, 'critical'],
  ['systolic pressure of a child', '8480-6', 100, 'mm[Hg]', CHILD, undefined],
  ['diastolic pressure', '8462-4', 85, 'mm[Hg]', MAN, 'high'],
  ['heart rate', '8867-4', 100, '/min', MAN, 'ok'],
  ['heart rate', '8867-4', 101, '/min', MAN, 'high'],
  ['heart rate of a child', '8867-4', 130, '/min', CHILD, 'ok'],
  ['heart rate of a child', '8867-4', 145, '/min', CHILD, 'high'],
  ['heart rate of an infant', '8867-4', 170, '/min', { age: 0.1, sex: 'female' }, 'ok'],
  ['heart rate', '8867-4', 40, '/min', MAN, 'critical'],
  ['breathing rate', '9279-1', 25, '/min', MAN, 'critical'],
  ['breathing rate of an infant', '9279-1', 40, '/min', { age: 0.5, sex: 'male' }, 'ok'],
  ['temperature', '8310-5', 38, 'Cel', CHILD, 'high'],
  ['temperature', '8310-5', 35, 'Cel', MAN, 'critical'],
  ['oxygen saturation', '2708-6', 94, '%', MAN, 'low'],
  ['oxygen saturation', '2708-6', 91, '%', MAN, 'critical'],
  ['body mass index', '39156-5', 25, 'kg/m2', MAN, 'high'],
  ['HbA1c', '4548-4', 5.6, '%', MAN, 'ok'],
  ['HbA1c', '4548-4', 5.7, '%', MAN, 'high'],
  ['HbA1c', '59261-8', 39, 'mmol/mol', MAN, 'high'],
  ['glucose', '2345-7', 99, 'mg/dL', MAN, 'ok'],
  ['glucose', '2345-7', 5.5, 'mmol/L', MAN, 'ok'],
  ['glucose', '2345-7', 5.6, 'mmol/L', MAN, 'high'],
  ['glucose', '2345-7', 54, 'mg/dL', MAN, 'critical'],
  ['LDL cholesterol', '18262-6', 100, 'mg/dL', MAN, 'high'],
  ['HDL cholesterol', '2085-9', 45, 'mg/dL', MAN, 'ok'],
  ['HDL cholesterol', '2085-9', 45, 'mg/dL', WOMAN, 'low'],
  ['creatinine', '2160-0', 1.2, 'mg/dL', MAN, 'ok'],
  ['creatinine', '2160-0', 1.2, 'mg/dL', WOMAN, 'high'],
  ['creatinine', '2160-0', 106, 'umol/L', MAN, 'ok'],
  ['creatinine of a child', '2160-0', 0.6, 'mg/dL', CHILD, 'high'],
  ['glomerular filtration', '33914-3', 59, 'mL/min/{1.73_m2}', MAN, 'low'],
  ['sodium', '2951-2', 134, 'mmol/L', MAN, 'low'],
  ['sodium', '2951-2', 120, 'meq/L', MAN, 'critical'],
  ['potassium', '2823-3', 6.5, 'mmol/L', MAN, 'critical'],
  ['potassium', '2823-3', 5.1, 'mmol/L', MAN, 'ok'],
  ['haemoglobin', '718-7', 12.5, 'g/dL', MAN, 'low'],
  ['haemoglobin', '718-7', 12.5, 'g/dL', WOMAN, 'ok'],
  ['haemoglobin', '718-7', 125, 'g/L', WOMAN, 'ok'],
  ['haemoglobin', '718-7', 11.2, 'g/dL', { ...WOMAN, pregnant: true }, 'ok'],
  ['haemoglobin', '718-7', 6.9, 'g/dL', WOMAN, 'critical'],
  ['haemoglobin of a child', '718-7', 11, 'g/dL', CHILD, 'ok'],
  ['white cells', '6690-2', 12, '10*3/uL', MAN, 'high'],
  ['white cells of a child', '6690-2', 12, '10*9/L', CHILD, 'ok'],
  ['platelets', '777-3', 100, '10*3/uL', MAN, 'low'],
  ['platelets', '777-3', 100_000, '/uL', MAN, 'low'],
  ['TSH', '3016-3', 4.5, 'm[IU]/L', WOMAN, 'high'],
  ['TSH', '3016-3', 2, 'u[IU]/mL', WOMAN, 'ok'],
  ['ALT', '1742-6', 38, 'U/L', MAN, 'ok'],
  ['ALT', '1742-6', 38, 'U/L', WOMAN, 'high'],
  // Never guessed.
  ['glucose without a unit', '2345-7', 99, undefined, MAN, undefined],
  ['glucose in an unknown unit', '2345-7', 99, 'mg', MAN, undefined],
  ['sodium in mg/dL', '2951-2', 140, 'mg/dL', MAN, undefined],
  ['haemoglobin in mmol/L', '718-7', 8, 'mmol/L', MAN, undefined],
  ['a unit named like a property of every object', '718-7', 8, 'constructor', MAN, undefined],
  ['an unknown code', '1-8', 1, 'mg/dL', MAN, undefined],
  ['somebody of unknown age', '718-7', 10, 'g/dL', { age: undefined, sex: 'male' }, undefined],
  ['haemoglobin of a newborn', '718-7', 17, 'g/dL', { age: 0.01, sex: 'male' }, undefined],
  ['a value that is no number', '718-7', Number.NaN, 'g/dL', MAN, undefined],
  // Of unknown sex: out only what is out for both.
  ['haemoglobin, sex unknown', '718-7', 12.5, 'g/dL', { age: 40, sex: 'unknown' }, 'ok'],
  ['haemoglobin, sex unknown', '718-7', 11.9, 'g/dL', { age: 40, sex: 'unknown' }, 'low'],
  ['haemoglobin, another sex', '718-7', 17, 'g/dL', { age: 40, sex: 'other' }, 'ok'],
];

for (const [what, loinc, value, unit, person, zone] of CASES) {
  test(`${what}: ${value} ${unit} at ${person.age} years, ${person.sex}, is ${zone}`, () =>
    assert.equal(zoneOf({ loinc, value, unit }, person), zone));
}

test('a range comes in the unit that was asked for', () => {
  assert.deepEqual((({ low, high }) => ({ low, high }))(usualRange('718-7', 'g/L', MAN)!), { low: 130, high: 175 });
});

test('every row has a source, a bound, bounds in order, and a span of ages', () => {
  for (const row of usualRangeRows) {
    assert.ok(row.source.length >= 3);
    const high = row.high ?? row.below;
    assert.ok(row.low !== undefined || high !== undefined, row.loinc[0]);
    assert.ok(row.high === undefined || row.below === undefined, row.loinc[0]);
    const bounds = [row.criticalLow, row.low, high, row.criticalHigh].filter((bound) => bound !== undefined);
    assert.deepEqual(
      bounds,
      bounds.toSorted((one, next) => one - next),
      row.loinc[0],
    );
    assert.ok((row.until ?? 150) > (row.from ?? 18), row.loinc[0]);
  }
});

test('at no age two rows of a code stand for one sex, so that none is left out', () => {
  const narrower = (one: number, other: number) => one !== other;
  for (const code of new Set(usualRangeRows.flatMap(({ loinc }) => loinc))) {
    for (const sex of ['female', 'male'] as const) {
      const rows = usualRangeRows.filter(
        (row) => row.loinc.includes(code) && row.pregnant !== true && (row.sex ?? sex) === sex,
      );
      for (const [index, one] of rows.entries()) {
        for (const other of rows.slice(index + 1)) {
          const span = (row: typeof one) => [row.from ?? 18, row.until ?? 150] as const;
          const [[from, until], [otherFrom, otherUntil]] = [span(one), span(other)];
          const apart = until <= otherFrom || otherUntil <= from;
          assert.ok(apart || narrower(until - from, otherUntil - otherFrom), code);
        }
      }
    }
  }
});

test('a higher value is never in a lower zone, save that both ends are critical', () => {
  const rank = { low: 0, ok: 1, high: 2 } as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...usualRangeRows),
      fc.constantFrom('female' as const, 'male' as const, 'unknown' as const),
      fc.double({ min: 0, max: 500, noNaN: true }),
      fc.double({ min: 0, max: 500, noNaN: true }),
      (row, sex, one, other) => {
        const person = { age: row.from ?? 40, sex };
        const zone = (value: number) => zoneOf({ loinc: row.loinc[0]!, value, unit: row.unit }, person);
        const [low, high] = [zone(Math.min(one, other)), zone(Math.max(one, other))];
        if (low === undefined || high === undefined || low === 'critical' || high === 'critical') return;
        assert.ok(rank[low] <= rank[high]);
      },
    ),
  );
});
