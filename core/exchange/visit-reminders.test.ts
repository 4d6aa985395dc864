import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reminderDue } from './visit-reminders.ts';

const HOUR = 60 * 60_000;
const at = (text: string): number => Date.parse(text);
/** Pune: five and a half hours east. */
const wall = { offsetAt: () => 330 };
const visit = { start: at('2026-12-02T15:00:00+05:30'), bookedAt: at('2026-11-20T10:00:00+05:30') };
const due = (now: string, over = {}) => reminderDue({ ...visit, ...over }, at(now), wall);

test('S12 a reminder is due the day before and two hours before, and not outside those times', () => {
  assert.equal(due('2026-12-01T14:59:00+05:30'), undefined);
  assert.equal(due('2026-12-01T15:00:00+05:30'), 'day-before');
  assert.equal(due('2026-12-02T11:59:00+05:30'), 'day-before');
  assert.equal(due('2026-12-02T12:00:00+05:30'), undefined, 'three hours before it says nothing new');
  assert.equal(due('2026-12-02T13:00:00+05:30'), 'hours-before');
  assert.equal(due('2026-12-02T14:00:00+05:30'), undefined);
  assert.equal(due('2026-12-02T16:00:00+05:30'), undefined);
});

test('S12 at night nobody is written to: a reminder waits for the morning, or is left out', () => {
  assert.equal(due('2026-12-01T20:59:00+05:30'), 'day-before');
  assert.equal(due('2026-12-01T21:00:00+05:30'), undefined);
  assert.equal(due('2026-12-02T07:59:00+05:30'), undefined);
  assert.equal(due('2026-12-02T08:00:00+05:30'), 'day-before');
  const early = { start: at('2026-12-02T08:30:00+05:30') };
  for (let now = early.start - 2 * HOUR; now < early.start; now += HOUR / 4)
    assert.equal(reminderDue({ ...visit, ...early }, now, wall), undefined);
});

test('S12 who booked within the time of a reminder is not reminded of it', () => {
  assert.equal(due('2026-12-01T16:00:00+05:30', { bookedAt: at('2026-12-01T15:30:00+05:30') }), undefined);
  assert.equal(due('2026-12-02T13:10:00+05:30', { bookedAt: at('2026-12-01T15:30:00+05:30') }), 'hours-before');
  assert.equal(due('2026-12-02T13:10:00+05:30', { bookedAt: at('2026-12-02T13:05:00+05:30') }), undefined);
});
