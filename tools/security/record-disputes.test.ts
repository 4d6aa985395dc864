/** "Something is wrong here", over HTTP: who may say it about what, who sees it, who answers, and that nobody else writes it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestNode, type TestNode } from './test-node.fixture.ts';

type Who = keyof TestNode['tokens'];

interface Told {
  readonly id: string;
  readonly state: string;
  readonly transactionId: string;
}

const WORDS = 'I never had this.';

let host: TestNode;
let path: string;

const told = (body: string): Told => JSON.parse(body) as Told;
const post = (who: Who, url: string, body: object = { words: WORDS }) =>
  host.ask('POST', url, { token: host.tokens[who], body });
const disputeOf = (type: string, name: string, version = 1) =>
  `/api/records/${type}/${host.ids[name]}/versions/${version}/dispute`;
const search = async (who: Who) => {
  const url = `/fhir/R4/Task?patient=${host.ids['p']}&code=urn:clearchart:task|record-dispute`;
  const answer = await host.ask('GET', url, { token: host.tokens[who] });
  return { status: answer.status, total: answer.status === 200 ? answer.json().total : 0, body: answer.body };
};

before(async () => {
  host = await startTestNode();
  path = disputeOf('Condition', 'pCondition');
});
after(() => host.close());

test('C40 only the patient disputes, and only an own record; absent, not yours and not disputable look the same', async () => {
  const wrong = await Promise.all([
    post('other', path),
    post('patient', disputeOf('Observation', 'qObservation')),
    post('patient', disputeOf('Condition', 'pCondition', 9)),
    post('patient', disputeOf('Patient', 'q')),
    post('patient', disputeOf('Practitioner', 'mine')),
    post('patient', disputeOf('CareTeam', 'team')),
    post('patient', `/api/records/Condition/none/versions/1/dispute`),
  ]);
  assert.deepEqual(
    wrong.map(({ status }) => status),
    [404, 404, 404, 404, 404, 404, 404],
  );
  assert.equal(new Set(wrong.map(({ body }) => (JSON.parse(body) as { code: string }).code)).size, 1);
  for (const who of ['mine', 'system'] as const) assert.equal((await post(who, path)).status, 403);
  for (const words of ['', '   ', 'x'.repeat(1_001)])
    assert.equal((await post('patient', path, { words })).status, 400, String(words.length));
});

test('C40 asked eight times at once it is one, sealed and anchored, and seen by whoever sees the record', async () => {
  const asked = await Promise.all(Array.from({ length: 8 }, () => post('patient', path)));
  assert.deepEqual([...new Set(asked.map(({ status }) => status))], [201]);
  assert.equal(new Set(asked.map(({ body }) => told(body).id)).size, 1);
  assert.match(told(asked[0]?.body ?? '').transactionId, /^[0-9a-f]{64}$/);
  for (const who of ['patient', 'mine'] as const) {
    const { total, body } = await search(who);
    assert.equal(total, 1, who);
    assert.match(body, new RegExp(WORDS));
  }
  for (const who of ['strange', 'other'] as const)
    assert.doesNotMatch((await search(who)).body, new RegExp(WORDS), who);
  const desk = await host.askAsAdministrator('GET', `/fhir/R4/Task?code=urn:clearchart:task|record-dispute`);
  assert.equal(desk.status, 403);
});

test('C41 as a FHIR Task nobody makes, changes or deletes one, also not inside a bundle', async () => {
  const id = told((await post('patient', path)).body).id;
  const read = await host.ask('GET', `/fhir/R4/Task/${id}`, { token: host.tokens.mine });
  const task = read.json();
  const closed = { ...task, status: 'completed' };
  const { id: _id, ...fresh } = task;
  for (const who of ['mine', 'patient'] as const) {
    const token = host.tokens[who];
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: closed, request: { method: 'PUT', url: `Task/${id}` } }],
    };
    const answers = await Promise.all([
      host.ask('POST', '/fhir/R4/Task', { token, body: fresh }),
      host.ask('PUT', `/fhir/R4/Task/${id}`, { token, body: closed }),
      host.ask('DELETE', `/fhir/R4/Task/${id}`, { token }),
      host.ask('POST', '/fhir/R4', { token, body: bundle }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [403, 403, 403, 403],
      who,
    );
  }
  const { body } = await host.ask('GET', `/fhir/R4/Task/${id}`, { token: host.tokens.patient });
  assert.match(body, /"status":"requested"/);
});

test('C43 who does not treat the patient cannot answer, and "amended" needs a newer version', async () => {
  const { id } = told((await post('patient', path)).body);
  const answer = `/api/record-disputes/${id}/answer`;
  const amended = { outcome: 'amended', words: 'Put right.' };
  assert.equal((await post('strange', answer, amended)).status, 404);
  assert.equal((await post('patient', answer, amended)).status, 403);
  assert.equal((await post('mine', answer, amended)).status, 409);
  assert.equal((await post('mine', answer, { outcome: 'explained', words: 'x' })).status, 400);
  const token = host.tokens.mine;
  const url = `/fhir/R4/Condition/${host.ids['pCondition']}`;
  const condition = (await host.ask('GET', url, { token })).json();
  assert.equal((await host.ask('PUT', url, { token, body: { ...condition, onsetDateTime: '2019' } })).status, 200);
  const once = await Promise.all([
    post('mine', answer, amended),
    post('mine', answer, { ...amended, outcome: 'stands' }),
  ]);
  assert.deepEqual(new Set(once.map(({ status }) => status)), new Set([200, 409]));
  assert.equal((await post('patient', `/api/record-disputes/${id}/withdraw`, {})).status, 409);
  assert.match((await search('patient')).body, /"valueString":"Put right\."/);
});

test('C42 the patient takes an open one back, nobody else does, and can dispute the record anew', async () => {
  const { id } = told((await post('patient', path)).body);
  assert.equal((await post('other', `/api/record-disputes/${id}/withdraw`, {})).status, 404);
  assert.equal((await post('mine', `/api/record-disputes/${id}/withdraw`, {})).status, 403);
  const back = await post('patient', `/api/record-disputes/${id}/withdraw`, {});
  assert.deepEqual([back.status, told(back.body).state], [200, 'withdrawn']);
  const again = await post('patient', path);
  assert.equal(again.status, 201);
  assert.notEqual(told(again.body).id, id);
});
