/** Who misses visits again and again, over HTTP: as the patient books, as the desk books and takes back, as time passes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Suggestion } from '@clearchart/api';
import { bookableRole, type Booker, bookers, code } from './booking.fixture.ts';
import { type Answer, startTestNode, type TestNode } from './test-node.fixture.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let host: TestNode;
let role: string;
let patient: Booker;
let other: Booker;
let desk: Booker;

before(async () => {
  host = await startTestNode();
  role = await bookableRole(host, 'mine', { active: true });
  ({ patient, other, desk } = bookers(host));
});
after(() => host.close());

const idOf = ({ body }: Answer) => (JSON.parse(body) as { appointmentId: string }).appointmentId;

/** Marked by the hospital's own system as not come. */
async function missed(person: string, daysAgo: number): Promise<string> {
  const start = host.now() - daysAgo * DAY_MS;
  const made = await host.ask('POST', '/fhir/R4/Appointment', {
    token: host.tokens.system,
    body: {
      resourceType: 'Appointment',
      status: 'noshow',
      start: new Date(start).toISOString(),
      end: new Date(start + 20 * MINUTE_MS).toISOString(),
      participant: [
        { actor: { reference: `Patient/${host.ids[person]}` }, status: 'accepted' },
        { actor: { reference: `Practitioner/${host.ids['mine']}` }, status: 'accepted' },
      ],
    },
  });
  assert.equal(made.status, 201, made.body.slice(0, 300));
  return made.json().id;
}

async function suggestion(ask: typeof patient, patientId?: string): Promise<Suggestion> {
  const answer = await ask('suggest', {
    specialty: 'general-medicine',
    ...(patientId === undefined ? {} : { patientId }),
  });
  assert.equal(answer.status, 200, answer.body.slice(0, 300));
  return JSON.parse(answer.body) as Suggestion;
}

/** Each time another one, so that none is in the way of another. */
let used = 0;
async function freeTime(): Promise<string> {
  const { doctors } = await suggestion(other);
  used += 1;
  return doctors.find((doctor) => doctor.role === role)?.times[used] ?? '';
}

async function visitsOf(person: string): Promise<number> {
  const path = `/fhir/R4/Appointment?patient=${host.ids[person]}&_summary=count`;
  return (await host.ask('GET', path, { token: host.tokens.system })).json().total;
}

test('S16 after two missed visits a patient books; after the third not, and nothing is stored', async () => {
  await missed('p', 1);
  await missed('p', 20);
  assert.equal((await suggestion(patient)).missed, undefined);
  assert.equal((await patient('appointments', { role, start: await freeTime() })).status, 201);
  await missed('p', 89);
  const before_ = await visitsOf('p');
  const refused = await patient('appointments', { role, start: await freeTime() });
  assert.equal(refused.status, 409);
  assert.equal(code(refused), 'missed-too-often');
  assert.match(refused.body, /the desk of the hospital books the next one with you/);
  assert.equal(await visitsOf('p'), before_);
});

test('S16 the page is told before a time is chosen, until when; the desk is told too, and books', async () => {
  const { missed: told, redFlags } = await suggestion(patient);
  assert.equal(told?.count, 3);
  const left = Date.parse(told.deskBooksUntil) - host.now();
  assert.ok(left > 0 && left <= DAY_MS);
  assert.ok(redFlags.length === 0);
  const id = host.ids['p'] ?? '';
  assert.equal((await suggestion(desk, id)).missed?.count, 3);
  const booked = await desk('appointments', { role, start: await freeTime(), patientId: id });
  assert.equal(booked.status, 201, booked.body.slice(0, 300));
});

test('S16 what is booked is moved and cancelled as before', async () => {
  const booked = await desk('appointments', { role, start: await freeTime(), patientId: host.ids['p'] });
  const moved = await patient('appointments', { role, start: await freeTime(), replaces: idOf(booked) });
  assert.equal(moved.status, 201, moved.body.slice(0, 300));
  assert.equal((await patient(`appointments/${idOf(moved)}/status`, { act: 'cancel' })).status, 200);
  const again = await patient('appointments', { role, start: await freeTime() });
  assert.equal(code(again), 'missed-too-often', 'a cancelled one is no way to a new one');
});

test('S16 one patient’s missed visits are no other’s', async () => {
  assert.equal((await suggestion(other)).missed, undefined);
  assert.equal((await other('appointments', { role, start: await freeTime() })).status, 201);
});

test('S16 a mark that the desk takes back counts no more', async () => {
  const wrong = await missed('q', 3);
  await missed('q', 4);
  await missed('q', 5);
  assert.equal(code(await other('appointments', { role, start: await freeTime() })), 'missed-too-often');
  assert.equal((await desk(`appointments/${wrong}/status`, { act: 'take-back' })).status, 200);
  assert.equal((await other('appointments', { role, start: await freeTime() })).status, 201);
});

test('S16 who prepares the visit finds the missed ones over FHIR, and so does the desk', async () => {
  const path = `/fhir/R4/Appointment?patient=${host.ids['p']}&status=noshow&_summary=count`;
  const seen = await host.ask('GET', path, { token: host.tokens.mine });
  assert.equal(seen.json().total, 3);
  assert.equal((await host.askAsAdministrator('GET', path)).json().total, 3);
});

test('S16 visits missed under a joined record count, and no more once the records are taken apart', async () => {
  const [survivor, replaced] = [host.ids['p'], host.ids['q']];
  const reason = 'Same passport, seen twice';
  const joined = await host.askAsAdministrator('POST', '/api/joined-records', { survivor, replaced, reason });
  assert.equal(joined.status, 201, joined.body);
  assert.equal((await suggestion(other)).missed?.count, 5);
  assert.equal(code(await other('appointments', { role, start: await freeTime() })), 'missed-too-often');
  await host.askAsAdministrator('POST', `/api/joined-records/${replaced}/separate`, { reason: 'Two people' });
  assert.equal((await suggestion(other)).missed, undefined);
});

test('S16 after 90 days a missed visit is forgotten', async () => {
  assert.equal(code(await patient('appointments', { role, start: await freeTime() })), 'missed-too-often');
  host.advance(2 * DAY_MS);
  assert.equal((await suggestion(patient)).missed, undefined);
  assert.equal((await patient('appointments', { role, start: await freeTime() })).status, 201);
});
