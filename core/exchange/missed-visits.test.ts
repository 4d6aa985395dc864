import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MISSED_COUNT_FOR_MS, missedVisits } from './missed-visits.ts';

const DAY = 24 * 60 * 60_000;
const NOW = Date.parse('2026-11-27T10:00:00Z');
const daysAgo = (...days: number[]) => days.map((ago) => NOW - ago * DAY);

test('S16 two missed visits leave a person free to book, the third hands it to the desk', () => {
  assert.deepEqual(missedVisits([], NOW), { count: 0 });
  assert.deepEqual(missedVisits(daysAgo(1, 2), NOW), { count: 2 });
  assert.equal(missedVisits(daysAgo(1, 2, 3), NOW).count, 3);
  assert.equal(missedVisits(daysAgo(1, 2, 3), NOW).deskBooksUntil, NOW - 3 * DAY + 90 * DAY);
});

test('S16 a visit counts for 90 days from its start, and one that lies ahead not at all', () => {
  const edge = NOW - MISSED_COUNT_FOR_MS;
  assert.deepEqual(missedVisits([...daysAgo(1, 2), edge], NOW), { count: 2 });
  assert.equal(missedVisits([...daysAgo(1, 2), edge + 1], NOW).deskBooksUntil, NOW + 1);
  assert.deepEqual(missedVisits([...daysAgo(1, 2), NOW + 1], NOW), { count: 2 });
  assert.equal(missedVisits([...daysAgo(1, 2), NOW], NOW).count, 3);
});

test('S16 the person books again when fewer than three are left, in whatever order they are named', () => {
  const starts = daysAgo(80, 10, 40, 60);
  const { count, deskBooksUntil = 0 } = missedVisits(starts, NOW);
  assert.deepEqual([count, deskBooksUntil], [4, NOW + 30 * DAY]);
  assert.equal(missedVisits(starts, deskBooksUntil - 1).count, 3);
  assert.deepEqual(missedVisits(starts, deskBooksUntil), { count: 2 });
});
