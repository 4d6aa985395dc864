import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesOf, timesOffOf, weekOf } from './role-hours.ts';
import { wallClockOf } from './wall-clock.ts';

const PUNE = wallClockOf('Asia/Kolkata');
const BERLIN = wallClockOf('Europe/Berlin');
const NOW = Date.parse('2026-11-26T06:00:00Z');

test('S15 hours and times off that a person sets come back from FHIR as they were set', () => {
  const week = [
    { day: 'mon', from: '09:00', until: '13:00' },
    { day: 'mon', from: '14:00', until: '17:30' },
    { day: 'tue', from: '09:00', until: '13:00' },
    { day: 'sun', from: '00:00', until: '24:00' },
  ] as const;
  const timesOff = [
    { from: '2026-11-27T09:00', until: '2026-11-27T13:00', reason: 'Course' },
    { from: '2026-12-24', until: '2026-12-26', reason: 'At home' },
    { from: '2027-01-01', reason: 'Leaves the hospital' },
  ];
  const rules = rulesOf(week, timesOff, PUNE);
  assert.deepEqual(rules?.availableTime, [
    { daysOfWeek: ['mon', 'tue'], availableStartTime: '09:00:00', availableEndTime: '13:00:00' },
    { daysOfWeek: ['mon'], availableStartTime: '14:00:00', availableEndTime: '17:30:00' },
    { daysOfWeek: ['sun'], allDay: true },
  ]);
  assert.deepEqual(rules?.notAvailable?.[0], {
    description: 'Course',
    during: { start: '2026-11-27T09:00:00+05:30', end: '2026-11-27T13:00:00+05:30' },
  });
  assert.deepEqual(weekOf(rules ?? {}), week);
  assert.deepEqual(timesOffOf(rules ?? {}, PUNE, NOW), timesOff);
  assert.deepEqual(rulesOf([], [], PUNE), {}, 'FHIR has no empty lists');
});

test('S15 what other FHIR clients wrote is shown by the wall clock; what is over is left out', () => {
  const shown = timesOffOf(
    {
      notAvailable: [
        { description: 'Later', during: { start: '2026-12-01T03:30:00Z', end: '2026-12-01T04:30:00Z' } },
        { description: 'Over', during: { end: '2026-11-25' } },
        { description: ' ', during: { start: '2026-11', end: '2026-12' } },
        {},
      ],
    },
    PUNE,
    NOW,
  );
  assert.deepEqual(shown, [
    { reason: '–' },
    { from: '2026-11-01', until: '2026-12-31', reason: '–' },
    { from: '2026-12-01T09:00', until: '2026-12-01T10:00', reason: 'Later' },
  ]);
  const overlapping = weekOf({
    availableTime: [
      { daysOfWeek: ['mon'], availableStartTime: '08:00:00', availableEndTime: '12:00:00' },
      { daysOfWeek: ['mon'], availableStartTime: '10:00:00', availableEndTime: '13:00:00' },
      { daysOfWeek: ['tue'], availableStartTime: '13:00:00', availableEndTime: '09:00:00' },
    ],
  });
  assert.deepEqual(overlapping, [{ day: 'mon', from: '08:00', until: '13:00' }]);
});

test('S15 a time off ends after it begins', () => {
  const off = (from: string, until: string) => rulesOf([], [{ from, until, reason: 'x' }], PUNE);
  assert.equal(off('2026-12-02', '2026-12-01'), undefined);
  assert.equal(off('2026-12-01T09:00', '2026-12-01T09:00'), undefined);
  assert.notEqual(off('2026-12-01', '2026-12-01'), undefined, 'one whole day');
});

test('S15 a time off of another client that ends before it begins stands as it is, and no new one beside it', () => {
  const during = { start: '2099-03-05T15:30:00+05:30', end: '2099-03-05T14:30:00+05:30' };
  const stored = { notAvailable: [{ description: 'Wrong way round', during }] };
  const shown = timesOffOf(stored, PUNE, NOW);
  assert.deepEqual(shown, [{ from: '2099-03-05T15:30', until: '2099-03-05T14:30', reason: 'Wrong way round' }]);
  assert.deepEqual(rulesOf([], shown, PUNE, shown), stored);
  const more = { from: '2099-03-05T15:30', until: '2099-03-05T14:00', reason: 'Wrong way round' };
  assert.equal(rulesOf([], [...shown, more], PUNE, shown), undefined);
});

test('S3 a time off keeps its place on the wall clock on both sides of a change', () => {
  const off = (from: string, until: string) => rulesOf([], [{ from, until, reason: 'x' }], BERLIN)?.notAvailable?.[0];
  assert.deepEqual(off('2026-10-24T09:00', '2026-10-26T09:00')?.during, {
    start: '2026-10-24T09:00:00+02:00',
    end: '2026-10-26T09:00:00+01:00',
  });
  assert.equal(off('2026-03-29T02:30', '2026-03-29T12:00')?.during?.start, '2026-03-29T03:30:00+02:00');
});
