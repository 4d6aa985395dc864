import assert from 'node:assert/strict';
import { fastify } from 'fastify';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { z } from 'zod';
import { ApiError } from './errors.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { createHttpServer } from './server.ts';

const lines: string[] = [];
const app = await createHttpServer({
  authentication: {
    cookieName: 'session',
    bySession: (secret) =>
      secret === 'good' || secret === 'new'
        ? {
            caller: { role: 'patient', accountId: 'a', name: 'P' },
            sessionId: 's',
            accountId: 'a',
            csrfToken: 'forged-not',
            state: secret === 'good' ? 'active' : 'unverified',
          }
        : undefined,
    byToken: (token) => (token === 'system-token' ? { role: 'system', tokenId: 't', name: 'operator' } : undefined),
  },
  log: { level: 'info', stream: { write: (line) => void lines.push(line) } },
  anonymousRequestsPerMinute: 10_000,
  timeouts: { requestMs: 1_000, headersMs: 500, checkMs: 100 },
});
const body = z.strictObject({ count: z.int(), name: z.string().max(5).optional() });
app.get('/api/open', { config: { access: 'public' } }, () => ({ open: true }));
app.get('/api/limited', { config: { access: 'public', rateLimit: { max: 2, timeWindow: 60_000 } } }, () => ({}));
app.post('/api/patients-only', { config: { access: ['patient'] }, schema: { body } }, ({ caller }) => ({
  role: caller?.role,
}));
app.get('/api/own', { config: { access: ['patient'], allowUnverified: true } }, () => ({}));
app.get('/fhir/R4/Patient/:id', { config: { access: ['system'] } }, () => {
  throw new ApiError('not-found');
});
app.get('/api/breaks/:id', { config: { access: 'public' } }, () => {
  throw new Error('secret-canary');
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
after(() => app.close());

const post = (text: string, headers: Record<string, string> = {}) =>
  fetch(`${address}/api/patients-only`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', cookie: 'session=good', 'x-csrf-token': 'forged-not', ...headers },
  });

test('a route that does not say who may use it is not registered', () => {
  assert.throws(() => app.get('/api/forgotten', () => ({})));
});

test('no credentials and bad ones are 401, a role that never may is 403', async () => {
  for (const headers of [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: 'Basic eDp5' },
    { cookie: 'session=bad' },
  ]) {
    const answer = await fetch(`${address}/api/own`, { headers });
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    assert.equal(((await answer.json()) as { code: string }).code, 'bad-credentials');
  }
  const answer = await fetch(`${address}/api/own`, { headers: { authorization: 'Bearer system-token' } });
  assert.equal(answer.status, 403);
});

test('a bad token is not saved by a good cookie', async () => {
  const answer = await fetch(`${address}/api/own`, {
    headers: { authorization: 'Bearer wrong', cookie: 'session=good' },
  });
  assert.equal(answer.status, 401);
});

test('a change under a session needs the token against forged requests', async () => {
  assert.equal((await post('{"count":1}')).status, 200);
  for (const wrong of ['', 'forged-yes', 'forged-nöt']) {
    assert.equal((await post('{"count":1}', { 'x-csrf-token': encodeURI(wrong) })).status, 403);
  }
});

test('a patient whom the desk has not checked reaches only what says so', async () => {
  assert.equal((await fetch(`${address}/api/own`, { headers: { cookie: 'session=new' } })).status, 200);
  const answer = await post('{"count":1}', { cookie: 'session=new' });
  assert.equal(((await answer.json()) as { code: string }).code, 'awaiting-desk');
});

test('bodies that are not exactly the schema, or JSON with two readings, are 400 and never coerced', async () => {
  for (const text of [
    '{"count":"1"}',
    '{"count":1,"more":2}',
    '{"count":1,"count":1}',
    '{"count":1,"__proto__":{}}',
    '{"count":1',
    '',
    'null',
    '{"count":1,"name":"toolong"}',
  ]) {
    const answer = await post(text);
    assert.equal(answer.status, 400, text);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    assert.doesNotMatch(await answer.text(), /toolong/);
  }
  assert.equal((await post('count=1', { 'content-type': 'text/plain' })).status, 415);
  assert.equal((await post('<a/>', { 'content-type': 'application/xml' })).status, 415);
  assert.equal((await post(`{"count":1,"name":"${'x'.repeat(300_000)}"}`)).status, 413);
});

test('a fault is 500 without a word of what it was, in answer and log', async () => {
  const answer = await fetch(`${address}/api/breaks/id-canary?q=query-canary`);
  assert.equal(answer.status, 500);
  const text = await answer.text();
  assert.doesNotMatch(text + lines.join(''), /canary/);
  assert.match(lines.join(''), /"route":"\/api\/breaks\/:id"/);
});

test('errors under /fhir are OperationOutcomes', async () => {
  const answer = await fetch(`${address}/fhir/R4/Patient/1`, { headers: { authorization: 'Bearer system-token' } });
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/fhir\+json/);
  const outcome = (await answer.json()) as {
    resourceType: string;
    issue: { details: { coding: { code: string }[] } }[];
  };
  assert.equal(outcome.resourceType, 'OperationOutcome');
  assert.equal(outcome.issue[0]?.details.coding[0]?.code, 'not-found');
  assert.equal((await fetch(`${address}/fhir/R4/Patient/1`)).status, 401);
});

test('unknown paths and broken escapes are clear 4xx', async () => {
  assert.equal((await fetch(`${address}/api/nothing`)).status, 404);
  assert.equal((await fetch(`${address}/%E0%A4%A`)).status, 400);
});

test('limits say when to come again', async () => {
  const statuses = [];
  for (let round = 0; round < 3; round += 1) statuses.push((await fetch(`${address}/api/limited`)).status);
  assert.deepEqual(statuses, [200, 200, 429]);
  const answer = await fetch(`${address}/api/limited`);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  assert.equal(((await answer.json()) as { code: string }).code, 'too-many-requests');
});

test('answers carry the content security policy and are not cached', async () => {
  const { headers } = await fetch(`${address}/api/open`);
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.doesNotMatch(policy, /upgrade-insecure-requests/);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
});

test('every answer carries the same security headers, over TLS those for TLS too, and nothing of an answer before it', async () => {
  const asked = async (overTls: boolean): Promise<string[]> => {
    const plain = fastify();
    plain.addHook('onRequest', (request, reply, done) => {
      if (request.url === '/first') reply.raw.setHeader('x-first', 'yes');
      done();
    });
    await addSecurityHeaders(plain, overTls);
    for (const path of ['/first', '/second']) plain.get(path, (_request, reply) => reply.header('x-own', path).send());
    const answers = [await plain.inject('/first'), await plain.inject('/second')];
    await plain.close();
    return answers.map(({ headers: { date: _date, ...headers } }) => JSON.stringify(headers));
  };
  const [first = '', second = ''] = await asked(false);
  assert.equal(first.replace('"x-first":"yes",', '').replace('/first', '/second'), second);
  assert.match(second, /content-security-policy.*x-frame-options/);
  assert.doesNotMatch(first + second, /strict-transport-security|upgrade-insecure-requests/);
  for (const headers of await asked(true)) {
    assert.match(headers, /upgrade-insecure-requests/);
    assert.match(headers, /"strict-transport-security":"max-age=31536000; includeSubDomains"/);
  }
});

test('the API reference is served with its own scripts only', async () => {
  const page = await fetch(`${address}/docs/`);
  assert.equal(page.status, 200);
  assert.doesNotMatch(await page.text(), /<script>|https?:\/\//);
  const reference = (await (await fetch(`${address}/openapi.json`)).json()) as { paths: object };
  assert.ok('/api/patients-only' in reference.paths);
});

test('a request that is dribbled in is cut off', async () => {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.write(
    'POST /api/patients-only HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
  );
  const dribble = setInterval(() => socket.write(' '), 100);
  const started = Date.now();
  await new Promise((done) => {
    socket.once('close', done);
    socket.on('error', () => {});
    socket.resume();
  });
  clearInterval(dribble);
  assert.ok(Date.now() - started < 4_000);
});
