/** What a patient tells about the own health: every way of writing it, over HTTP, and nothing more than it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Answer, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const status = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }],
});
const told = (more: object = {}) => ({
  resourceType: 'Condition',
  subject: { reference: `Patient/${host.ids['p']}` },
  asserter: { reference: `Patient/${host.ids['p']}` },
  verificationStatus: status('unconfirmed'),
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  code: { text: 'Hay fever since school' },
  ...more,
});
const ask = (who: 'patient' | 'system', method: string, path: string, body?: unknown, headers = {}): Promise<Answer> =>
  host.ask(method, `/fhir/R4/${path}`, { token: host.tokens[who], headers, ...(body ? { body } : {}) });
const JSON_PATCH = { 'content-type': 'application/json-patch+json' };

test('C22 a patient tells a problem, changes its words and takes it back; what was before stays readable', async () => {
  const made = await ask('patient', 'POST', 'Condition', told());
  assert.equal(made.status, 201, made.body.slice(0, 300));
  const { id } = JSON.parse(made.body) as { id: string };
  const path = `Condition/${id}`;
  const changed = await ask('patient', 'PUT', path, { ...JSON.parse(made.body), code: { text: 'Hay fever' } });
  assert.equal(changed.status, 200, changed.body.slice(0, 300));
  const { clinicalStatus: _, ...rest } = JSON.parse(changed.body) as Record<string, unknown>;
  const back = await ask('patient', 'PUT', path, { ...rest, verificationStatus: status('entered-in-error') });
  assert.equal(back.status, 200, back.body.slice(0, 300));
  const first = await ask('patient', 'GET', `${path}/_history/1`);
  assert.match(first.body, /Hay fever since school/);
  assert.equal((await ask('patient', 'PUT', path, told({ id }))).status, 403, 'what was taken back is not told anew');
});

test('C22 no way of writing makes a patient’s words a finding of the hospital', async () => {
  const found = await ask('system', 'POST', 'Condition', told({ verificationStatus: status('confirmed') }));
  const foundPath = `Condition/${(JSON.parse(found.body) as { id: string }).id}`;
  const own = await ask('patient', 'POST', 'Condition', told());
  const { id } = JSON.parse(own.body) as { id: string };
  const confirm = [{ op: 'replace', path: '/verificationStatus', value: status('confirmed') }];
  const entry = (method: string, url: string, resource: object) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method, url }, resource }],
  });
  const tries = [
    await ask('patient', 'POST', 'Condition', told({ verificationStatus: status('confirmed') })),
    await ask('patient', 'POST', 'Condition', told({ code: { text: 'x', coding: [{ code: '44054006' }] } })),
    await ask('patient', 'PUT', `Condition/${id}`, told({ id, verificationStatus: status('confirmed') })),
    await ask('patient', 'PUT', `Condition?_id=${id}`, told({ id, verificationStatus: status('confirmed') })),
    await ask('patient', 'PATCH', `Condition/${id}`, confirm, JSON_PATCH),
    await ask('patient', 'DELETE', `Condition/${id}`),
    await ask('patient', 'PUT', foundPath, told({ id: foundPath.split('/')[1] })),
    await ask('patient', 'DELETE', foundPath),
    await ask(
      'patient',
      'POST',
      '',
      entry('PUT', `Condition/${id}`, told({ id, verificationStatus: status('confirmed') })),
    ),
    await ask('patient', 'POST', '', entry('POST', 'Condition', told({ severity: { text: 'severe' } }))),
  ];
  for (const [index, { status: answered, body }] of tries.entries()) {
    assert.equal(answered, 403, `${index}: ${body.slice(0, 300)}`);
  }
  assert.equal((await ask('patient', 'GET', `Condition/${id}`)).json().meta.versionId, '1');
  assert.equal((await ask('system', 'GET', foundPath)).json().meta.versionId, '1');
});

test('C22 nothing is told about another patient, and the answer does not say whether there is one', async () => {
  const other = { reference: `Patient/${host.ids['q']}` };
  const nobody = { reference: 'Patient/00000000-0000-4000-8000-000000000000' };
  const [about, about0] = [
    await ask('patient', 'POST', 'Condition', told({ subject: other })),
    await ask('patient', 'POST', 'Condition', told({ subject: nobody })),
  ];
  assert.ok(about.status === 403 || about.status === 404, String(about.status));
  assert.deepEqual([about.status, about.body], [about0.status, about0.body]);
});
