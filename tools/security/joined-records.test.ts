/** Two records of one person joined at the desk, over HTTP: read as one by whoever may read one, and two again once taken apart. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { registerByCode } from '@clearchart/web';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

type Who = keyof TestNode['tokens'];

let host: TestNode;
let p: string;
let q: string;

before(async () => {
  host = await startTestNode();
  [p, q] = [host.ids['p'] ?? '', host.ids['q'] ?? ''];
});
after(() => host.close());

const join = (survivor: string, replaced: string, reason = 'Same passport, seen twice') =>
  host.askAsAdministrator('POST', '/api/joined-records', { survivor, replaced, reason });
const separate = (replaced: string) =>
  host.askAsAdministrator('POST', `/api/joined-records/${replaced}/separate`, { reason: 'Two people after all' });
const get = (who: Who, path: string) => host.ask('GET', path, { token: host.tokens[who] });

async function found(who: Who, search: string): Promise<string[]> {
  const answer = await get(who, `/fhir/R4/${search}`);
  assert.equal(answer.status, 200, answer.body);
  const { entry = [] } = JSON.parse(answer.body) as { entry?: { resource: { id: string } }[] };
  return entry.map(({ resource }) => resource.id);
}

const both = () => new Set([host.ids['pCondition'], host.ids['qCondition']]);

test('C50 only the desk joins, and neither a record with itself nor one that is not there', async () => {
  for (const who of ['mine', 'patient', 'system'] as const) {
    const body = { survivor: p, replaced: q, reason: 'Same passport' };
    assert.equal((await host.ask('POST', '/api/joined-records', { token: host.tokens[who], body })).status, 403, who);
  }
  assert.equal((await join(p, p)).status, 409);
  assert.equal((await join(p, 'nobody')).status, 404);
  assert.equal((await join(p, q, '')).status, 400);
  assert.equal((await separate(q)).status, 404);
});

test('C52 a practitioner with both in care, the desk and a patient join nothing by FHIR', async () => {
  const link = [{ other: { reference: `Patient/${q}` }, type: 'replaces' }];
  const patient = (await get('mine', `/fhir/R4/Patient/${p}`)).json();
  const body = { ...patient, link };
  for (const who of ['mine', 'patient'] as const)
    assert.equal((await host.ask('PUT', `/fhir/R4/Patient/${p}`, { token: host.tokens[who], body })).status, 403, who);
  assert.equal((await host.askAsAdministrator('PUT', `/fhir/R4/Patient/${p}`, body)).status, 403);
});

test('C51 one link alone, written by a program, opens nothing', async () => {
  const patient = (await get('system', `/fhir/R4/Patient/${p}`)).json();
  const body = { ...patient, link: [{ other: { reference: `Patient/${q}` }, type: 'replaces' }] };
  assert.equal((await host.ask('PUT', `/fhir/R4/Patient/${p}`, { token: host.tokens.system, body })).status, 200);
  assert.deepEqual(await found('mine', `Condition?patient=${p}`), [host.ids['pCondition']]);
  assert.equal((await get('mine', `/fhir/R4/Condition/${host.ids['qCondition']}`)).status, 404);
  assert.equal(
    (await host.ask('PUT', `/fhir/R4/Patient/${p}`, { token: host.tokens.system, body: patient })).status,
    200,
  );
});

test('C51 joined, who may read one reads both by one search; who may read neither still reads neither', async () => {
  assert.equal((await get('mine', `/fhir/R4/Patient/${q}`)).status, 404);
  assert.equal((await join(p, q)).status, 201);
  for (const who of ['mine', 'patient', 'other'] as const) {
    assert.deepEqual(new Set(await found(who, `Condition?patient=${p}`)), both(), who);
    assert.deepEqual(new Set(await found(who, `Condition?subject=Patient/${p}`)), both(), who);
    assert.equal((await get(who, `/fhir/R4/Condition/${host.ids['qCondition']}`)).status, 200, who);
  }
  assert.deepEqual(await found('strange', `Condition?patient=${p}`), []);
  assert.equal((await get('strange', `/fhir/R4/Condition/${host.ids['qCondition']}`)).status, 404);
  assert.match((await get('mine', '/api/my-patients')).body, new RegExp(p));
  assert.doesNotMatch((await get('mine', '/api/my-patients')).body, new RegExp(q));
});

test('C53 the patient sees who saw either of them, and who joined them and why', async () => {
  let entries: unknown[] = [];
  for (let tries = 0; entries.length === 0 && tries < 200; tries += 1) {
    const answer = await get('patient', `/api/patients/${q}/accesses`);
    entries = answer.status === 200 ? (JSON.parse(answer.body) as { entries: unknown[] }).entries : [];
    if (entries.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(entries.length > 0, 'the reading of the replaced record is on the own list');
  assert.equal((await get('strange', `/api/patients/${q}/accesses`)).status, 403);
  const acts = await get('patient', `/fhir/R4/Provenance?target=Patient/${p}`);
  assert.match(acts.body, /Same passport, seen twice/);
  assert.match(acts.body, /Farida Shaikh/);
});

test('C50 a joined record is handed to nobody, joined with nothing else, and not booked for', async () => {
  assert.equal((await join('nobody', q)).status, 404);
  assert.equal((await join(q, p)).status, 409);
  assert.equal((await host.askAsAdministrator('POST', `/api/patients/${q}/claim-code`, {})).status, 404);
  const { body } = await host.askAsAdministrator('GET', '/api/joined-records');
  assert.match(body, /Same passport, seen twice/);
});

test('C53 taken apart, each is read by its own readers alone, at once, and what was before is whole', async () => {
  assert.equal((await separate(q)).status, 200);
  for (const who of ['mine', 'patient'] as const) {
    assert.deepEqual(await found(who, `Condition?patient=${p}`), [host.ids['pCondition']], who);
    assert.equal((await get(who, `/fhir/R4/Condition/${host.ids['qCondition']}`)).status, 404, who);
    assert.equal((await get(who, `/fhir/R4/Patient/${q}`)).status, 404, who);
  }
  assert.equal((await get('patient', `/api/patients/${q}/accesses`)).status, 404);
  assert.deepEqual(await found('other', `Condition?patient=${q}`), [host.ids['qCondition']]);
  const patient = JSON.parse((await get('system', `/fhir/R4/Patient/${q}`)).body) as {
    active: boolean;
    link?: unknown;
  };
  assert.deepEqual([patient.active, patient.link], [true, undefined]);
});

interface Pairs {
  readonly pairs: readonly {
    readonly people: readonly { readonly id: string; readonly name: string }[];
    readonly because: string[];
  }[];
  readonly total: number;
}

test('C55 who may be one person is shown with the reason until the desk says otherwise, which it can take back', async () => {
  const twin = {
    resourceType: 'Patient',
    name: [{ given: ['Asha'], family: 'Kulkarny' }],
    birthDate: '1985-03-14',
    gender: 'female',
  };
  const made = await host.ask('POST', '/fhir/R4/Patient', { token: host.tokens.system, body: twin });
  const pairs = async () => (await host.askAsAdministrator('GET', '/api/duplicates')).json() as unknown as Pairs;
  const shown = await pairs();
  assert.equal(shown.total, 1);
  assert.deepEqual(shown.pairs[0]?.because, ['name']);
  const patients = shown.pairs[0]?.people.map(({ id }) => id);
  assert.deepEqual(patients, [p, made.json().id], 'the older one first');
  assert.equal((await host.askAsAdministrator('POST', '/api/duplicates/apart', { patients })).status, 200);
  assert.equal((await pairs()).total, 0);
  assert.match((await host.askAsAdministrator('GET', '/api/duplicates/apart')).body, /Farida Shaikh/);
  const back = { patients: patients?.toReversed() };
  assert.equal((await host.askAsAdministrator('POST', '/api/duplicates/apart/take-back', back)).status, 200);
  assert.equal((await pairs()).total, 1);
  assert.equal((await join(p, made.json().id)).status, 201);
  assert.equal((await pairs()).total, 0, 'what is joined is one already');
  assert.equal((await separate(made.json().id)).status, 200);
});

test('C54 the record with an account is the one that is kept, and of two accounts none is chosen', async () => {
  const claim = async (patient: string, email: string) => {
    const issued = await host.askAsAdministrator('POST', `/api/patients/${patient}/claim-code`, {});
    const { code } = issued.json() as unknown as { code: string };
    await registerByCode(browserAt(host.node.url, host.now), {
      code,
      email,
      password: 'the old long password of mine',
    });
  };
  await claim(q, 'bilal@people.example');
  assert.deepEqual([(await join(p, q)).status, (await join(p, q)).body], [409, 'other-has-account']);
  await claim(p, 'asha@people.example');
  assert.deepEqual([(await join(p, q)).status, (await join(p, q)).body], [409, 'both-have-accounts']);
});
