import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionOf, make, mine, observationOf, refused, server, theirs } from './isolation.fixture.ts';
import { EVERYTHING, scopeOf } from './store.fixture.ts';

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

test('R20 conditional interactions find only what is in sight', async () => {
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

test('R19 an own record is not moved to a hidden patient', async () => {
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

test('R19 an older version that was about somebody else stays hidden', async () => {
  server.scope = EVERYTHING;
  const moved = await make(observationOf(theirs.patient));
  await server.request('PUT', `/Observation/${moved}`, { ...observationOf(mine.patient), id: moved });
  server.scope = scopeOf(mine.patient);
  assert.equal((await server.request('GET', `/Observation/${moved}`)).status, 200);
  assert.equal((await server.request('GET', `/Observation/${moved}/_history/1`)).status, 404);
  assert.equal((await server.request('GET', `/Observation/${moved}/_history`)).body.entry.length, 1);
});

test('R20 a deleted hidden record is absent, not gone', async () => {
  server.scope = EVERYTHING;
  const id = await make(observationOf(theirs.patient));
  await server.request('DELETE', `/Observation/${id}`);
  server.scope = scopeOf(mine.patient);
  assert.equal((await server.request('GET', `/Observation/${id}`)).status, 404);
  server.scope = scopeOf(theirs.patient);
  assert.equal((await server.request('GET', `/Observation/${id}`)).status, 410);
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
