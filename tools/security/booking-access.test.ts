/** A booked visit opens the record to the one who is booked, and only from the day before: over HTTP, on a test clock. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bookableRole } from './booking.fixture.ts';
import { startTestNode, type TestNode } from './test-node.fixture.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

let host: TestNode;
let role: string;
let record: string;

before(async () => {
  host = await startTestNode();
  role = await bookableRole(host, 'strange');
  record = `/fhir/R4/Condition/${host.ids['qCondition']}`;
});
after(() => host.close());

const read = async (who: 'strange' | 'mine') => (await host.ask('GET', record, { token: host.tokens[who] })).status;

/** The patient books the first whole hour after `ahead`; resolves to the appointment and when it is. */
async function book(ahead: number): Promise<{ id: string; start: number }> {
  const start = Math.ceil((host.now() + ahead) / HOUR_MS) * HOUR_MS;
  const body = { role, start: new Date(start).toISOString() };
  const answer = await host.ask('POST', '/api/booking/appointments', { token: host.tokens.other, body });
  assert.equal(answer.status, 201, answer.body);
  return { id: (JSON.parse(answer.body) as { appointmentId: string }).appointmentId, start };
}

/** Moves the clock to so long before (or, negative, after) a moment. */
const moveTo = (before: number, moment: number) => host.advance(moment - before - host.now());

test('C3 what a patient books opens the record a day before it begins, to who is booked, until a day after', async () => {
  const { start } = await book(3 * DAY_MS);
  assert.equal(await read('strange'), 404);
  moveTo(DAY_MS + HOUR_MS, start);
  assert.equal(await read('strange'), 404, '25 hours before');
  moveTo(DAY_MS - HOUR_MS, start);
  assert.equal(await read('strange'), 200, '23 hours before');
  assert.equal(await read('mine'), 404, 'somebody else');
  moveTo(-DAY_MS - HOUR_MS, start);
  assert.equal(await read('strange'), 404, '25 hours after');
});

test('C3 a visit that is cancelled opens nothing from then on', async () => {
  const { id } = await book(10 * HOUR_MS);
  assert.equal(await read('strange'), 200);
  const path = `/api/booking/appointments/${id}/status`;
  const cancelled = await host.ask('POST', path, { token: host.tokens.other, body: { act: 'cancel' } });
  assert.equal(cancelled.status, 200, cancelled.body);
  assert.equal(await read('strange'), 404);
});
