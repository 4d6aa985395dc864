/** "I don't recognise this", over HTTP: who can ask about what, who sees it, and that neither side can take it back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestNode, type TestNode } from './test-node.fixture.ts';

interface Told {
  readonly id: string;
  readonly access: string;
  readonly words?: string;
  readonly answer?: { readonly outcome: string; readonly words: string; readonly by: string };
  readonly patientName?: string;
  readonly reader?: string;
}

let host: TestNode;
let list: string;
let access: string;

const told = (body: string): Told => JSON.parse(body) as Told;
const disputes = (body: string): Told[] => (JSON.parse(body) as { disputes: Told[] }).disputes;
const ask = (token: keyof TestNode['tokens'], path: string, body: object = {}) =>
  host.ask('POST', path, { token: host.tokens[token], body });

before(async () => {
  host = await startTestNode();
  list = `/api/patients/${host.ids['p']}`;
  await host.ask('GET', `/fhir/R4/Patient/${host.ids['p']}`, { token: host.tokens.mine });
  for (let tries = 0; access === undefined && tries < 200; tries += 1) {
    const { body } = await host.ask('GET', `${list}/accesses`, { token: host.tokens.patient });
    const { entries = [] } = JSON.parse(body) as { entries?: { entry: { kind: string; access: string } }[] };
    access = entries.find(({ entry }) => entry.kind === 'opened')?.entry.access as string;
    if (access === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(access);
});
after(() => host.close());

test('C30 only the patient asks, and only about an access of the own list; absent and not yours look the same', async () => {
  const wrong = await Promise.all([
    ask('other', `${list}/accesses/${access}/dispute`),
    ask('other', `/api/patients/${host.ids['q']}/accesses/${access}/dispute`),
    ask('patient', `${list}/accesses/${'0'.repeat(32)}/dispute`),
  ]);
  assert.deepEqual(
    wrong.map(({ status }) => status),
    [404, 404, 404],
  );
  assert.equal((await ask('mine', `${list}/accesses/${access}/dispute`)).status, 403);
  assert.equal((await ask('patient', `${list}/accesses/${access}/dispute`, { words: '  ' })).status, 400);
  assert.equal((await ask('patient', `${list}/accesses/${access}/dispute`, { words: 'x'.repeat(1_001) })).status, 400);
});

test('C30 what a practitioner writes looks like no dispute, so that it cannot stand in the way of one', async () => {
  const { body } = await host.ask('POST', '/fhir/R4/Task', {
    token: host.tokens.mine,
    body: {
      resourceType: 'Task',
      status: 'completed',
      intent: 'order',
      identifier: [{ system: 'urn:clearchart:access', value: access }],
      code: { coding: [{ system: 'urn:clearchart:task', code: 'access-dispute' }] },
      requester: { reference: `Patient/${host.ids['p']}` },
      for: { reference: `Patient/${host.ids['p']}` },
    },
  });
  assert.match(body, /"resourceType":"Task"/);
  const own = await host.ask('GET', `${list}/disputes`, { token: host.tokens.patient });
  assert.deepEqual(disputes(own.body), []);
});

test('C30 a Task of a program that only looks like a dispute breaks no list', async () => {
  const code = { coding: [{ system: 'urn:clearchart:task', code: 'access-dispute' }] };
  const task = { resourceType: 'Task', status: 'requested', intent: 'order', code };
  const made = await host.ask('POST', '/fhir/R4/Task', { token: host.tokens.system, body: task });
  assert.equal(made.status, 201, made.body);
  const { status, body } = await host.askAsAdministrator('GET', '/api/disputes');
  assert.deepEqual([status, disputes(body)], [200, []]);
  const answer = { outcome: 'explained', words: 'x' };
  assert.equal((await host.askAsAdministrator('POST', `/api/disputes/${made.json().id}/answer`, answer)).status, 404);
});

test('C30 however often one asks about the same access, it is one dispute, sealed and anchored', async () => {
  const path = `${list}/accesses/${access}/dispute`;
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => ask('patient', path, { words: 'I was not here that day.' })),
  );
  assert.deepEqual([...new Set(asked.map(({ status }) => status))], [201]);
  assert.equal(new Set(asked.map(({ body }) => told(body).id)).size, 1);
  const { body } = await host.ask('GET', `${list}/disputes`, { token: host.tokens.patient });
  assert.deepEqual(
    disputes(body).map(({ access: about, words }) => ({ about, words })),
    [{ about: access, words: 'I was not here that day.' }],
  );
  assert.match(body, /"transactionId":"[0-9a-f]{64}"/);
});

test('C30 no practitioner comes upon it, by no way; the desk sees who asks about whom', async () => {
  const id = told((await ask('patient', `${list}/accesses/${access}/dispute`)).body).id;
  for (const token of ['mine', 'strange'] as const) {
    assert.equal((await host.ask('GET', `/fhir/R4/Task/${id}`, { token: host.tokens[token] })).status, 404);
    const found = await host.ask('GET', `/fhir/R4/Task?requester=Patient/${host.ids['p']}`, {
      token: host.tokens[token],
    });
    assert.doesNotMatch(found.body, new RegExp(id));
    assert.equal((await host.ask('GET', '/api/disputes', { token: host.tokens[token] })).status, 403);
  }
  const [open] = disputes((await host.askAsAdministrator('GET', '/api/disputes')).body);
  assert.deepEqual([open?.id, open?.patientName], [id, 'Asha Kulkarni']);
  assert.match(open?.reader ?? '', /Practitioner/);
});

test('C31 the desk answers once, also when two do so at the same moment, and the patient reads the answer', async () => {
  const [open] = disputes((await host.askAsAdministrator('GET', '/api/disputes')).body);
  const path = `/api/disputes/${open?.id}/answer`;
  const answer = (words: string) => host.askAsAdministrator('POST', path, { outcome: 'explained', words });
  const statuses = (await Promise.all([answer('Your results came in.'), answer('Nothing to see.')])).map(
    ({ status }) => status,
  );
  assert.deepEqual(
    statuses.toSorted((left, right) => left - right),
    [200, 409],
  );
  assert.equal((await answer('Another answer.')).status, 409);
  const { body } = await host.ask('GET', `${list}/disputes`, { token: host.tokens.patient });
  const [read] = disputes(body);
  assert.deepEqual([read?.answer?.outcome, read?.answer?.by], ['explained', 'Farida Shaikh']);
  assert.doesNotMatch(body, /Another answer/);
  assert.deepEqual(disputes((await host.askAsAdministrator('GET', '/api/disputes')).body), []);
  assert.equal(disputes((await host.askAsAdministrator('GET', '/api/disputes?state=answered')).body).length, 1);
});
