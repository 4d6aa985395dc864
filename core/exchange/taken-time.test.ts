import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asksForMore, type Claim, collides, takenTime } from './taken-time.ts';

const NINE = Date.parse('2026-12-01T09:00:00Z');
const MINUTE = 60_000;
const slot = (from: number, minutes: number) => ({
  start: NINE + from * MINUTE,
  end: NINE + (from + minutes) * MINUTE,
});
const claim = (from: number, minutes: number, ...practitioners: string[]): Claim => ({
  time: slot(from, minutes),
  practitioners: new Set(practitioners),
});

test('S2 a visit takes its time in every status but cancelled, missed and entered in error', () => {
  const times = { start: '2026-12-01T09:00:00Z', end: '2026-12-01T09:30:00Z' };
  for (const status of ['proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'waitlist'])
    assert.deepEqual(takenTime({ ...times, status }), slot(0, 30), status);
  for (const status of ['cancelled', 'noshow', 'entered-in-error'])
    assert.equal(takenTime({ ...times, status }), undefined, status);
  assert.equal(takenTime({ status: 'proposed' }), undefined);
});

test('S2 a visit without an end takes 20 minutes, and one without end to speak of takes a day', () => {
  assert.deepEqual(takenTime({ status: 'booked', start: '2026-12-01T09:00:00Z' }), slot(0, 20));
  const long = { status: 'booked', start: '2026-12-01T09:00:00Z', end: '2027-12-01T09:00:00Z' };
  assert.deepEqual(takenTime(long), slot(0, 24 * 60));
});

test('S2 a visit that ends when it begins, or before, takes 20 minutes', () => {
  const start = '2026-12-01T09:00:00Z';
  for (const end of [start, '2026-12-01T08:59:59Z', '2026-12-01', '2025-12-01T09:00:00Z'])
    assert.deepEqual(takenTime({ status: 'booked', start, end }), slot(0, 20), end);
});

test('S4 a version that keeps its time or gives some back asks for nothing', () => {
  const before = claim(0, 40, 'joshi', 'rao');
  assert.equal(asksForMore(claim(0, 40, 'joshi', 'rao'), before), false);
  assert.equal(asksForMore(claim(10, 20, 'joshi'), before), false);
  assert.equal(asksForMore(claim(0, 40, 'joshi'), undefined), true);
  assert.equal(asksForMore(claim(-1, 40, 'joshi'), before), true);
  assert.equal(asksForMore(claim(0, 41, 'joshi'), before), true);
  assert.equal(asksForMore(claim(0, 40, 'joshi', 'iyer'), before), true);
});

test('S4 two visits collide while the time they share is not over; what only touches never does', () => {
  assert.equal(collides(slot(0, 20), slot(10, 20), NINE - MINUTE), true);
  assert.equal(collides(slot(0, 20), slot(10, 20), NINE + 19 * MINUTE), true);
  assert.equal(collides(slot(0, 20), slot(10, 20), NINE + 20 * MINUTE), false, 'history is written as it was');
  assert.equal(collides(slot(0, 20), slot(20, 20), NINE - MINUTE), false);
});
