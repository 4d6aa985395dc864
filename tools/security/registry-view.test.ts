/** What the desk gets of an appointment, a care team and a patient by every way there is, and what lists leave in the log. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
const made: Record<'Appointment' | 'CareTeam' | 'Patient', string> = { Appointment: '', CareTeam: '', Patient: '' };
const SECRET = /Hidden|hiv/i;

before(async () => {
  host = await startTestNode();
  const patient = { reference: `Patient/${host.ids['p']}` };
  const hidden = {
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Hidden</div>' },
    extension: [{ url: 'urn:hidden', valueString: 'Hidden' }],
  };
  const reasons = { reasonCode: [{ coding: [{ code: 'hiv' }] }], ...hidden };
  const resources = {
    Appointment: {
      status: 'booked',
      start: '2020-03-02T10:00:00Z',
      end: '2020-03-02T10:30:00Z',
      description: 'Hidden',
      comment: 'Hidden',
      participant: [{ actor: patient, status: 'accepted' }],
      ...reasons,
    },
    CareTeam: { status: 'active', subject: patient, note: [{ text: 'Hidden' }], ...reasons },
    Patient: { name: [{ family: 'Desai', given: ['Kavya'] }], ...hidden },
  };
  for (const [resourceType, resource] of Object.entries(resources)) {
    const answer = await host.ask('POST', `/fhir/R4/${resourceType}`, {
      token: host.tokens.system,
      body: { resourceType, ...resource },
    });
    assert.equal(answer.status, 201, answer.body.slice(0, 300));
    made[resourceType as keyof typeof made] = answer.json().id;
  }
});
after(() => host.close());

const desk = (method: string, path: string, body?: unknown) => host.askAsAdministrator(method, path, body);

test('C9 C21 the desk reads of appointments, care teams and patients what the registry holds, by every way', async () => {
  for (const [type, id] of Object.entries(made)) {
    const path = `/fhir/R4/${type}/${id}`;
    const get = { request: { method: 'GET', url: `${type}/${id}` } };
    const seen = await desk('GET', path);
    const answers = [
      seen,
      await desk('GET', `${path}/_history/1`),
      await desk('GET', `${path}/_history`),
      await desk('GET', `/fhir/R4/${type}/_history`),
      await desk('GET', `/fhir/R4/${type}?_id=${id}`),
      await desk('POST', '/fhir/R4', { resourceType: 'Bundle', type: 'batch', entry: [get] }),
      await desk('PUT', path, JSON.parse(seen.body)),
    ];
    if (type !== 'Patient') {
      answers.push(await desk('GET', `/fhir/R4/Patient?_id=${host.ids['p']}&_revinclude=${type}:patient`));
    }
    for (const [index, { status, body }] of answers.entries()) {
      assert.equal(status, 200, `${type} ${index}`);
      assert.ok(body.includes(id), `${type} ${index}`);
      assert.doesNotMatch(body, SECRET, `${type} ${index}`);
    }
    const kept = await host.ask('GET', path, { token: host.tokens.system });
    assert.match(kept.body, /Hidden/, `${type}: the desk's write took nothing away`);
  }
});

test('C9 the desk gets neither opening nor receipt of what it sees in part', async () => {
  await host.node.hospital.settled(30_000);
  for (const [type, id] of Object.entries(made)) {
    const path = `/api/records/${type}/${id}/versions/1`;
    assert.equal((await host.ask('GET', path, { token: host.tokens.system })).status, 200, type);
    for (const way of [path, `${path}/receipt`]) assert.equal((await desk('GET', way)).status, 403, way);
  }
});

test('C9 the desk finds nobody by why they come', async () => {
  for (const query of [
    'Appointment?reason-code=hiv&_summary=count',
    'Appointment?_sort=reason-code',
    'Patient?_has:Appointment:patient:reason-code=hiv',
    'Appointment?_include=Appointment:reason-reference',
    'CareTeam?encounter.reason-code=hiv',
  ]) {
    assert.equal((await desk('GET', `/fhir/R4/${query}`)).status, 400, query);
    const { status } = await host.ask('GET', `/fhir/R4/${query}`, { token: host.tokens.system });
    assert.equal(status, 200, `${query} is a search for who sees all`);
  }
  assert.equal((await desk('DELETE', '/fhir/R4/Appointment?reason-code=hiv')).status, 400);
});

test('C18 the lines of a list are entries of the local log, one for each person, and no events', async () => {
  const { database, accesses } = host.node.hospital;
  const count = (sql: string) => Number(database.prepare(sql).get()?.['n']);
  const entries = () => {
    accesses.windows.closeDue();
    return [
      count('SELECT count(*) AS n FROM audit WHERE access_id IS NULL'),
      count('SELECT count(*) AS n FROM audit WHERE access_id IS NOT NULL'),
      count('SELECT count(*) AS n FROM access_windows'),
    ];
  };
  const [local = 0, ...declared] = entries();
  const registry = await desk('GET', '/api/registry');
  const { lines } = JSON.parse(registry.body) as { lines: unknown[] };
  assert.equal(lines.length, 3);
  assert.deepEqual(entries(), [local + 3, ...declared]);
  assert.equal((await desk('GET', '/api/registry?query=nobody')).status, 200);
  assert.deepEqual(entries(), [local + 3, ...declared]);
  const mine = await host.ask('GET', '/api/my-patients', { token: host.tokens.mine });
  assert.equal((JSON.parse(mine.body) as { patients: unknown[] }).patients.length, 1);
  assert.deepEqual(entries(), [local + 4, ...declared]);
});

test('the registry is newest first, and the day of registration is that of the first version', async () => {
  type Line = { id: string; versionId: string; registeredAt: number };
  const lines = async (): Promise<Line[]> =>
    (JSON.parse((await desk('GET', '/api/registry')).body) as { lines: Line[] }).lines;
  const body = { resourceType: 'Patient', name: [{ family: 'Latecomer' }] };
  const created = await host.ask('POST', '/fhir/R4/Patient', { token: host.tokens.system, body });
  const id = created.json()['id'] as unknown as string;
  const [first] = await lines();
  assert.equal(first?.id, id);
  const changed = { ...body, id, name: [{ family: 'Latecomer', given: ['Asha'] }] };
  await host.ask('PUT', `/fhir/R4/Patient/${id}`, { token: host.tokens.system, body: changed });
  const [again] = await lines();
  assert.deepEqual([again?.id, again?.versionId, again?.registeredAt], [id, '2', first?.registeredAt]);
});
