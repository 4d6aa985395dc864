import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created, patient, refused, server } from './fhir-rest.fixture.ts';
import { EVERYTHING } from './store.fixture.ts';

test('an update makes a new version; a stale If-Match is refused with 412', async () => {
  const { id, url } = await created(patient());
  const reply = await server.request('PUT', url, { ...patient('Iyer'), id }, { 'if-match': 'W/"1"' });
  assert.equal(reply.status, 200);
  assert.equal(reply.headers['etag'], 'W/"2"');
  await refused(412, 'version-conflict', 'PUT', url, { ...patient('Late'), id }, { 'if-match': 'W/"1"' });
  await refused(400, 'bad-entity-tag', 'PUT', url, { ...patient('Late'), id }, { 'if-match': 'one' });
  await refused(400, 'id-mismatch', 'PUT', url, { ...patient('Late'), id: 'other' });
  assert.equal((await server.request('GET', url)).body.name[0].family, 'Iyer');
  assert.equal((await server.request('GET', `${url}/_history/1`)).body.name[0].family, 'Rao');
});

test('a read sees the newest write, however often the resource was read before', async () => {
  const { id, url } = await created(patient('Before'));
  const family = async (): Promise<unknown> => (await server.request('GET', url)).body.name?.[0].family;
  assert.equal(await family(), 'Before');
  await server.request('PUT', url, { ...patient('After'), id });
  assert.equal(await family(), 'After');
  await server.request('DELETE', url);
  await refused(410, 'deleted', 'GET', url);
  await server.request('PUT', url, { ...patient('Back'), id });
  assert.equal(await family(), 'Back');
});

test('what a write had made before it was taken back is never served', async () => {
  const first = await created(patient('First'));
  const second = await created(patient('Second'));
  const put = ({ id }: { id: string }): object => ({
    resource: { ...patient('Taken back'), id },
    request: { method: 'PUT', url: `Patient/${id}` },
  });
  let looked = false;
  server.scope = {
    ...EVERYTHING,
    checkWrite: (before) => {
      if (before?.['id'] !== second.id) return undefined;
      // The first is written by now, and not committed: who looks at it must not remember it.
      server.store.versionAnchor('Patient', first.id, 2);
      looked = true;
      return 'forbidden';
    },
  };
  const reply = await server.request('POST', '', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [put(first), put(second)],
  });
  server.scope = EVERYTHING;
  assert.deepEqual([reply.status, looked], [403, true]);
  for (const [{ url }, family] of [
    [first, 'First'],
    [second, 'Second'],
  ] as const) {
    const { status, body } = await server.request('GET', url);
    assert.deepEqual([status, body.meta?.versionId, body.name?.[0].family], [200, '1', family]);
  }
});

test('R16 only one of many updates with the same If-Match goes through', async () => {
  const { id, url } = await created(patient());
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      server.request('PUT', url, { ...patient(`F${index}`), id }, { 'if-match': 'W/"1"' }),
    ),
  );
  assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  assert.equal(replies.filter(({ status }) => status === 412).length, 9);
});

test('R17 a PUT to an id that is not there is refused with 405', async () => {
  await refused(405, 'ids-are-made-here', 'PUT', '/Patient/mine', { ...patient(), id: 'mine' });
});

test('R8 a deleted resource is gone with 410, keeps its history, is found no more, and may come back', async () => {
  const { id, url } = await created(patient('Gone'));
  const reply = await server.request('DELETE', url);
  assert.equal(reply.status, 204);
  assert.match(reply.headers['x-clearchart-transaction'] ?? '', /^[0-9a-f]{64}$/);
  await refused(410, 'deleted', 'GET', url);
  await refused(410, 'deleted', 'GET', `${url}/_history/2`);
  assert.equal((await server.request('GET', '/Patient?family=Gone')).body.entry, undefined);
  assert.equal((await server.request('DELETE', url)).status, 204);
  const history = (await server.request('GET', `${url}/_history`)).body;
  assert.deepEqual(
    history.entry.map((entry: { request: { method: string } }) => entry.request.method),
    ['DELETE', 'POST'],
  );
  assert.equal((await server.request('PUT', url, { ...patient('Gone'), id })).status, 201);
  assert.equal((await server.request('GET', '/Patient?family=Gone')).body.total, 1);
});

test('a JSON Patch and a FHIRPath Patch change what they name; one that does not apply is refused with 422', async () => {
  const { url } = await created(patient());
  const json = { 'content-type': 'application/json-patch+json' };
  const patched = await server.request('PATCH', url, [{ op: 'replace', path: '/name/0/family', value: 'Nair' }], json);
  assert.equal(patched.status, 200, patched.text);
  assert.equal(patched.body.name[0].family, 'Nair');
  await refused(422, 'no-such-path', 'PATCH', url, [{ op: 'remove', path: '/address' }], json);
  await refused(422, 'test-failed', 'PATCH', url, [{ op: 'test', path: '/gender', value: 'male' }], json);
  await refused(422, 'invalid-resource', 'PATCH', url, [{ op: 'add', path: '/nonsense', value: 1 }], json);
  await refused(422, 'patch-moves-identity', 'PATCH', url, [{ op: 'replace', path: '/id', value: 'x' }], json);
  const parameters = {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'operation',
        part: [
          { name: 'type', valueCode: 'replace' },
          { name: 'path', valueString: 'Patient.gender' },
          { name: 'value', valueCode: 'other' },
        ],
      },
    ],
  };
  const byPath = await server.request('PATCH', url, parameters);
  assert.equal(byPath.status, 200, byPath.text);
  assert.equal(byPath.body.gender, 'other');
});

test('patches of one resource at the same time all apply', async () => {
  const { url } = await created(patient('P', { telecom: [] }));
  const json = { 'content-type': 'application/json-patch+json' };
  const replies = await Promise.all(
    [0, 1, 2].map((n) =>
      server.request(
        'PATCH',
        url,
        [{ op: 'add', path: '/telecom/-', value: { system: 'phone', value: `${n}` } }],
        json,
      ),
    ),
  );
  assert.deepEqual(
    replies.map(({ status }) => status),
    [200, 200, 200],
  );
  assert.equal((await server.request('GET', url)).body.telecom.length, 3);
});

test('R16 a conditional create makes one resource however often it is sent', async () => {
  const identified = patient('Once', { identifier: [{ system: 'urn:mrn', value: 'once' }] });
  const headers = { 'if-none-exist': 'identifier=urn:mrn|once' };
  const replies = await Promise.all([1, 2, 3].map(() => server.request('POST', '/Patient', identified, headers)));
  assert.deepEqual(
    replies.map(({ status }) => status).sort((left, right) => left - right),
    [200, 200, 201],
  );
  assert.equal(new Set(replies.map(({ body }) => body.id)).size, 1);
  await created(identified);
  await refused(412, 'multiple-matches', 'POST', '/Patient', identified, headers);
  await refused(412, 'no-criteria', 'POST', '/Patient', identified, { 'if-none-exist': '' });
});

test('conditional update, patch and delete change the one resource that is found, and no more', async () => {
  const system = 'identifier=urn:mrn|cond';
  const body = patient('Cond', { identifier: [{ system: 'urn:mrn', value: 'cond' }] });
  assert.equal((await server.request('PUT', `/Patient?${system}`, body)).status, 201);
  const second = await server.request('PUT', `/Patient?${system}`, { ...body, gender: 'male' });
  assert.equal(second.status, 200);
  assert.equal(second.headers['etag'], 'W/"2"');
  await refused(400, 'id-mismatch', 'PUT', `/Patient?${system}`, { ...body, id: 'other' });
  const json = { 'content-type': 'application/json-patch+json' };
  assert.equal(
    (await server.request('PATCH', `/Patient?${system}`, [{ op: 'remove', path: '/gender' }], json)).status,
    200,
  );
  assert.equal((await server.request('DELETE', `/Patient?${system}`)).status, 204);
  assert.equal((await server.request('DELETE', `/Patient?${system}`)).status, 204);
  await created(body);
  await created(body);
  await refused(412, 'multiple-matches', 'DELETE', `/Patient?${system}`);
});

test('R29 a narrative that holds a script is refused however it comes in, and its text is not in the answer', async () => {
  const text = (content: string): object => ({
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>` },
  });
  const bad = text('Marker7<script>alert(1)</script>');
  const { id, url } = await created(patient('Rao', text('<p>Asha Rao, <b>female</b></p>')));
  const contained = { contained: [{ resourceType: 'Organization', id: 'o', name: 'O', ...bad }] };
  const replies = [
    await refused(422, 'invalid-resource', 'POST', '/Patient', patient('Rao', bad)),
    await refused(422, 'invalid-resource', 'PUT', url, { ...patient('Rao', bad), id }),
    await refused(
      422,
      'invalid-resource',
      'POST',
      '/Patient',
      patient('Rao', { ...contained, managingOrganization: { reference: '#o' } }),
    ),
    await refused(
      422,
      'invalid-resource',
      'PATCH',
      url,
      [{ op: 'replace', path: '/text', value: (bad as { text: unknown }).text }],
      { 'content-type': 'application/json-patch+json' },
    ),
    await refused(422, 'invalid-resource', 'POST', '', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: patient('Rao', bad), request: { method: 'POST', url: 'Patient' } }],
    }),
  ];
  for (const { text: answer, body } of replies) {
    assert.doesNotMatch(answer, /Marker7|alert/);
    assert.match(body.issue[0].details.text, /^txt-1: /);
    assert.match(body.issue[0].expression[0], /text\.div$|^Bundle\.entry\[0\]$/);
  }
  assert.equal((await server.request('GET', url)).body.meta.versionId, '1');
});
