/**
 * Two patients, one caller who may see the first. Each test asks about the second in another way. The
 * broken variant they catch: `Visibility.condition` answering '1', or one table of a query left without it.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { EVERYTHING, scopeOf, sharedDefinitions, type TestServer, testServer } from './store.fixture.ts';

let server: TestServer;
const mine = { patient: '', observation: '', condition: '' };
const theirs = { patient: '', observation: '', condition: '', encounter: '', practitioner: '' };

async function make(resource: object): Promise<string> {
  const { resourceType } = resource as { resourceType: string };
  const reply = await server.request('POST', `/${resourceType}`, resource);
  assert.equal(reply.status, 201, reply.text);
  return reply.body.id;
}

const observationOf = (patient: string, more: object = {}): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8302-2' }] },
  subject: { reference: `Patient/${patient}` },
  ...more,
});
const conditionOf = (patient: string, more: object = {}): object => ({
  resourceType: 'Condition',
  code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }] },
  subject: { reference: `Patient/${patient}` },
  ...more,
});

before(async () => {
  server = await testServer();
  theirs.practitioner = await make({ resourceType: 'Practitioner', name: [{ family: 'Shared' }] });
  mine.patient = await make({
    resourceType: 'Patient',
    name: [{ family: 'Mine' }],
    identifier: [{ system: 'urn:mrn', value: '1' }],
  });
  theirs.patient = await make({
    resourceType: 'Patient',
    name: [{ family: 'Theirs' }],
    identifier: [{ system: 'urn:mrn', value: '2' }],
    generalPractitioner: [{ reference: `Practitioner/${theirs.practitioner}` }],
  });
  theirs.encounter = await make({
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${theirs.patient}` },
  });
  mine.observation = await make(
    observationOf(mine.patient, { encounter: { reference: `Encounter/${theirs.encounter}` } }),
  );
  theirs.observation = await make(
    observationOf(theirs.patient, { valueQuantity: { value: 180 }, effectiveDateTime: '2020-01-01' }),
  );
  mine.condition = await make(conditionOf(mine.patient));
  theirs.condition = await make(conditionOf(theirs.patient));
});
after(async () => (await sharedDefinitions()).close());
beforeEach(() => {
  server.scope = scopeOf(mine.patient);
  server.disclosures.length = 0;
});

const refused = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
  const absent = await server.request(
    method,
    path.replace(theirs.patient, 'absent').replace(theirs.observation, 'absent'),
    body,
    headers,
  );
  const hidden = await server.request(method, path, body, headers);
  assert.equal(hidden.status, absent.status);
  assert.equal(hidden.text, absent.text);
  return hidden.status;
};

const search = async (path: string) => {
  const { status, body, text } = await server.request('GET', path);
  assert.equal(status, 200, text);
  assert.doesNotMatch(
    text.replace(/"link":\[.*?\]/, ''),
    new RegExp(`Theirs|${theirs.observation}|"id":"${theirs.patient}`),
  );
  for (const { patients } of server.disclosures) assert.ok(!patients.has(theirs.patient));
  return {
    total: body.total as number,
    ids: (body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id) as string[],
  };
};

test('the owner of everything does see the second patient, so the tests below can fail', async () => {
  server.scope = EVERYTHING;
  assert.equal((await server.request('GET', '/Patient?family=Theirs')).body.total, 1);
  assert.equal((await server.request('GET', '/Observation?code=8302-2')).body.total, 2);
});

test('a read, a version and a history of a hidden record are those of an absent one', async () => {
  assert.equal(await refused('GET', `/Patient/${theirs.patient}`), 404);
  assert.equal(await refused('GET', `/Observation/${theirs.observation}/_history/1`), 404);
  assert.equal(await refused('GET', `/Observation/${theirs.observation}/_history`), 404);
});

test('an update, a patch and a delete of a hidden record are those of an absent one', async () => {
  const body = { ...observationOf(mine.patient), id: theirs.observation };
  const reply = await server.request('PUT', `/Observation/${theirs.observation}`, body);
  assert.equal(reply.status, 405);
  assert.equal(reply.text, (await server.request('PUT', '/Observation/absent', { ...body, id: 'absent' })).text);
  const json = { 'content-type': 'application/json-patch+json' };
  assert.equal(
    await refused('PATCH', `/Observation/${theirs.observation}`, [{ op: 'remove', path: '/status' }], json),
    404,
  );
  assert.equal(await refused('DELETE', `/Observation/${theirs.observation}`), 404);
});

test('a search by anything at all finds only what is in sight', async () => {
  assert.deepEqual((await search('/Patient')).ids, [mine.patient]);
  assert.deepEqual((await search('/Observation?code=8302-2')).ids, [mine.observation]);
  assert.deepEqual((await search(`/Observation?_id=${theirs.observation}`)).ids, []);
  assert.deepEqual((await search(`/Observation?patient=${theirs.patient}`)).ids, []);
  assert.deepEqual((await search(`/Observation?subject:Patient=${theirs.patient}`)).ids, []);
  assert.deepEqual((await search('/Observation?date=2020')).ids, []);
  assert.deepEqual((await search('/Observation?value-quantity=180')).ids, []);
  assert.deepEqual((await search('/Observation?_lastUpdated=gt2000')).ids, [mine.observation]);
  assert.deepEqual((await search('/Patient?family:exact=Theirs')).ids, []);
  assert.deepEqual((await search('/Patient?family:contains=heir')).ids, []);
  assert.deepEqual((await search('/Patient?identifier=urn:mrn|2')).ids, []);
});

test('negative conditions do not turn to what is hidden', async () => {
  assert.deepEqual((await search('/Observation?status:not=amended')).ids, [mine.observation]);
  assert.deepEqual((await search('/Observation?value-quantity:missing=false')).ids, []);
  assert.deepEqual((await search('/Observation?date:missing=false')).ids, []);
});

test('counts count what is in sight', async () => {
  assert.equal((await search('/Observation?_summary=count')).total, 1);
  assert.equal((await search('/Patient?_total=accurate&_count=1')).total, 1);
  assert.equal((await search('/Observation?code=8302-2&_count=0')).total, 1);
  assert.equal((await search('/Patient?family:contains=i&_summary=count')).total, 1);
});

test('sorting and paging show no gap where something is hidden', async () => {
  assert.deepEqual((await search('/Observation?_sort=date&_count=1')).ids, [mine.observation]);
  assert.deepEqual((await search('/Observation?_sort=-value-quantity&_count=1')).ids, [mine.observation]);
  assert.deepEqual((await search('/Patient?_sort=family')).ids, [mine.patient]);
  const { body } = await server.request('GET', '/Observation?_count=1');
  assert.equal(body.link.length, 1, 'no second page for a hidden hit');
});

test('a paging link of who sees more gives no more to who sees less', async () => {
  server.scope = EVERYTHING;
  const { body } = await server.request('GET', '/Patient?_count=1');
  const next = body.link[1].url;
  server.scope = scopeOf(mine.patient);
  assert.equal((await server.request('GET', next)).body.entry, undefined);
});

test('a chain is not followed through a hidden record', async () => {
  assert.deepEqual((await search('/Observation?patient.family=Theirs')).ids, []);
  assert.deepEqual((await search('/Observation?subject:Patient.identifier=urn:mrn|2')).ids, []);
  // The own observation names a hidden encounter: nothing about that encounter may be asked through it.
  assert.deepEqual((await search('/Observation?encounter.status=finished')).ids, []);
  assert.deepEqual((await search('/Observation?encounter.class=AMB')).ids, []);
});

test('_has does not count hidden records', async () => {
  const { practitioner } = theirs;
  assert.deepEqual((await search('/Practitioner?_has:Patient:general-practitioner:family=Theirs')).ids, []);
  assert.deepEqual((await search('/Patient?_has:Observation:patient:value-quantity=180')).ids, []);
  server.scope = EVERYTHING;
  assert.deepEqual(
    (await server.request('GET', '/Practitioner?_has:Patient:general-practitioner:family=Theirs')).body.entry[0]
      .resource.id,
    practitioner,
  );
});

test('_include and _revinclude bring nothing hidden', async () => {
  assert.deepEqual((await search('/Observation?_include=Observation:encounter')).ids, [mine.observation]);
  assert.deepEqual(
    (await search('/Observation?_include=Observation:encounter&_include:iterate=Encounter:patient')).ids,
    [mine.observation],
  );
  assert.deepEqual((await search('/Practitioner?_revinclude=Patient:general-practitioner')).ids, [theirs.practitioner]);
  server.scope = EVERYTHING;
  assert.equal(
    (await server.request('GET', '/Practitioner?_revinclude=Patient:general-practitioner')).body.entry.length,
    2,
  );
});

test('the history of a type holds only what is in sight', async () => {
  const { ids } = await search('/Observation/_history');
  assert.deepEqual(ids, [mine.observation]);
});

test('conditional interactions find only what is in sight', async () => {
  const body = conditionOf(mine.patient);
  const reply = await server.request('POST', '/Condition', body, {
    'if-none-exist': `subject=Patient/${theirs.patient}`,
  });
  assert.equal(reply.status, 201, 'a hidden match does not count as a match');
  assert.equal((await server.request('DELETE', `/Condition?_id=${theirs.condition}`)).status, 204);
  const found = await server.request('PUT', `/Condition?_id=${theirs.condition}`, body);
  assert.equal(found.status, 201);
  server.scope = EVERYTHING;
  assert.equal((await server.request('GET', `/Condition/${theirs.condition}`)).headers['etag'], 'W/"1"');
});

test('nothing is written about a hidden patient, and the answer does not tell whether there is one', async () => {
  const hidden = await server.request('POST', '/Observation', observationOf(theirs.patient));
  const absent = await server.request('POST', '/Observation', observationOf('absent'));
  assert.equal(hidden.status, 404);
  assert.equal(hidden.text, absent.text);
});

test('an own record is not moved to a hidden patient', async () => {
  const body = { ...observationOf(theirs.patient), id: mine.observation };
  assert.equal((await server.request('PUT', `/Observation/${mine.observation}`, body)).status, 404);
});

test('a record about nobody is not written by who sees some patients only', async () => {
  const { subject: _subject, ...nobody } = observationOf('x') as { subject: object };
  assert.equal((await server.request('POST', '/Observation', nobody)).status, 404);
  assert.equal((await server.request('POST', '/Patient', { resourceType: 'Patient' })).status, 403);
});

test('bundles give no more than single requests', async () => {
  const get = (url: string) => ({ request: { method: 'GET', url } });
  const batch = await server.request('POST', '/', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      get(`Patient/${theirs.patient}`),
      get('Observation?code=8302-2'),
      get(`Observation/${theirs.observation}/_history/1`),
      get('Patient?family=Theirs'),
    ],
  });
  assert.doesNotMatch(batch.text, /"Theirs"|"value":180/);
  assert.deepEqual(
    batch.body.entry.map((entry: { response: { status: string } }) => entry.response.status.slice(0, 3)),
    ['404', '200', '404', '200'],
  );
  const transaction = await server.request('POST', '/', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        request: { method: 'POST', url: 'Observation' },
        resource: observationOf('x', { subject: { reference: 'Patient?identifier=urn:mrn|2' } }),
      },
    ],
  });
  assert.equal(transaction.status, 412, 'a conditional reference does not find a hidden patient');
});

test('an older version that was about somebody else stays hidden', async () => {
  server.scope = EVERYTHING;
  const moved = await make(observationOf(theirs.patient));
  await server.request('PUT', `/Observation/${moved}`, { ...observationOf(mine.patient), id: moved });
  server.scope = scopeOf(mine.patient);
  assert.equal((await server.request('GET', `/Observation/${moved}`)).status, 200);
  assert.equal((await server.request('GET', `/Observation/${moved}/_history/1`)).status, 404);
  assert.equal((await server.request('GET', `/Observation/${moved}/_history`)).body.entry.length, 1);
});

test('a deleted hidden record is absent, not gone', async () => {
  server.scope = EVERYTHING;
  const id = await make(observationOf(theirs.patient));
  await server.request('DELETE', `/Observation/${id}`);
  server.scope = scopeOf(mine.patient);
  assert.equal((await server.request('GET', `/Observation/${id}`)).status, 404);
  server.scope = scopeOf(theirs.patient);
  assert.equal((await server.request('GET', `/Observation/${id}`)).status, 410);
});

test('a category that is not in the scope is hidden like another patient', async () => {
  server.scope = EVERYTHING;
  const psychiatric = await make(
    conditionOf(mine.patient, { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'F32.1' }] } }),
  );
  server.scope = { ...scopeOf(mine.patient), categories: new Set(['general']) };
  assert.equal((await server.request('GET', `/Condition/${psychiatric}`)).status, 404);
  assert.ok(!(await search('/Condition')).ids.includes(psychiatric));
  assert.ok(!(await search(`/Patient?_revinclude=Condition:patient`)).ids.includes(psychiatric));
  server.scope = scopeOf(mine.patient);
  assert.ok((await search('/Condition')).ids.includes(psychiatric));
});

test('a type that a role never reads is refused with 403, and is not reached by other ways', async () => {
  server.scope = { ...EVERYTHING, types: new Set(['Patient', 'Practitioner']) };
  assert.equal((await server.request('GET', `/Observation/${mine.observation}`)).status, 403);
  assert.equal((await server.request('GET', '/Observation/absent')).status, 403);
  assert.equal((await server.request('GET', '/Observation')).status, 403);
  assert.equal((await server.request('GET', '/Observation/_history')).status, 403);
  const found = await server.request('GET', '/Patient?_revinclude=Observation:patient');
  assert.doesNotMatch(found.text, /"resourceType":"Observation"/);
  assert.equal((await server.request('GET', '/Patient?_has:Observation:patient:code=8302-2')).body.total, 0);
});

test('the directory is closed to who may not see it', async () => {
  assert.deepEqual((await search('/Practitioner')).ids, [theirs.practitioner]);
  server.scope = { ...scopeOf(mine.patient), directory: false };
  assert.deepEqual((await search('/Practitioner')).ids, []);
  assert.equal((await server.request('GET', `/Practitioner/${theirs.practitioner}`)).status, 404);
});

test('a scope of several patients sees those and no others, a scope of none sees none', async () => {
  server.scope = scopeOf(mine.patient, 'another');
  assert.deepEqual((await search('/Patient')).ids, [mine.patient]);
  server.scope = scopeOf();
  assert.deepEqual((await search('/Patient')).ids, []);
  assert.deepEqual((await search('/Observation?code=8302-2')).ids, []);
  assert.equal((await server.request('GET', `/Patient/${mine.patient}`)).status, 404);
});

test('the finer rule is asked for every kind of write, and nothing is written when it says no', async () => {
  const count = () => server.database.prepare('SELECT count(*) AS n FROM versions').get()?.['n'];
  const before = count();
  const asked: string[] = [];
  server.scope = {
    ...EVERYTHING,
    checkWrite: (from, to) => {
      asked.push(`${from?.id ?? '-'} ${to === undefined ? 'delete' : 'write'}`);
      return 'not-today';
    },
  };
  const json = { 'content-type': 'application/json-patch+json' };
  const url = `/Observation/${mine.observation}`;
  const replies = [
    await server.request('POST', '/Observation', observationOf(mine.patient)),
    await server.request('PUT', url, { ...observationOf(mine.patient), id: mine.observation }),
    await server.request('PATCH', url, [{ op: 'replace', path: '/status', value: 'amended' }], json),
    await server.request('DELETE', url),
    await server.request('PUT', `/Observation?_id=${mine.observation}`, observationOf(mine.patient)),
  ];
  for (const { status, body } of replies) {
    assert.equal(status, 403);
    assert.equal(body.issue[0].details.coding[0].code, 'not-today');
  }
  const { observation } = mine;
  assert.deepEqual(asked, [
    '- write',
    `${observation} write`,
    `${observation} write`,
    `${observation} delete`,
    `${observation} write`,
  ]);
  assert.equal(count(), before);
});
