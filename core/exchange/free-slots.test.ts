import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  freeSlots,
  isWithinHours,
  momentOfWall,
  type OpenHours,
  overlaps,
  type SlotSearch,
  type WallClock,
} from './free-slots.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(text);
const PUNE: WallClock = { offsetAt: () => 330 };
/** Berlin in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC. */
const BERLIN: WallClock = {
  offsetAt: (time) => (time >= at('2026-03-29T01:00:00Z') && time < at('2026-10-25T01:00:00Z') ? 120 : 60),
};
const WEEKDAYS = new Set([1, 2, 3, 4, 5]);
const morning: OpenHours = { days: WEEKDAYS, fromMinute: 9 * 60, untilMinute: 12 * 60 };
const search = (more: Partial<SlotSearch>): string[] =>
  freeSlots({
    hours: [morning],
    taken: [],
    lengthMinutes: 60,
    wall: PUNE,
    from: at('2026-11-26T00:00:00Z'),
    until: at('2026-12-03T00:00:00Z'),
    most: 1_000,
    ...more,
  }).map(({ start }) => new Date(start).toISOString().slice(0, 16));

test('S1 opening hours are meant by the wall clock of the hospital, on the named days', () => {
  const found = search({ until: at('2026-12-01T00:00:00Z') });
  // 26 November 2026 is a Thursday; 09:00 in Pune is 03:30 UTC. Saturday and Sunday have none.
  assert.deepEqual(found.slice(0, 3), ['2026-11-26T03:30', '2026-11-26T04:30', '2026-11-26T05:30']);
  assert.deepEqual([...new Set(found.map((one) => one.slice(0, 10)))], ['2026-11-26', '2026-11-27', '2026-11-30']);
});

test('S1 what has begun is not offered any more, nor what begins at the end of the search', () => {
  assert.deepEqual(search({ from: at('2026-11-26T04:31:00Z'), until: at('2026-11-27T03:30:00Z') }), [
    '2026-11-26T05:30',
  ]);
});

test('S2 whatever overlaps a taken time, by a minute only, is not free; what only touches it is', () => {
  const taken = [{ start: at('2026-11-26T04:29:00Z'), end: at('2026-11-26T05:30:00Z') }];
  assert.deepEqual(search({ taken, until: at('2026-11-27T00:00:00Z') }), ['2026-11-26T05:30']);
});

test('S3 clinics keep their hour over the change of the clocks, and an hour that is skipped is not offered', () => {
  const sunday: OpenHours = { days: new Set([0]), fromMinute: 60, untilMinute: 5 * 60 };
  const range = { wall: BERLIN, from: at('2026-03-28T00:00:00Z'), until: at('2026-03-30T00:00:00Z') };
  assert.deepEqual(search({ ...range, hours: [sunday] }), ['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T02:00']);
  const nine = search({ ...range, from: at('2026-03-27T00:00:00Z'), until: at('2026-03-31T00:00:00Z'), most: 4 });
  assert.equal(nine[0], '2026-03-27T08:00');
  assert.equal(nine[3], '2026-03-30T07:00');
});

test('S1 hours that are written twice or overlap offer each time once', () => {
  const found = search({ hours: [morning, { ...morning, untilMinute: 13 * 60 }], until: at('2026-11-27T00:00:00Z') });
  assert.deepEqual(found, [...new Set(found)]);
  assert.equal(found.length, 4);
});

test('S2 no free time overlaps a taken one or another free one, and all lie in the search', () => {
  const from = at('2026-11-26T00:00:00Z');
  const slot = fc
    .record({ start: fc.integer({ min: -2 * DAY, max: 9 * DAY }), length: fc.integer({ min: 1, max: 6 * HOUR }) })
    .map(({ start, length }) => ({ start: from + start, end: from + start + length }));
  fc.assert(
    fc.property(fc.array(slot, { maxLength: 12 }), fc.constantFrom(10, 15, 20, 45), (taken, lengthMinutes) => {
      const search = { hours: [morning], taken, lengthMinutes, wall: BERLIN, from, until: from + 7 * DAY, most: 500 };
      const free = freeSlots(search);
      for (const [index, one] of free.entries()) {
        assert.ok(one.start >= from && one.start < from + 7 * DAY);
        assert.ok(!taken.some((other) => overlaps(one, other)));
        assert.ok(index === 0 || one.start >= (free[index - 1]?.end ?? 0));
      }
    }),
  );
});

test('S15 a visit lies within the hours of its day by the wall clock, to the minute, and never over midnight', () => {
  const visit = (start: string, minutes = 20) => ({ start: at(start), end: at(start) + minutes * 60_000 });
  // 09:00 in Pune is 03:30 UTC; 12:00 is 06:30.
  assert.equal(isWithinHours(visit('2026-11-26T03:30:00Z'), [morning], PUNE), true);
  assert.equal(isWithinHours(visit('2026-11-26T06:10:00Z'), [morning], PUNE), true);
  assert.equal(isWithinHours(visit('2026-11-26T06:11:00Z'), [morning], PUNE), false);
  assert.equal(isWithinHours(visit('2026-11-26T03:29:00Z'), [morning], PUNE), false);
  assert.equal(isWithinHours(visit('2026-11-28T03:30:00Z'), [morning], PUNE), false, 'a Saturday');
  const always: OpenHours = { days: new Set([0, 1, 2, 3, 4, 5, 6]), fromMinute: 0, untilMinute: 24 * 60 };
  assert.equal(isWithinHours(visit('2026-11-26T18:20:00Z'), [always], PUNE), false, 'until ten past midnight');
});

test('S3 what the wall clock shows is one moment, and none when it is skipped', () => {
  assert.equal(momentOfWall(at('2026-11-26T09:00:00Z'), PUNE), at('2026-11-26T03:30:00Z'));
  assert.equal(momentOfWall(at('2026-07-01T09:00:00Z'), BERLIN), at('2026-07-01T07:00:00Z'));
  assert.equal(momentOfWall(at('2026-03-29T02:30:00Z'), BERLIN), undefined);
});
