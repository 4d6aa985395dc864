import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closedTimes, openHours } from './availability.ts';
import { wallClockOf } from './wall-clock.ts';

const PUNE = wallClockOf('Asia/Kolkata');

test('S1 hours come from the days and times of the role; what names no time opens nothing', () => {
  const [first, second, ...rest] = openHours({
    availableTime: [
      { daysOfWeek: ['mon', 'sat'], availableStartTime: '09:30:00', availableEndTime: '13:00:00' },
      { allDay: true },
      { daysOfWeek: ['tue'], availableStartTime: '09:00:00' },
    ],
  });
  assert.deepEqual(first, { days: new Set([1, 6]), fromMinute: 570, untilMinute: 780 });
  assert.equal(second?.days.size, 7);
  assert.deepEqual([second?.fromMinute, second?.untilMinute], [0, 1_440]);
  assert.deepEqual(rest, []);
});

test('S1 a day that is closed is the hospital’s own day, a closing with a time is meant to the minute', () => {
  const [day, hours, forever] = closedTimes(
    {
      notAvailable: [
        { during: { start: '2026-12-25', end: '2026-12-26' } },
        { during: { start: '2026-12-24T12:00:00+05:30', end: '2026-12-24T18:00:00+05:30' } },
        { during: { start: '2027-01-01' } },
      ],
    },
    PUNE,
  );
  assert.equal(new Date(day?.start ?? 0).toISOString(), '2026-12-24T18:30:00.000Z');
  assert.equal(new Date(day?.end ?? 0).toISOString(), '2026-12-26T18:30:00.000Z');
  assert.equal(hours?.start, Date.parse('2026-12-24T06:30:00Z'));
  assert.equal(hours?.end, Date.parse('2026-12-24T12:30:00Z'), 'the minute at which it ends is open again');
  assert.equal(forever?.end, Number.POSITIVE_INFINITY);
});

test('S3 the wall clock follows the zone through its changes', () => {
  const berlin = wallClockOf('Europe/Berlin');
  assert.equal(PUNE.offsetAt(0), 330);
  assert.equal(berlin.offsetAt(Date.parse('2026-03-29T00:59:59Z')), 60);
  assert.equal(berlin.offsetAt(Date.parse('2026-03-29T01:00:00Z')), 120);
  assert.equal(wallClockOf('America/St_Johns').offsetAt(Date.parse('2026-01-01T00:00:00Z')), -210);
  assert.throws(() => wallClockOf('Mars/Olympus'), RangeError);
});
