import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created, patient, refused, server } from './fhir-rest.fixture.ts';

test('R12 R14 a created resource is read back equal, with version, time and anchoring transaction', async () => {
  const reply = await server.request('POST', '/Patient', patient());
  assert.equal(reply.status, 201);
  assert.equal(reply.headers['etag'], 'W/"1"');
  assert.equal(reply.headers['location'], `http://test/fhir/R4/Patient/${reply.body.id}/_history/1`);
  const transaction = reply.headers['x-clearchart-transaction'] ?? '';
  assert.match(transaction, /^[0-9a-f]{64}$/);
  const { id, meta, ...rest } = (await server.request('GET', `/Patient/${reply.body.id}`)).body;
  assert.deepEqual(rest, patient());
  assert.equal(meta.versionId, '1');
  assert.deepEqual(server.store.versionsOf(transaction), [{ type: 'Patient', id, version: 1 }]);
  assert.equal(server.store.versionAnchor('Patient', id, 1), transaction);
});

test('R11 a new patient is enrolled under a pseudonym before an anchor names it', async () => {
  const { id } = await created(patient());
  const pseudonym = server.store.pseudonymOf(id) ?? '';
  assert.match(pseudonym, /^[0-9a-f]{32}$/);
  assert.equal(server.store.patientOf(pseudonym), id);
  const waiting = server.store.outbox.waiting(10_000).slice(-2);
  assert.deepEqual(
    waiting.map(({ kind }) => kind),
    ['enrol-person', 'anchor-records'],
  );
  assert.equal(server.anchored.at(-1)?.[0]?.subject, pseudonym);
});

test('R13 writes that wait together share one anchor', async () => {
  const anchorsBefore = server.anchored.length;
  const replies = await Promise.all(Array.from({ length: 20 }, () => server.request('POST', '/Patient', patient())));
  const transactions = new Set(replies.map(({ headers }) => headers['x-clearchart-transaction']));
  assert.ok(transactions.size < 20);
  assert.equal(server.anchored.length - anchorsBefore, transactions.size);
});

test('R14 the anchor of an expired transaction is replaced and its versions follow', async () => {
  const reply = await server.request('POST', '/Patient', patient());
  const old = reply.headers['x-clearchart-transaction'] ?? '';
  server.store.outbox.replace(old, { id: 'e'.repeat(64), bytes: new Uint8Array([1]) });
  assert.equal(server.store.versionAnchor('Patient', reply.body.id, 1), 'e'.repeat(64));
  server.store.outbox.markFinal(['e'.repeat(64)], 7);
  assert.ok(!server.store.outbox.waiting(10_000).some(({ transactionId }) => transactionId === 'e'.repeat(64)));
});

test('a read with the version one has is answered with 304', async () => {
  const { url } = await created(patient());
  assert.equal((await server.request('GET', url, undefined, { 'if-none-match': 'W/"1"' })).status, 304);
  assert.equal((await server.request('GET', url, undefined, { 'if-none-match': 'W/"2"' })).status, 200);
});

test('Prefer chooses what comes back, and respond-final waits for the transaction', async () => {
  const minimal = await server.request('POST', '/Patient', patient(), { prefer: 'return=minimal' });
  assert.equal(minimal.text, '');
  const outcome = await server.request('POST', '/Patient', patient(), { prefer: 'return=OperationOutcome' });
  assert.equal(outcome.body.resourceType, 'OperationOutcome');
  const waited = await server.request('POST', '/Patient', patient(), {
    prefer: 'respond-final; return=representation',
  });
  assert.deepEqual(server.waitedFor, [waited.headers['x-clearchart-transaction']]);
  assert.equal(waited.body.resourceType, 'Patient');
});

test('history of a type is paged newest first, and a page stays where it was when something is written', async () => {
  const ids = [];
  for (let n = 0; n < 5; n++) ids.push((await created({ resourceType: 'Substance', code: { text: `s${n}` } })).id);
  const first = (await server.request('GET', '/Substance/_history?_count=2')).body;
  await created({ resourceType: 'Substance', code: { text: 'new' } });
  const next = first.link.find(({ relation }: { relation: string }) => relation === 'next').url;
  const second = (await server.request('GET', next)).body;
  const seen = [...first.entry, ...second.entry].map(({ resource }: { resource: { id: string } }) => resource.id);
  assert.deepEqual(seen, ids.reverse().slice(0, 4));
  await refused(400, 'unknown-parameter', 'GET', '/Substance/_history?_at=2020');
});

test('bad input is refused with its own status and stores nothing', async () => {
  const rows = () => server.database.prepare('SELECT count(*) AS n FROM versions').get()?.['n'];
  const before = rows();
  await refused(400, 'not-json', 'POST', '/Patient', '{"resourceType":');
  await refused(
    400,
    'duplicate-key',
    'POST',
    '/Patient',
    '{"resourceType":"Patient","gender":"male","gender":"female"}',
  );
  await refused(
    400,
    'duplicate-key',
    'POST',
    '/Patient',
    '{"resourceType":"Patient","gender":"male","g\\u0065nder":"female"}',
  );
  await refused(400, 'forbidden-key', 'POST', '/Patient', '{"resourceType":"Patient","__proto__":{"gender":"male"}}');
  await refused(400, 'too-deep', 'POST', '/Patient', `${'['.repeat(500)}${']'.repeat(500)}`);
  await refused(400, 'half-surrogate', 'POST', '/Patient', '{"resourceType":"Patient","name":[{"family":"\\ud800"}]}');
  await refused(400, 'not-utf-8', 'POST', '/Patient', Buffer.from([0x7b, 0xff, 0x7d]));
  await refused(400, 'no-body', 'POST', '/Patient', '');
  await refused(400, 'not-a-resource', 'POST', '/Patient', []);
  await refused(400, 'type-mismatch', 'POST', '/Patient', { resourceType: 'Observation' });
  await refused(400, 'unknown-type', 'POST', '/Nonsense', { resourceType: 'Nonsense' });
  await refused(400, 'unknown-type', 'POST', '/Binary', { resourceType: 'Binary' });
  await refused(422, 'invalid-resource', 'POST', '/Patient', patient('X', { nonsense: true }));
  await refused(422, 'invalid-resource', 'POST', '/Patient', patient('X', { gender: 'nonsense' }));
  await refused(422, 'invalid-resource', 'POST', '/Observation', { resourceType: 'Observation', status: 'final' });
  await refused(415, 'content-type', 'POST', '/Patient', '<Patient/>', { 'content-type': 'application/fhir+xml' });
  await refused(415, 'content-type', 'POST', '/Patient', 'a=b', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  await refused(406, 'only-json', 'GET', '/Patient', undefined, { accept: 'application/fhir+xml' });
  await refused(406, 'only-json', 'GET', '/Patient?_format=xml');
  await refused(413, 'too-large', 'POST', '/Patient', Buffer.alloc(16 * 1024 * 1024 + 1, 0x20));
  await refused(404, 'not-found', 'GET', '/Patient/a/b/c/d');
  assert.equal(rows(), before);
});

test('the refusal of a resource does not repeat what it held', async () => {
  const reply = await refused(
    422,
    'invalid-resource',
    'POST',
    '/Patient',
    patient('Canary77', { gender: 'canary78', birthDate: 'canary79' }),
  );
  assert.doesNotMatch(reply.text, /canary/i);
});

test('the CapabilityStatement names what works: every type and parameter in it can be searched', async () => {
  const { body } = await server.request('GET', '/metadata');
  assert.equal(body.fhirVersion, '4.0.1');
  assert.ok(body.rest[0].resource.length > 130);
  const value: Record<string, string> = {
    date: '2020',
    number: '1',
    quantity: '1',
    token: 'a',
    string: 'a',
    uri: 'urn:a',
    reference: 'a',
  };
  for (const { type, searchParam } of body.rest[0].resource) {
    for (const { name, type: kind } of searchParam) {
      const reply = await server.request('GET', `/${type}?${name}=${value[kind]}&_count=1`);
      assert.equal(reply.status, 200, `${type}?${name}: ${reply.text}`);
    }
  }
});

test('R21 what leaves is reported before the answer, by patient and version', async () => {
  const { id } = await created(patient());
  const observation = await created({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: `Patient/${id}` },
  });
  server.disclosures.length = 0;
  await server.request('GET', `/Observation?patient=${id}&_include=Observation:patient`);
  assert.equal(server.disclosures.length, 1);
  assert.equal(server.disclosures[0]?.interaction, 'search-type');
  assert.deepEqual(server.disclosures[0]?.patients.get(id)?.versions, [
    `Observation/${observation.id}/_history/1`,
    `Patient/${id}/_history/1`,
  ]);
});

test('R21 an answer whose disclosure cannot be recorded does not leave', async () => {
  const { id } = await created(patient());
  const session = server.store.session({
    scope: server.scope,
    baseUrl: 'http://test/fhir/R4',
    onDisclosed: () => Promise.reject(new Error('disk full')),
  });
  await assert.rejects(session.read('Patient', id), /disk full/);
  await assert.rejects(session.search('Patient', [['_id', id]]), /disk full/);
});

test('R5 a version opens with what is needed to check its commitment', async () => {
  const { id } = await created(patient());
  const { record, opening, version } = await server.session().readWithOpening('Patient', id, '1');
  const { hmacSha256, sha256, toHex, concatBytes } = await import('@clearchart/crypto');
  const commitment = hmacSha256(
    opening.commitmentKey,
    opening.sealedHash,
    sha256(concatBytes(opening.salt, version.content)),
  );
  assert.equal(toHex(commitment), server.commitments.get(`${record}/1`));
});
