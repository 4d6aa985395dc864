import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byDay } from './days.ts';
import {
  actsFor,
  byPractitioner,
  countMissed,
  patientIds,
  unnamedPractitioners,
  type ScheduledAppointment,
} from './schedule.ts';

test('times are grouped by the day they lie on, in their order', () => {
  const days = byDay(['2026-11-26T09:00Z', '2026-11-26T10:00Z', '2026-11-27T09:00Z'], (time) => time.slice(0, 10));
  assert.deepEqual(
    days.map(({ first, times }) => [first, times.length]),
    [
      ['2026-11-26T09:00Z', 2],
      ['2026-11-27T09:00Z', 1],
    ],
  );
});

const scheduled = (id: string, start: string, status: string): ScheduledAppointment => ({
  resourceType: 'Appointment',
  id,
  status,
  start,
  participant: [
    { actor: { reference: 'Patient/p', display: 'Asha' } },
    { actor: { reference: 'Practitioner/d', display: 'Dr Joshi' } },
  ],
});

test('the day of each practitioner is in the order of its times, and what was entered in error is not on it', () => {
  const [day, ...rest] = byPractitioner(
    [
      scheduled('2', '2026-11-26T10:00:00Z', 'booked'),
      scheduled('1', '2026-11-26T14:00:00+05:30', 'arrived'),
      scheduled('3', '2026-11-26T11:00:00Z', 'entered-in-error'),
    ],
    new Map(),
  );
  assert.deepEqual(rest, []);
  assert.deepEqual(
    day?.lines.map(({ id, patient }) => [id, patient]),
    [
      ['1', 'Asha'],
      ['2', 'Asha'],
    ],
  );
});

test('the patient has the name of the record, each record asked for once', () => {
  const day = [scheduled('1', '2026-11-26T10:00:00Z', 'booked'), scheduled('2', '2026-11-26T11:00:00Z', 'booked')];
  assert.deepEqual(patientIds(day), ['p']);
  assert.equal(byPractitioner(day, new Map([['p', 'Asha Rao']]))[0]?.lines[0]?.patient, 'Asha Rao');
});

test('a practitioner whom no visit names has the name of the directory', () => {
  const visit = scheduled('1', '2026-11-26T10:00:00Z', 'booked');
  assert.deepEqual(unnamedPractitioners([visit]), []);
  const unnamed = { ...visit, participant: [{ actor: { reference: 'Practitioner/d' } }] };
  assert.deepEqual(unnamedPractitioners([unnamed, unnamed]), ['d']);
  assert.equal(byPractitioner([unnamed], new Map([['d', 'Dr Joshi']]))[0]?.name, 'Dr Joshi');
});

test('S16 the desk sees who has missed three visits within 90 days, on each line of theirs, and of nobody else', () => {
  const now = Date.parse('2026-11-26T10:00:00Z');
  const missed = ['2026-11-25T10:00:00Z', '2026-11-01T10:00:00Z'].map((start) => scheduled(start, start, 'noshow'));
  const third = (start: string) => countMissed([...missed, scheduled('3', start, 'noshow')], now);
  assert.deepEqual([...countMissed(missed, now)], []);
  assert.deepEqual([...third('2026-08-28T09:00:00Z')], [], 'more than 90 days ago');
  const counted = third('2026-08-29T10:00:00Z');
  assert.deepEqual([...counted], [['p', 3]]);
  const today = [scheduled('4', '2026-11-26T11:00:00Z', 'booked')];
  assert.equal(byPractitioner(today, new Map(), counted)[0]?.lines[0]?.missed, 3);
  assert.equal(byPractitioner(today, new Map(), new Map([['q', 3]]))[0]?.lines[0]?.missed, undefined);
});

test('the desk is offered what the server would allow', () => {
  const now = Date.parse('2026-11-26T10:00:00Z');
  const offered = (start: string, status: string) => actsFor(scheduled('1', start, status), now);
  assert.deepEqual(offered('2026-11-26T10:00:00Z', 'booked'), ['check-in', 'no-show', 'cancel']);
  assert.deepEqual(offered('2026-11-26T11:00:00Z', 'booked'), ['check-in', 'cancel']);
  assert.deepEqual(offered('2026-11-28T11:00:00Z', 'booked'), ['cancel']);
  assert.deepEqual(offered('2026-11-26T10:00:00Z', 'arrived'), ['take-back']);
  assert.deepEqual(offered('2026-11-26T10:00:00Z', 'fulfilled'), []);
});
