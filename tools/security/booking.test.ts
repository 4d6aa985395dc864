/** Booking over HTTP, as patients, the desk and everybody else try it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bookableRole, type Booker, bookers, code } from './booking.fixture.ts';
import { type Answer, startTestNode, type TestNode } from './test-node.fixture.ts';

const PARALLEL = 200;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let host: TestNode;
let role: string;
let patient: Booker;
let other: Booker;
let desk: Booker;
let times: string[];

before(async () => {
  host = await startTestNode();
  role = await bookableRole(host, 'mine', {
    active: true,
    availableTime: [{ allDay: true, daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }],
  });
  ({ patient, other, desk } = bookers(host));
  times = await timesOffered();
});
after(() => host.close());

const json = <Shape>({ body }: Answer) => JSON.parse(body) as Shape;

interface Suggested {
  readonly redFlags: readonly { readonly id: string; readonly advice: string }[];
  readonly chosen: string;
  readonly doctors: readonly { readonly role: string; readonly times: readonly string[] }[];
}

interface StoredParts {
  readonly resourceType: string;
  readonly status: string;
  readonly active: boolean;
  readonly reasonCode: readonly { readonly text: string }[];
  readonly supportingInformation: readonly { readonly reference: string }[];
  readonly slot: readonly { readonly reference: string }[];
  readonly schedule: { readonly reference: string };
}

async function timesOffered(ask = patient): Promise<string[]> {
  const answer = await ask('suggest', { symptoms: ['tiredness'], specialty: 'general-medicine' });
  assert.equal(answer.status, 200, answer.body.slice(0, 300));
  return [...(json<Suggested>(answer).doctors[0]?.times ?? [])];
}

async function appointmentsAt(start: string): Promise<{ id: string; status: string }[]> {
  const found = await host.ask(
    'GET',
    `/fhir/R4/Appointment?practitioner=Practitioner/${host.ids['mine']}&_count=1000`,
    {
      token: host.tokens.system,
    },
  );
  const { entry = [] } = json<{ entry?: { resource: { id: string; status: string; start: string } }[] }>(found);
  return entry.map(({ resource }) => resource).filter((one) => Date.parse(one.start) === Date.parse(start));
}

test(`S4 of ${PARALLEL} who book one time at once exactly one has it, and nothing of the others is stored`, async () => {
  const start = times[3] ?? '';
  const ids = ['p', 'q'].map((key) => host.ids[key]);
  const answers = await Promise.all(
    Array.from({ length: PARALLEL }, (_, at) =>
      desk('appointments', { role, start, patientId: ids[at % 2], text: 'x' }),
    ),
  );
  const won = answers.filter(({ status }) => status === 201);
  assert.equal(won.length, 1);
  for (const answer of answers.filter((one) => one !== won[0])) {
    assert.equal(answer.status, 409, answer.body.slice(0, 200));
    assert.equal(code(answer), 'slot-taken');
  }
  assert.equal((await appointmentsAt(start)).length, 1);
  const slots = await host.ask('GET', '/fhir/R4/Slot?_summary=count', { token: host.tokens.system });
  assert.equal(json<{ total: number }>(slots).total, 1);
});

test('S5 a visit is Appointment, Slot, Schedule and the answers about the complaint, readable by any FHIR client', async () => {
  const start = times[6] ?? '';
  const booked = await patient('appointments', {
    role,
    start,
    symptoms: ['cough'],
    text: 'Since the weekend, worse at night.',
    since: 'days',
  });
  assert.equal(booked.status, 201, booked.body.slice(0, 300));
  const { appointmentId } = json<{ appointmentId: string }>(booked);
  const read = async (path: string, token = host.tokens.patient): Promise<StoredParts> => {
    const answer = await host.ask('GET', `/fhir/R4/${path}`, { token });
    assert.equal(answer.status, 200, path);
    return JSON.parse(answer.body) as StoredParts;
  };
  const appointment = await read(`Appointment/${appointmentId}`);
  assert.equal(appointment.status, 'booked');
  assert.deepEqual(
    appointment.reasonCode.map(({ text }) => text),
    ['Cough', 'Since the weekend, worse at night.'],
  );
  const answers = await read(appointment.supportingInformation[0]?.reference ?? '');
  assert.equal(answers.resourceType, 'QuestionnaireResponse');
  const slot = await read(appointment.slot[0]?.reference ?? '', host.tokens.system);
  assert.equal(slot.status, 'busy');
  assert.equal((await read(slot.schedule.reference, host.tokens.system)).active, true);
  const seen = await host.ask('GET', `/fhir/R4/Appointment/${appointmentId}`, { token: host.tokens.mine });
  assert.match(seen.body, /worse at night/);
  const atDesk = await host.askAsAdministrator('GET', `/fhir/R4/Appointment/${appointmentId}`);
  assert.equal(atDesk.status, 200);
  assert.doesNotMatch(atDesk.body, /worse at night|Cough/, 'S10 the desk sees the time, not the reason');
});

test('S2 S7 a cancelled time is free again, a moved visit is one visit, and a patient touches no visit of others', async () => {
  const [first = '', second = ''] = (await timesOffered()).slice(8);
  const booked = await patient('appointments', { role, start: first });
  const { appointmentId } = json<{ appointmentId: string }>(booked);
  assert.ok(!(await timesOffered()).includes(first));
  assert.equal((await other(`appointments/${appointmentId}/status`, { act: 'cancel' })).status, 404);
  assert.equal((await other('appointments', { role, start: second, replaces: appointmentId })).status, 404);
  assert.equal((await patient(`appointments/${appointmentId}/status`, { act: 'check-in' })).status, 403);
  const moved = await patient('appointments', { role, start: second, replaces: appointmentId });
  assert.equal(moved.status, 201, moved.body.slice(0, 300));
  assert.deepEqual(
    (await appointmentsAt(first)).map(({ status }) => status),
    ['cancelled'],
  );
  assert.ok((await timesOffered()).includes(first));
  const next = json<{ appointmentId: string }>(moved).appointmentId;
  assert.equal((await patient(`appointments/${next}/status`, { act: 'cancel' })).status, 200);
  assert.equal(code(await patient(`appointments/${next}/status`, { act: 'cancel' })), 'appointment-state');
  assert.ok((await timesOffered()).includes(second));
});

test('S8 a held time is offered to nobody else, by whom it is held it is booked, and an own hold gives way to the next', async () => {
  const [held = '', later = ''] = (await timesOffered()).slice(10);
  assert.equal((await patient('hold', { role, start: held })).status, 200);
  assert.ok(!(await timesOffered(other)).includes(held));
  assert.ok((await timesOffered()).includes(held));
  assert.equal(code(await other('appointments', { role, start: held })), 'slot-taken');
  assert.equal(code(await other('hold', { role, start: held })), 'slot-taken');
  assert.equal((await patient('hold', { role, start: later })).status, 200);
  assert.ok((await timesOffered(other)).includes(held));
  assert.equal((await patient('appointments', { role, start: later })).status, 201);
});

test('S9 one patient is not in two places at once', async () => {
  const start = (await timesOffered())[12] ?? '';
  const second = await host.ask('POST', '/fhir/R4/PractitionerRole', {
    token: host.tokens.system,
    body: {
      resourceType: 'PractitionerRole',
      active: true,
      practitioner: { reference: `Practitioner/${host.ids['strange']}` },
      specialty: [{ coding: [{ system: 'http://snomed.info/sct', code: '394579002' }] }],
      availableTime: [{ allDay: true }],
    },
  });
  const heart = (JSON.parse(second.body) as { id: string }).id;
  assert.equal((await patient('appointments', { role, start })).status, 201);
  assert.equal(code(await patient('appointments', { role: heart, start })), 'own-time-taken');
});

test('S1 S6 what is not offered is refused: past times, odd minutes, far days, unknown roles', async () => {
  const at = (milliseconds: number) => new Date(milliseconds).toISOString();
  const offered = Date.parse(times[0] ?? '');
  for (const start of [at(offered - DAY_MS), at(offered + MINUTE_MS), at(offered + 90 * DAY_MS)]) {
    assert.equal(code(await patient('appointments', { role, start })), 'slot-not-offered', start);
  }
  const unknown = { role: '00000000-0000-4000-8000-000000000000', start: times[0] };
  assert.equal((await patient('appointments', unknown)).status, 404);
  const started = (await timesOffered())[20] ?? '';
  const { appointmentId } = json<{ appointmentId: string }>(
    await desk('appointments', { role, start: started, patientId: host.ids['q'] }),
  );
  assert.equal(code(await desk(`appointments/${appointmentId}/status`, { act: 'no-show' })), 'too-early');
});

test('S7 the desk names the patient; a patient names nobody else', async () => {
  const start = (await timesOffered())[22] ?? '';
  assert.equal((await desk('appointments', { role, start })).status, 400);
  assert.equal((await patient('appointments', { role, start, patientId: host.ids['q'] })).status, 404);
  assert.equal((await desk('suggest', { symptoms: [], patientId: host.ids['p'] })).status, 200);
  const staff = await host.ask('POST', '/api/booking/suggest', { token: host.tokens.mine, body: {} });
  assert.equal(staff.status, 403);
});

test('S10 warning signs are named, symptoms nobody knows are refused, and none of it reaches the log', async () => {
  const answer = await patient('suggest', {
    symptoms: ['chest-pain'],
    text: 'cold sweat and pain in my left arm, zebrafish',
  });
  const { redFlags } = json<Suggested>(answer);
  assert.equal(redFlags[0]?.advice, 'emergency');
  assert.equal((await patient('suggest', { symptoms: ['no-such-symptom'] })).status, 400);
  assert.ok(!host.logs.some((line) => line.includes('zebrafish') || line.includes('chest-pain')));
});

test('S11 one patient has eight visits ahead; none of 5,000 cancelled ones hides a visit that takes its time', async () => {
  const offered = await timesOffered(other);
  const answers: Answer[] = [];
  for (const start of offered.slice(0, 9)) answers.push(await other('appointments', { role, start }));
  const booked = answers.filter(({ status }) => status === 201).length;
  assert.ok(booked <= 8);
  assert.equal(code(answers[8] as Answer), 'too-many-visits');
  const late = offered[12] ?? '';
  const cancelled = {
    resourceType: 'Appointment',
    status: 'cancelled',
    start: late,
    end: late,
    participant: [{ actor: { reference: `Practitioner/${host.ids['mine']}` }, status: 'accepted' }],
  };
  const entry = Array.from({ length: 5_000 }, () => ({
    request: { method: 'POST', url: 'Appointment' },
    resource: cancelled,
  }));
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
  const imported = await host.ask('POST', '/fhir/R4', { token: host.tokens.system, body: bundle });
  assert.equal(imported.status, 200, imported.body.slice(0, 200));
  assert.equal((await desk('appointments', { role, start: late, patientId: host.ids['p'] })).status, 201);
  const again = await desk('appointments', { role, start: late, patientId: host.ids['q'] });
  assert.equal(code(again), 'slot-taken');
  assert.ok(!(await timesOffered()).includes(late));
});
