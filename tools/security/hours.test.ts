/** Hours and times off over HTTP, as their owner, the desk and everybody else try to set them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { HoursChecked, HoursList, RoleHours } from '@clearchart/api';
import { type Answer, startTestNode, type TestNode } from './test-node.fixture.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const ALWAYS = DAYS.map((day) => ({ day, from: '00:00', until: '24:00' }));
const DAY_MS = 86_400_000;
const dateIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

let host: TestNode;
let mine: string;
let strange: string;
before(async () => {
  host = await startTestNode();
  [mine, strange] = [await roleOf('mine'), await roleOf('strange')];
});
after(() => host.close());

async function roleOf(key: string): Promise<string> {
  const body = {
    resourceType: 'PractitionerRole',
    active: true,
    practitioner: { reference: `Practitioner/${host.ids[key]}` },
    specialty: [{ coding: [{ system: 'http://snomed.info/sct', code: '394802001' }] }],
    location: [{ reference: `Location/${host.ids['ward']}` }],
    availableTime: [{ allDay: true }],
  };
  const made = await host.ask('POST', '/fhir/R4/PractitionerRole', { token: host.tokens.system, body });
  assert.equal(made.status, 201, made.body.slice(0, 300));
  return made.json().id;
}

const json = <Shape>({ body }: Answer) => JSON.parse(body) as Shape;
const ask = (who: keyof TestNode['tokens'], method: string, path: string, body?: unknown): Promise<Answer> =>
  host.ask(method, path, { token: host.tokens[who], ...(body === undefined ? {} : { body }) });
const hoursOf = async (role: string, who: keyof TestNode['tokens'] = 'mine') =>
  json<RoleHours>(await ask(who, 'GET', `/api/hours/${role}`));
const save = async (role: string, change: object, who: keyof TestNode['tokens'] = 'mine') =>
  ask(who, 'POST', `/api/hours/${role}`, { versionId: (await hoursOf(role)).versionId, timesOff: [], ...change });
const stored = async (role: string) =>
  json<Record<string, unknown>>(await ask('system', 'GET', `/fhir/R4/PractitionerRole/${role}`));

async function firstDayOffered(): Promise<string | undefined> {
  const answer = await ask('patient', 'POST', '/api/booking/suggest', { specialty: 'general-medicine' });
  const { doctors } = json<{ doctors: { role: string; times: string[] }[] }>(answer);
  return doctors.find(({ role }) => role === mine)?.times[0]?.slice(0, 10);
}

test('S15 a practitioner sees and sets the own hours; another’s are not there, with the body of what is not there', async () => {
  const list = json<HoursList>(await ask('mine', 'GET', '/api/hours'));
  assert.deepEqual(
    list.roles.map(({ role }) => role),
    [mine],
  );
  const nobody = '00000000-0000-4000-8000-000000000000';
  const before_ = await stored(strange);
  const change = { versionId: '1', week: [], timesOff: [] };
  const bodyOf = ({ body }: Answer) => body.replace(/"requestId":"[^"]*"/, '');
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['POST', '', change],
    ['POST', '/check', { week: [], timesOff: [] }],
  ] as const) {
    const theirs = await ask('mine', method, `/api/hours/${strange}${path}`, body);
    const none = await ask('mine', method, `/api/hours/${nobody}${path}`, body);
    assert.deepEqual([theirs.status, none.status], [404, 404], path);
    assert.equal(bodyOf(theirs), bodyOf(none));
    assert.equal((await ask('patient', method, `/api/hours/${mine}${path}`, body)).status, 403);
    assert.equal((await ask('system', method, `/api/hours/${mine}${path}`, body)).status, 403);
  }
  assert.deepEqual(await stored(strange), before_);
  const overFhir = await ask('mine', 'PUT', `/fhir/R4/PractitionerRole/${mine}`, await stored(mine));
  assert.equal(overFhir.status, 403, 'over FHIR who works here stays the desk’s to say');
});

test('S15 the desk sets anybody’s; what else the role says stays as it is', async () => {
  const { specialty, location } = await stored(strange);
  const { versionId } = await hoursOf(strange, 'strange');
  const week = [{ day: 'mon', from: '09:00', until: '12:00' }];
  const saved = await host.askAsAdministrator('POST', `/api/hours/${strange}`, { versionId, week, timesOff: [] });
  assert.equal(saved.status, 200, saved.body.slice(0, 300));
  const role = await stored(strange);
  assert.deepEqual([role['specialty'], role['location']], [specialty, location]);
  assert.deepEqual((await hoursOf(strange, 'strange')).week, week);
  const all = json<HoursList>(await host.askAsAdministrator('GET', '/api/hours'));
  assert.deepEqual(new Set(all.roles.map((one) => one.role)), new Set([mine, strange]));
});

test('S15 a time off counts at once, is taken out of what is offered, and given back when it is removed', async () => {
  const [from, until] = [dateIn(0), dateIn(2)];
  const first = await firstDayOffered();
  assert.ok(first !== undefined && first < dateIn(2));
  const off = await save(mine, { week: ALWAYS, timesOff: [{ from, until, reason: 'Course' }] });
  assert.equal(off.status, 200, off.body.slice(0, 300));
  assert.deepEqual((await hoursOf(mine)).timesOff, [{ from, until, reason: 'Course' }]);
  assert.equal(await firstDayOffered(), dateIn(3));
  assert.equal((await save(mine, { week: ALWAYS })).status, 200);
  assert.equal(await firstDayOffered(), first);
});

test('S15 visits that fall into a new time off or out of the hours are named, and stay booked', async () => {
  const start = `${dateIn(3)}T10:00:00.000Z`;
  const booked = await ask('patient', 'POST', '/api/booking/appointments', { role: mine, start });
  assert.equal(booked.status, 201, booked.body.slice(0, 300));
  const { appointmentId } = json<{ appointmentId: string }>(booked);
  const named = async (change: object): Promise<string[]> => {
    const answer = await ask('mine', 'POST', `/api/hours/${mine}/check`, { week: ALWAYS, timesOff: [], ...change });
    assert.equal(answer.status, 200, answer.body.slice(0, 300));
    assert.ok(!answer.body.includes(host.ids['p'] ?? ''), 'whose visit it is is asked over FHIR');
    return json<HoursChecked>(answer).visits.map(({ id }) => id);
  };
  const timesOff = [{ from: dateIn(2), until: dateIn(4), reason: 'Holiday' }];
  assert.deepEqual(await named({}), []);
  assert.deepEqual(await named({ timesOff }), [appointmentId]);
  assert.deepEqual(await named({ week: [] }), [appointmentId]);
  assert.equal((await save(mine, { week: ALWAYS, timesOff })).status, 200);
  const visit = json<{ status: string }>(await ask('patient', 'GET', `/fhir/R4/Appointment/${appointmentId}`));
  assert.equal(visit.status, 'booked');
  assert.deepEqual(await named({ timesOff }), [], 'it is no news any more');
});

test('S15 a time off in one role names no visit that was booked in another role of the practitioner', async () => {
  const second = await roleOf('mine');
  const instant = (hour: number) => `${dateIn(9)}T${hour}:00:00.000Z`;
  const visit = async (hour: number, ...actors: string[]): Promise<string> => {
    const participant = [`Patient/${host.ids['other'] ?? host.ids['p']}`, ...actors].map((reference) => ({
      actor: { reference },
      status: 'accepted',
    }));
    const body = { resourceType: 'Appointment', status: 'booked', participant, start: instant(hour) };
    const made = await ask('system', 'POST', '/fhir/R4/Appointment', { ...body, end: instant(hour + 1) });
    assert.equal(made.status, 201, made.body.slice(0, 300));
    return made.json().id;
  };
  const bySlot = async (role: string, hour: number): Promise<string> => {
    const booked = await ask('patient', 'POST', '/api/booking/appointments', { role, start: instant(hour) });
    assert.equal(booked.status, 201, booked.body.slice(0, 300));
    return json<{ appointmentId: string }>(booked).appointmentId;
  };
  assert.equal((await save(mine, { week: ALWAYS })).status, 200);
  const own = `Practitioner/${host.ids['mine']}`;
  const [first, other] = [await visit(10, `PractitionerRole/${mine}`), await visit(12, `PractitionerRole/${second}`)];
  const unsaid = await visit(14, own, `PractitionerRole/${strange}`);
  const [firstBySlot, otherBySlot] = [await bySlot(mine, 16), await bySlot(second, 18)];
  const timesOff = [{ from: dateIn(9), until: dateIn(9), reason: 'Course' }];
  for (const [role, expected] of [
    [mine, [first, unsaid, firstBySlot]],
    [second, [other, unsaid, otherBySlot]],
  ] as const) {
    const answer = await ask('mine', 'POST', `/api/hours/${role}/check`, { week: ALWAYS, timesOff });
    assert.deepEqual(
      json<HoursChecked>(answer).visits.map(({ id }) => id),
      expected,
    );
  }
});

test('S15 a time off that another client wrote the wrong way round blocks nothing, and can be removed', async () => {
  const during = { start: '2099-03-05T10:00:00Z', end: '2099-03-05T09:00:00Z' };
  const body = { ...(await stored(mine)), notAvailable: [{ description: 'Wrong way round', during }] };
  assert.equal((await ask('system', 'PUT', `/fhir/R4/PractitionerRole/${mine}`, body)).status, 200);
  const { timesOff } = await hoursOf(mine);
  assert.equal(timesOff.length, 1);
  const week = [{ day: 'mon', from: '09:00', until: '12:00' }];
  const course = { from: dateIn(20), until: dateIn(21), reason: 'Course' };
  const change = { week, timesOff: [course, ...timesOff] };
  assert.equal((await ask('mine', 'POST', `/api/hours/${mine}/check`, change)).status, 200);
  const saved = await save(mine, change);
  assert.equal(saved.status, 200, saved.body.slice(0, 300));
  assert.deepEqual((await hoursOf(mine)).timesOff, [course, ...timesOff]);
  assert.equal((await save(mine, { week, timesOff: [course] })).status, 200);
  assert.deepEqual((await hoursOf(mine)).timesOff, [course]);
  assert.equal((await save(mine, change)).status, 400, 'what was removed is as new as any other');
});

test('S15 hours that make no sense are refused, and so are those of a version that is not the newest', async () => {
  const wrong = [
    { week: [{ day: 'mon', from: '12:00', until: '09:00' }] },
    { week: [{ day: 'mon', from: '12:00', until: '24:00' }] },
    {
      week: [
        { day: 'mon', from: '09:00', until: '12:00' },
        { day: 'mon', from: '11:00', until: '13:00' },
      ],
    },
    { week: [{ day: 'Monday', from: '09:00', until: '12:00' }] },
    { week: [], timesOff: [{ from: '2026-12-02', until: '2026-12-01', reason: 'x' }] },
    { week: [], timesOff: [{ from: '2026-12-01T09:00Z', reason: 'x' }] },
    { week: [], timesOff: [{ from: '2026-12-01', reason: ' ' }] },
  ];
  const before_ = await stored(mine);
  for (const change of wrong) assert.equal((await save(mine, change)).status, 400, JSON.stringify(change));
  const stale = await ask('mine', 'POST', `/api/hours/${mine}`, { versionId: '1', week: [], timesOff: [] });
  assert.equal(stale.status, 412);
  assert.deepEqual(await stored(mine), before_);
});
