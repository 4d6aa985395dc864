import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestFirst, type Notice, noticesOf, remindersOf } from './notice.ts';

const changed = (resourceType: string, id: string, lastUpdated: string, more: object = {}) => ({
  resourceType,
  id,
  meta: { lastUpdated },
  ...more,
});

test('results of one day are one notice with their number; prescriptions and appointments stand alone', () => {
  const notices = noticesOf(
    [
      changed('Observation', 'a', '2026-11-26T09:00:00.000Z'),
      changed('DiagnosticReport', 'b', '2026-11-26T10:00:00.000Z'),
      changed('Observation', 'c', '2026-11-25T10:00:00.000Z'),
      changed('MedicationRequest', 'd', '2026-11-26T11:00:00.000Z'),
      changed('Appointment', 'e', '2026-11-26T12:00:00.000Z', { status: 'booked' }),
      changed('Appointment', 'f', '2026-11-26T13:00:00.000Z', { status: 'cancelled' }),
    ],
    '/me',
  );
  assert.deepEqual(
    notices.map(({ kind, count }) => [kind, count]),
    [
      ['prescription', undefined],
      ['appointment', undefined],
      ['cancelled', undefined],
      ['results', 2],
      ['results', 1],
    ],
  );
  assert.equal(notices[3]?.at, Date.parse('2026-11-26T10:00:00.000Z'));
});

test('the list is the newest first, of the last 30 days, twenty at most', () => {
  const now = Date.parse('2026-11-26T12:00:00.000Z');
  const at = (days: number): Notice => ({ id: String(days), kind: 'opened', at: now - days * 86_400_000, to: '/me' });
  assert.deepEqual(
    newestFirst([at(31), at(3), at(1), at(2)], now).map(({ id }) => id),
    ['1', '2', '3'],
  );
  assert.equal(
    newestFirst(
      Array.from({ length: 50 }, () => at(1)),
      now,
    ).length,
    20,
  );
});

test('a visit is reminded of from the day before to its start, and anew when it is moved', () => {
  const start = '2026-11-27T12:00:00.000Z';
  const ids = (now: string, at = start) => remindersOf([{ id: 'v', start: at }], Date.parse(now)).map(({ id }) => id);
  assert.deepEqual(ids('2026-11-26T11:59:00Z'), []);
  assert.deepEqual(ids('2026-11-26T12:00:00Z'), [`reminder/v/${Date.parse(start)}`]);
  assert.deepEqual(ids('2026-11-27T12:00:00Z'), []);
  assert.notDeepEqual(ids('2026-11-27T11:00:00Z'), ids('2026-11-27T11:00:00Z', '2026-11-27T13:00:00Z'));
  assert.deepEqual(remindersOf([{ id: 'v' }], Date.parse(start)), []);
});
