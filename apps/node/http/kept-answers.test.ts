/**
 * Writes of the API with an Idempotency-Key (R30). The broken variants these tests catch: a place that is taken only after the write, kept
 * in memory alone, or by a key that is anybody's; a refusal or a secret that is kept.
 */
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { z } from 'zod';
import { checkAccounts, openAccountStore } from '../accounts/index.ts';
import { ApiError } from './errors.ts';
import { createHttpServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearchart-answers-'));
const path = join(folder, 'accounts.db');
let now = 1_700_000_000_000;
const open = () =>
  openAccountStore({
    path,
    key: new Uint8Array(32).fill(7),
    aead: nodeAead,
    random: nodeRandom,
    clock: { now: () => now },
  });
let done = 0;
let slow: Promise<void> | undefined;

async function serve(store: ReturnType<typeof open>) {
  const app = await createHttpServer({
    authentication: {
      cookieName: 'session',
      bySession: () => undefined,
      byToken: (tokenId) => ({ role: 'system', tokenId, name: 'a program' }),
    },
    log: { level: 'silent', stream: { write: () => {} } },
    keptAnswers: store.answers,
  });
  const config = { access: ['system'] } as const;
  const body = z.strictObject({ of: z.string() });
  app.post(
    '/api/written',
    { config, schema: { body, response: { 201: z.object({ n: z.number() }) } } },
    async (_, reply) => await reply.code(201).send({ n: ++done }),
  );
  app.post('/api/slow', { config, schema: { body } }, async () => {
    await slow;
    return { n: ++done };
  });
  app.post('/api/code', { config: { ...config, again: 'done' } }, () => ({ code: `SECRET-${++done}` }));
  app.post('/api/search', { config: { ...config, again: 'reads' } }, () => ({ n: ++done }));
  app.post('/api/refused', { config }, () => {
    done += 1;
    throw new ApiError('slot-taken');
  });
  app.post('/api/fault', { config }, () => {
    done += 1;
    throw new Error('it broke half-way');
  });
  app.delete('/api/written', { config }, () => ({ n: ++done }));
  return app;
}

let store = open();
let app = await serve(store);
after(async () => {
  await app.close();
  store.close();
  rmSync(folder, { recursive: true });
});

let number = 0;
const freshKey = (): string => `key-${++number}`;
async function send(url: string, key: string, { of = 'x', token = 'one', method = 'POST' as 'POST' | 'DELETE' } = {}) {
  const answer = await app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    ...(method === 'POST' ? { payload: { of } } : {}),
  });
  return { status: answer.statusCode, body: answer.body, code: (JSON.parse(answer.body) as { code?: string }).code };
}

test('R30 a write that comes again is answered the same and not done again, though the node was started anew between', async () => {
  const [key, other] = [freshKey(), freshKey()];
  const first = await send('/api/written', key);
  const ended = await send('/api/written', other, { method: 'DELETE' });
  assert.deepEqual([first.status, ended.status], [201, 200]);
  await app.close();
  store.close();
  store = open();
  app = await serve(store);
  const before = done;
  assert.deepEqual(await send('/api/written', key), first);
  assert.deepEqual(await send('/api/written', other, { method: 'DELETE' }), ended);
  assert.equal(done, before);
});

test('R30 a key is its owner’s: of another it is another write; with another body or address it is refused', async () => {
  const key = freshKey();
  const first = await send('/api/written', key);
  assert.notEqual((await send('/api/written', key, { token: 'two' })).body, first.body);
  const before = done;
  for (const again of [await send('/api/written', key, { of: 'y' }), await send('/api/refused', key)])
    assert.deepEqual([again.status, again.code], [422, 'key-of-another-request']);
  assert.equal(done, before);
});

test('R30 eight at once are done once: the others hear that it is under way, or what it came to', async () => {
  const key = freshKey();
  const before = done;
  let go = (): void => {};
  slow = new Promise((resolve) => {
    go = resolve;
  });
  const first = send('/api/slow', key);
  const others = await Promise.all(Array.from({ length: 7 }, () => send('/api/slow', key)));
  go();
  assert.equal((await first).status, 200);
  for (const other of others) assert.deepEqual([other.status, other.code], [409, 'request-under-way']);
  assert.deepEqual(await send('/api/slow', key), await first);
  assert.equal(done, before + 1);
});

test('R30 a write whose end was lost with the node, or that broke half-way, is not done again', async () => {
  const key = freshKey();
  slow = new Promise(() => {});
  void send('/api/slow', key).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 50));
  const lost = store;
  store = open();
  app = await serve(store);
  lost.close();
  slow = undefined;
  const before = done;
  const again = await send('/api/slow', key);
  assert.deepEqual([again.status, again.code], [409, 'answer-not-kept']);
  const broken = freshKey();
  assert.equal((await send('/api/fault', broken)).status, 500);
  assert.equal((await send('/api/fault', broken)).code, 'answer-not-kept');
  assert.equal(done, before + 1);
});

test('R30 a refusal is not kept; a secret is told once and kept nowhere; a reading POST knows no key', async () => {
  const [refused, secret, search] = [freshKey(), freshKey(), freshKey()];
  const before = done;
  for (let turn = 0; turn < 2; turn += 1) assert.equal((await send('/api/refused', refused)).code, 'slot-taken');
  assert.equal(done, before + 2);
  assert.equal((await send('/api/code', secret)).status, 200);
  assert.equal((await send('/api/code', secret)).code, 'answer-not-kept');
  assert.equal(done, before + 3);
  await send('/api/search', search);
  await send('/api/search', search);
  assert.equal(done, before + 5);
  for (const file of [path, `${path}-wal`]) {
    const bytes = readFileSync(file, 'latin1');
    for (const text of ['SECRET-', '{"n":', refused, secret]) assert.ok(!bytes.includes(text), `${file}: ${text}`);
  }
});

test('R30 keys have a shape, are bounded for each owner and gone after a day; a row changed by hand is found', async () => {
  for (const key of ['', 'a,b', 'a b', 'x'.repeat(129)])
    assert.equal((await send('/api/written', key)).status, 400, key);
  const key = freshKey();
  const first = await send('/api/written', key);
  store.transaction(() => {
    for (let n = 0; n < 2_000; n += 1) store.answers.take('token/many', `k${n}`, 'r');
  });
  assert.equal((await send('/api/written', freshKey(), { token: 'many' })).code, 'too-many-keys');
  assert.equal((await send('/api/written', freshKey())).status, 201);
  const database = new DatabaseSync(path);
  assert.deepEqual([...checkAccounts(database, store.sealing)], []);
  now += 24 * 60 * 60_000 + 1;
  assert.notEqual((await send('/api/written', key)).body, first.body);
  assert.equal((await send('/api/written', freshKey(), { token: 'many' })).status, 201);
  database.exec('UPDATE answers SET made = made + 1');
  assert.ok([...checkAccounts(database, store.sealing)].every(({ code }) => code === 'accounts-row-wrong'));
  assert.notEqual([...checkAccounts(database, store.sealing)].length, 0);
  database.close();
});
