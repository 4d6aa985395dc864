import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Appointment, dayOf, nextOf, openAppointmentOf, todayLines } from './today.ts';

const appointment = (id: string, status: string, clock: string, patient = `p-${id}`): Appointment => ({
  resourceType: 'Appointment',
  id,
  status,
  start: `2026-11-26T${clock}:00Z`,
  participant: [{ actor: { reference: 'Practitioner/d' } }, { actor: { reference: `Patient/${patient}` } }],
});

test('the day is in the order of its times, whatever order it came in', () => {
  const lines = todayLines([appointment('b', 'booked', '10:30'), appointment('a', 'fulfilled', '09:00')]);
  assert.deepEqual(
    lines.map(({ appointment: { id }, state }) => `${id} ${state}`),
    ['a done', 'b expected'],
  );
});

test('who has arrived goes before who is expected earlier, and nobody is next when all is done', () => {
  const early = appointment('a', 'booked', '09:00');
  const late = appointment('b', 'arrived', '11:00');
  assert.equal(nextOf(todayLines([early, late]))?.appointment.id, 'b');
  assert.equal(nextOf(todayLines([early, appointment('c', 'booked', '08:00')]))?.appointment.id, 'c');
  assert.equal(
    nextOf(todayLines([appointment('d', 'fulfilled', '09:00'), appointment('e', 'noshow', '10:00')])),
    undefined,
  );
});

test('what has no patient, no time or was entered in error is not on the list', () => {
  const { start: _start, ...timeless } = appointment('a', 'booked', '09:00');
  const nobody = { ...appointment('b', 'booked', '09:00'), participant: [] };
  assert.deepEqual(todayLines([timeless, nobody, appointment('c', 'entered-in-error', '09:00')]), []);
});

test('a visit fulfils the appointment of its own patient that is still open', () => {
  const lines = todayLines([
    appointment('a', 'fulfilled', '09:00', 'meera'),
    appointment('b', 'booked', '10:00', 'ravi'),
    appointment('c', 'booked', '11:00', 'meera'),
  ]);
  assert.equal(openAppointmentOf(lines, 'meera')?.id, 'c');
  assert.equal(openAppointmentOf(lines, 'nobody'), undefined);
});

test('the reason is in the words of whoever booked', () => {
  const [coded] = todayLines([
    { ...appointment('a', 'booked', '09:00'), reasonCode: [{ coding: [{ display: 'Cough' }] }], description: 'x' },
  ]);
  assert.equal(coded?.reason, 'Cough');
  assert.equal(todayLines([{ ...appointment('a', 'booked', '09:00'), description: 'x' }])[0]?.reason, 'x');
});

test('a day lasts from midnight to midnight where the reader is', () => {
  const { from, until } = dayOf(Date.parse('2026-11-26T10:00:00Z'));
  assert.equal(Date.parse(until) - Date.parse(from), 86_400_000);
  assert.ok(Date.parse(from) <= Date.parse('2026-11-26T10:00:00Z'));
});
