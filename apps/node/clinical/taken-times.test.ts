/** S4 by the doors of FHIR: whoever may write Appointments gives no practitioner away twice. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { created, patient, refused, server } from './fhir-rest.fixture.ts';

const PARALLEL = 200;
const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;

let doctor: string | undefined;
let other: string;
let asha: string;
let day = 0;
beforeEach(async () => {
  if (doctor !== undefined) return;
  doctor = (await created({ resourceType: 'Practitioner', name: [{ family: 'Joshi' }] })).url.slice(1);
  other = (await created({ resourceType: 'Practitioner', name: [{ family: 'Rao' }] })).url.slice(1);
  asha = (await created(patient())).url.slice(1);
});

/** Nine o'clock of a day that no other test uses. */
const morning = (): number => Date.parse('2026-04-01T09:00:00Z') + ++day * DAY;
const instant = (time: number) => new Date(time).toISOString();
const visit = (start: number, more: object = {}, actor = doctor ?? ''): object => ({
  resourceType: 'Appointment',
  status: 'booked',
  start: instant(start),
  end: instant(start + 20 * MINUTE),
  participant: [
    { actor: { reference: asha }, status: 'accepted' },
    { actor: { reference: actor }, status: 'accepted' },
  ],
  ...more,
});
const taken = (method: string, path: string, body: unknown, headers?: Record<string, string>) =>
  refused(409, 'slot-taken', method, path, body, headers);
const transaction = (...entry: object[]) => ({ resourceType: 'Bundle', type: 'transaction', entry });
const post = (resource: object) => ({ resource, request: { method: 'POST', url: 'Appointment' } });
const put = (id: string, resource: object) => ({
  resource: { ...resource, id },
  request: { method: 'PUT', url: `Appointment/${id}` },
});
const count = async (start: number): Promise<number> =>
  (await server.request('GET', `/Appointment?date=${encodeURIComponent(instant(start))}&_summary=count`)).body.total;

test(`S4 of ${PARALLEL} FHIR clients that write one time at once exactly one has it`, async () => {
  const start = morning();
  const replies = await Promise.all(
    Array.from({ length: PARALLEL }, () => server.request('POST', '/Appointment', visit(start))),
  );
  assert.equal(replies.filter(({ status }) => status === 201).length, 1);
  assert.equal(replies.filter(({ status }) => status === 409).length, PARALLEL - 1);
  assert.equal(await count(start), 1);
});

test('S4 a taken time is refused by create, update, patch and in bundles, with plain words and nothing stored', async () => {
  const start = morning();
  await created(visit(start));
  const reply = await taken('POST', '/Appointment', visit(start + 19 * MINUTE));
  assert.match(reply.body.issue[0].details.text, /another visit at this time/);
  const { id, url } = await created(visit(start + 20 * MINUTE));
  await taken('PUT', url, { ...visit(start + 10 * MINUTE), id });
  await taken('PUT', `/Appointment?_id=${id}`, { ...visit(start + 10 * MINUTE), id });
  const earlier = [{ op: 'replace', path: '/start', value: instant(start + 10 * MINUTE) }];
  await taken('PATCH', url, JSON.stringify(earlier), { 'content-type': 'application/json-patch+json' });
  await taken('POST', '', transaction(post(visit(start + 60 * MINUTE)), post(visit(start))));
  assert.equal(await count(start + 60 * MINUTE), 0, 'the rest of the transaction is not stored either');
  const batch = { ...transaction(post(visit(start)), post(visit(start + 80 * MINUTE))), type: 'batch' };
  const { entry } = (await server.request('POST', '', batch)).body as { entry: { response: { status: string } }[] };
  assert.deepEqual(
    entry.map(({ response }) => response.status.slice(0, 3)),
    ['409', '201'],
  );
  assert.equal((await server.request('GET', url)).body.meta.versionId, '1');
});

test('S4 two visits of one transaction do not share a time', async () => {
  const start = morning();
  await taken('POST', '', transaction(post(visit(start)), post(visit(start + MINUTE))));
  assert.equal(await count(start), 0);
  const both = transaction(post(visit(start)), post(visit(start + MINUTE, {}, other)));
  assert.equal((await server.request('POST', '', both)).status, 200, 'two practitioners are seen at once');
});

test('S4 a practitioner is one, under the own name and under every role', async () => {
  const start = morning();
  const role = (await created({ resourceType: 'PractitionerRole', practitioner: { reference: doctor } })).url.slice(1);
  const second = (await created({ resourceType: 'PractitionerRole', practitioner: { reference: doctor } })).url.slice(
    1,
  );
  await created(visit(start, {}, role));
  for (const actor of [doctor ?? '', role, second]) await taken('POST', '/Appointment', visit(start, {}, actor));
  await created(visit(start, {}, other));
});

test('S4 a practitioner is the same one under an absolute address, whichever of the two visits names it', async () => {
  const start = morning();
  const role = (await created({ resourceType: 'PractitionerRole', practitioner: { reference: doctor } })).url.slice(1);
  const elsewhere = `https://clinic.example:8443/fhir/R4/${doctor}`;
  const named = (await created({ resourceType: 'PractitionerRole', practitioner: { reference: elsewhere } })).url;
  const names = [
    doctor ?? '',
    elsewhere,
    `${elsewhere}/_history/1`,
    `http://127.0.0.1/fhir/R4/${role}`,
    named.slice(1),
  ];
  for (const [at, first] of names.entries()) {
    const time = start + at * 20 * MINUTE;
    await created(visit(time, {}, first));
    for (const actor of names) await taken('POST', '/Appointment', visit(time, {}, actor));
  }
  await created(visit(start, {}, other));
});

test('S4 a visit that ends when it begins, or before, still takes its time', async () => {
  const start = morning();
  await created(visit(start));
  for (const end of [start, start - MINUTE]) await taken('POST', '/Appointment', visit(start, { end: instant(end) }));
  await created(visit(start + 60 * MINUTE, { end: instant(start) }));
  await taken('POST', '/Appointment', visit(start + 79 * MINUTE));
});

test('S4 moving a visit, writing on it and what takes no time never collide', async () => {
  const start = morning();
  const { id, url } = await created(visit(start));
  const changed = { ...visit(start, { status: 'arrived', comment: 'In the waiting room' }), id };
  assert.equal((await server.request('PUT', url, changed)).status, 200);
  assert.equal((await server.request('PUT', url, { ...visit(start + 5 * MINUTE), id })).status, 200);
  for (const status of ['cancelled', 'noshow', 'entered-in-error']) await created(visit(start, { status }));
  // Created before the old one is cancelled, as FHIR orders the entries.
  const moved = transaction(put(id, visit(start + 5 * MINUTE, { status: 'cancelled' })), post(visit(start)));
  assert.equal((await server.request('POST', '', moved)).status, 200);
  await taken('PUT', url, { ...visit(start + 5 * MINUTE), id });
});

test('S4 two visits that already share a time may be written on, but claim nothing more', async () => {
  const start = morning();
  const now = server.now;
  server.now = start + DAY;
  const { id, url } = await created(visit(start));
  await created(visit(start));
  server.now = now;
  assert.equal((await server.request('PUT', url, { ...visit(start, { status: 'arrived' }), id })).status, 200);
  await taken('PUT', url, { ...visit(start + MINUTE), id });
});

test('S4 a history is written as it was: what is over stands in nobody’s way', async () => {
  const past = server.now - 30 * DAY;
  for (const status of ['fulfilled', 'fulfilled', 'booked', 'arrived']) await created(visit(past, { status }));
  const now = server.now;
  await created(visit(now - 10 * MINUTE, { status: 'arrived' }));
  await taken('POST', '/Appointment', visit(now + 5 * MINUTE));
  await created(visit(now + 11 * MINUTE));
});
