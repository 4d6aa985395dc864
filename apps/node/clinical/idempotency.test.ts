/**
 * Writes with an Idempotency-Key (R28). The broken variants these tests catch: a look before the write instead of a row within it, an
 * answer that is kept as bytes, a key that is anybody's, a refusal that is kept.
 */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, beforeEach, test } from 'node:test';
import {
  EVERYTHING,
  scopeOf,
  sharedDefinitions,
  type TestReply,
  type TestServer,
  testServer,
} from './store.fixture.ts';

let server: TestServer;
let number = 0;
const folder = mkdtempSync(join(tmpdir(), 'clearchart-keys-'));
const path = join(folder, 'clinical.db');
before(async () => {
  server = await testServer(path);
});
beforeEach(() => {
  server.scope = EVERYTHING;
  server.owner = 'token/1';
  server.disclosures.length = 0;
});
after(async () => {
  await (await sharedDefinitions()).close();
  rmSync(folder, { recursive: true });
});

const freshKey = (): string => `key-${++number}`;
const patient = (family: string) => ({ resourceType: 'Patient', name: [{ family }] });
const keyed = (key: string, more: Record<string, string> = {}) => ({ 'idempotency-key': key, ...more });
const send = (method: string, url: string, body: unknown, key: string, more?: Record<string, string>) =>
  server.request(method, url, body, keyed(key, more));
const rows = (table = 'versions'): number =>
  server.database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'] as number;
const faults = async (): Promise<unknown[]> => {
  const found = [];
  for await (const fault of server.store.check((record, version) => server.commitments.get(`${record}/${version}`)))
    found.push(fault);
  return found;
};

function same(again: TestReply, first: TestReply): void {
  assert.equal(again.status, first.status, again.text);
  assert.equal(again.text, first.text);
  for (const name of ['etag', 'location', 'x-clearchart-transaction', 'last-modified'])
    assert.equal(again.headers[name], first.headers[name], name);
}

function refusedAs(reply: TestReply, status: number, code: string): void {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.body.issue[0].details.coding[0].code, code);
}

test('R28 create, update, patch and delete with a key are done once, and answered again as at first', async () => {
  const key = freshKey();
  const made = await send('POST', '/Patient', patient('Rao'), key);
  assert.equal(made.status, 201);
  const url = `/Patient/${made.body.id}`;
  const body = { ...patient('Sen'), id: made.body.id };
  const json = { 'content-type': 'application/json-patch+json' };
  const writes: [string, string, unknown, Record<string, string>][] = [
    ['PUT', url, body, { 'if-match': 'W/"1"' }],
    ['PATCH', url, [{ op: 'add', path: '/gender', value: 'female' }], json],
    ['DELETE', url, undefined, {}],
    ['DELETE', '/Patient?family=nobody', undefined, {}],
  ];
  same(await send('POST', '/Patient', patient('Rao'), key), made);
  for (const [method, to, content, headers] of writes) {
    const own = freshKey();
    const first = await send(method, to, content, own, headers);
    assert.ok(first.status < 300, first.text);
    const before_ = rows();
    same(await send(method, to, content, `"${own}"`, headers), first);
    assert.equal(rows(), before_);
  }
  same(await send('POST', '/Patient', patient('Rao'), key), made);
  assert.deepEqual(await faults(), []);
});

test('R28 fifty creates with one key at once make one resource', async () => {
  const key = freshKey();
  const before_ = rows('resources');
  const replies = await Promise.all(Array.from({ length: 50 }, () => send('POST', '/Patient', patient('Once'), key)));
  assert.equal(rows('resources'), before_ + 1);
  const made = replies.filter(({ status }) => status === 201);
  assert.equal(new Set(made.map(({ text }) => text)).size, 1);
  for (const reply of replies) if (reply.status !== 201) refusedAs(reply, 409, 'request-under-way');
  same(await send('POST', '/Patient', patient('Once'), key), made[0] as TestReply);
});

test('R28 a key sent with another method, address, body or condition is refused and writes nothing', async () => {
  const key = freshKey();
  const made = await send('POST', '/Patient', patient('Rao'), key);
  const before_ = rows();
  refusedAs(await send('POST', '/Patient', patient('Roy'), key), 422, 'key-of-another-request');
  refusedAs(
    await send('POST', '/Patient', patient('Rao'), key, { 'if-none-exist': 'family=Rao' }),
    422,
    'key-of-another-request',
  );
  refusedAs(await send('DELETE', `/Patient/${made.body.id}`, undefined, key), 422, 'key-of-another-request');
  assert.equal(rows(), before_);
});

test('R28 a transaction is one kept write; a batch keeps each entry, and does again only what was refused', async () => {
  const post = (family: string) => ({ resource: patient(family), request: { method: 'POST', url: 'Patient' } });
  const bundle = (type: string, entry: unknown[]) => ({ resourceType: 'Bundle', type, entry });
  const key = freshKey();
  const transaction = bundle('transaction', [
    post('One'),
    { request: { method: 'GET', url: 'Patient?family=One' } },
    post('Two'),
  ]);
  const first = await send('POST', '', transaction, key);
  assert.equal(first.status, 200, first.text);
  const before_ = rows();
  const again = await send('POST', '', transaction, key);
  assert.equal(rows(), before_);
  assert.equal(again.headers['x-clearchart-transaction'], first.headers['x-clearchart-transaction']);
  for (const index of [0, 2]) assert.deepEqual(again.body.entry[index], first.body.entry[index]);
  refusedAs(await send('POST', '', bundle('transaction', [post('One')]), key), 422, 'key-of-another-request');

  const batchKey = freshKey();
  const wanting = {
    resource: patient('Held'),
    request: { method: 'PUT', url: 'Patient?family=Held', ifMatch: 'W/"2"' },
  };
  const batch = bundle('batch', [post('Three'), wanting]);
  const held = await server.request('POST', '/Patient', patient('Held'));
  const one = await send('POST', '', batch, batchKey);
  assert.deepEqual(
    one.body.entry.map(({ response }: { response: { status: string } }) => response.status.slice(0, 3)),
    ['201', '412'],
  );
  await server.request('PUT', `/Patient/${held.body.id}`, { ...patient('Held'), id: held.body.id, gender: 'male' });
  const two = await send('POST', '', batch, batchKey);
  assert.deepEqual(
    two.body.entry.map(({ response }: { response: { status: string } }) => response.status.slice(0, 3)),
    ['201', '200'],
  );
  assert.deepEqual(two.body.entry[0], one.body.entry[0]);
  refusedAs(await send('POST', '', bundle('batch', [post('Four')]), batchKey), 422, 'key-of-another-request');
});

test('R28 a refused write is not kept, and may be sent again with its key', async () => {
  const key = freshKey();
  const url = `/Patient/${(await server.request('POST', '/Patient', patient('Rao'))).body.id}`;
  const body = { ...patient('Sen'), id: url.slice(9) };
  const before_ = rows('kept_outcomes');
  refusedAs(await send('PUT', url, body, key, { 'if-match': 'W/"2"' }), 412, 'version-conflict');
  refusedAs(await send('PUT', url, { ...body, gender: 'none' }, key), 422, 'invalid-resource');
  assert.equal(rows('kept_outcomes'), before_);
  assert.equal((await send('PUT', url, body, key)).status, 200);
});

test('R28 an answer again is judged anew: who lost sight gets 404, who sees is reported, and keys are their owner’s', async () => {
  const key = freshKey();
  const owner = await server.request('POST', '/Patient', patient('Own'));
  const observation = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'pulse' },
    subject: { reference: `Patient/${owner.body.id}` },
  };
  server.scope = scopeOf(owner.body.id);
  const first = await send('POST', '/Observation', observation, key);
  assert.equal(first.status, 201, first.text);
  server.disclosures.length = 0;
  same(await send('POST', '/Observation', observation, key), first);
  assert.deepEqual([...(server.disclosures[0]?.patients.keys() ?? [])], [owner.body.id]);
  server.scope = scopeOf('somebody-else');
  refusedAs(await send('POST', '/Observation', observation, key), 404, 'not-found');
  server.scope = EVERYTHING;
  server.owner = 'token/2';
  const other = await send('POST', '/Observation', observation, key);
  assert.equal(other.status, 201);
  assert.notEqual(other.body.id, first.body.id);
});

test('R28 what was committed is answered again after a kill and a restart', async () => {
  const key = freshKey();
  const first = await send('POST', '/Patient', patient('Kept'), key);
  const copy = join(folder, 'copy.db');
  // What a kill leaves: the file and its write-ahead log, nothing closed.
  for (const end of ['', '-wal']) copyFileSync(path + end, copy + end);
  const restarted = await testServer(copy);
  const again = await restarted.request('POST', '/Patient', patient('Kept'), keyed(key));
  same(again, first);
  await restarted.app.close();
});

test('R28 a key is kept for a day and not much longer', async () => {
  const key = freshKey();
  const first = await send('POST', '/Patient', patient('Daily'), key);
  const start = server.now;
  server.now = start + 23.9 * 3_600_000;
  same(await send('POST', '/Patient', patient('Daily'), key), first);
  server.now = start + 24.1 * 3_600_000;
  const anew = await send('POST', '/Patient', patient('Daily'), key);
  assert.equal(anew.status, 201);
  assert.notEqual(anew.body.id, first.body.id);
  assert.equal(rows('kept_outcomes'), 1);
});

test('R28 a key of another form is refused, and no key stands anywhere in clear', async () => {
  for (const bad of ['', '""', 'a b', 'a, b', 'क', 'x'.repeat(129), '"half', '\u007f']) {
    const reply = await send('POST', '/Patient', patient('Bad'), Buffer.from(bad).toString('latin1'));
    refusedAs(reply, 400, 'bad-idempotency-key');
    if (bad.length > 5) assert.ok(!reply.text.includes(bad));
  }
  const key = 'CANARYkeyZQX';
  assert.equal((await send('POST', '/Patient', patient('Canary'), key)).status, 201);
  const copy = new DatabaseSync(path, { readOnly: true });
  const text = JSON.stringify(copy.prepare('SELECT * FROM kept_outcomes').all());
  copy.close();
  const bytes = Buffer.from(key).join(',');
  assert.ok(!text.includes(key) && !text.includes(bytes));
});

test('R28 the check names a kept outcome that was changed', async () => {
  await send('POST', '/Patient', patient('Checked'), freshKey());
  assert.deepEqual(await faults(), []);
  for (const change of ['outcomes = outcomes + 1', 'made = made + 1', 'part = part + 1', "owner = x'00'"]) {
    server.database.exec('SAVEPOINT change');
    server.database.exec(`UPDATE kept_outcomes SET ${change}`);
    const [fault] = (await faults()) as { code: string }[];
    assert.equal(fault?.code, 'outcome-damaged', change);
    server.database.exec('ROLLBACK TO change; RELEASE change');
  }
});
