/** Nonsense, spite and bad luck at every route: always a clear 4xx, never a 5xx, nothing stored, nothing of it told back. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { isStaticPage } from './route-oracle.fixture.ts';
import { observation, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
  await host.node.hospital.settled(30_000);
});
after(() => host.close());

const NAUGHTY: readonly string[] = [
  '\u0000',
  '../../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  "'; DROP TABLE resources; --",
  '<script>alert(1)</script>',
  '${jndi:ldap://x}',
  '𝕏'.repeat(200),
  '\ud83d',
  'नमस्ते',
  '-1',
  '1e309',
  '9'.repeat(400),
  'null',
  '{"$ne":null}',
  ' ',
];

const BODIES: readonly [string, string | Uint8Array][] = [
  ['nothing', ''],
  ['half an object', '{"resourceType":"Observation"'],
  ['a list', '[]'],
  ['a number', '7'],
  ['null', 'null'],
  ['a string', '"x"'],
  ['an empty object', '{}'],
  ['a key twice', '{"resourceType":"Observation","resourceType":"Patient"}'],
  ['a prototype', '{"__proto__":{"role":"administrator"},"resourceType":"Patient"}'],
  ['a constructor', '{"constructor":{"prototype":{"x":1}}}'],
  ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)],
  ['a lone surrogate', '{"resourceType":"\\ud800"}'],
  ['depth', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['a wrong type', '{"resourceType":"Nonsense"}'],
  ['numbers beyond all', '{"resourceType":"Observation","valueInteger":1e999}'],
  ['another shape', JSON.stringify({ email: ['a'], code: { x: 1 }, request: 5, page: null, type: [], body: 'x' })],
];

const TYPES = [
  'application/json',
  'application/fhir+json',
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'x',
];

const routes = () =>
  host.node.routes.filter(({ method, url }) => method !== 'HEAD' && url !== '/api/events' && !isStaticPage(url));

/** Fails unless the answer is a plain "no" (or, for reading, an honest answer) that says nothing back. */
function assertCalm(what: string, status: number, body: string, sent: string): void {
  assert.ok(status < 500, `${what}: ${status} ${body.slice(0, 200)}`);
  assert.ok(
    !/at .*\.ts:\d+|node_modules|SQLITE|sqlite|Error:/.test(body),
    `${what} tells of the inside: ${body.slice(0, 200)}`,
  );
  if (status >= 400 && sent.length > 12) assert.ok(!body.includes(sent), `${what} says back what was sent`);
}

/** What is stored; declarations of accesses come by the clock and are nobody's doing here. */
async function counts(): Promise<string> {
  const { hospital } = host.node;
  const tables = ['resources', 'versions', "outbox WHERE kind <> 'log-accesses'"].map(
    (name) => hospital.database.prepare(`SELECT count(*) AS n FROM ${name}`).get()?.['n'],
  );
  return JSON.stringify(tables);
}

test('B1 no value in a path or query makes a route break or tell', async () => {
  const before_ = await counts();
  for (const { method, url } of routes()) {
    for (const naughty of NAUGHTY) {
      const encoded = encodeURIComponent(naughty.toWellFormed());
      const path = url.replace(/:\w+/g, encoded);
      const query = `?${encoded}=${encoded}&from=${encoded}&page=${encoded}&_count=${encoded}&after=${encoded}`;
      for (const target of url.includes(':') ? [path, path + query] : [path + query]) {
        if (method !== 'GET' && method !== 'DELETE') continue;
        const { status, body } = await host.ask(method, target, { token: host.tokens.system });
        assertCalm(`${method} ${url} with ${JSON.stringify(naughty).slice(0, 20)}`, status, body, naughty);
      }
    }
  }
  assert.equal(await counts(), before_);
});

test('B2 no body makes a route break, store or tell', async () => {
  const before_ = await counts();
  const id = host.ids['pObservation'] ?? '';
  for (const { method, url } of routes()) {
    if (method === 'GET' || method === 'DELETE') continue;
    const path = url.replace(':type', 'Observation').replace(/:\w+/g, id);
    for (const [name, body] of BODIES) {
      const answer = await host.ask(method, path, { token: host.tokens.system, body });
      assertCalm(`${method} ${url} with ${name}`, answer.status, answer.body, String(body));
      assert.ok(answer.status >= 400 || path === '/api/ledger/mine', `${method} ${url} took ${name}: ${answer.status}`);
    }
    for (const type of TYPES) {
      const answer = await host.ask(method, path, {
        token: host.tokens.system,
        body: '<a/>',
        headers: { 'content-type': type },
      });
      assertCalm(`${method} ${url} as ${type}`, answer.status, answer.body, '<a/><a/><a/><a/>');
      assert.ok(answer.status >= 400, `${method} ${url} took ${type}`);
    }
  }
  assert.equal(await counts(), before_);
});

test('B3 every field of a resource takes naughty strings as text or refuses them, and gives them back unchanged', async () => {
  for (const naughty of NAUGHTY) {
    const text = naughty.toWellFormed();
    const body = {
      ...observation(host.ids['p'] ?? '', 70),
      note: [{ text }],
      code: { text },
      valueQuantity: { value: 1, unit: text },
    };
    const made = await host.ask('POST', '/fhir/R4/Observation', { token: host.tokens.system, body });
    assert.ok([201, 400, 422].includes(made.status), `${JSON.stringify(text).slice(0, 20)}: ${made.status}`);
    if (made.status !== 201) continue;
    const again = await host.ask('GET', `/fhir/R4/Observation/${made.json().id}`, { token: host.tokens.system });
    assert.equal(again.json().note[0].text, text);
  }
});

test('B2 no Idempotency-Key makes a write break, store or tell', async () => {
  const before_ = await counts();
  const naughty = NAUGHTY.map((text) => encodeURIComponent(text.toWellFormed()));
  for (const key of ['', '""', 'a,b', 'a b', '"', '\\', 'x'.repeat(129), 'x'.repeat(4_000), ...naughty]) {
    for (const [method, path] of [
      ['POST', '/fhir/R4/Observation'],
      ['POST', '/fhir/R4'],
      ['DELETE', '/fhir/R4/Observation/nobody'],
      ['POST', '/api/booking/appointments'],
      ['DELETE', '/api/tokens/nobody'],
    ] as const) {
      const body = method === 'DELETE' ? {} : { body: { resourceType: 'Nonsense', key } };
      const headers = { 'idempotency-key': key };
      const answer = await host.ask(method, path, { token: host.tokens.system, headers, ...body });
      assertCalm(`${method} ${path} with a key`, answer.status, answer.body, key);
      assert.ok(answer.status >= 400, `${method} ${path}: ${answer.status}`);
    }
  }
  assert.equal(await counts(), before_);
});

test('B4 the statuses of the contract: 400, 405, 406, 412, 413, 415, 422', async () => {
  const { ids, tokens } = host;
  const token = tokens.system;
  const one = `/fhir/R4/Observation/${ids['pObservation']}`;
  const whole = (await host.ask('GET', one, { token })).json();
  const expect = async (
    status: number,
    method: string,
    path: string,
    options: Parameters<TestNode['ask']>[2],
  ): Promise<void> => {
    const answer = await host.ask(method, path, { token, ...options });
    assert.equal(answer.status, status, `${method} ${path}: ${answer.body.slice(0, 300)}`);
    if (path.startsWith('/fhir/')) assert.equal(answer.json().resourceType, 'OperationOutcome');
  };
  await expect(400, 'POST', '/fhir/R4/Observation', { body: '{' });
  await expect(400, 'GET', '/fhir/R4/Observation?nonsense=1', {});
  await expect(400, 'GET', '/fhir/R4/Nonsense', {});
  await expect(400, 'GET', '/fhir/R4/Observation?_count=1001', {});
  await expect(405, 'PUT', '/fhir/R4/Observation/00000000-0000-4000-8000-000000000000', {
    body: { ...whole, id: '00000000-0000-4000-8000-000000000000' },
  });
  await expect(406, 'GET', one, { headers: { accept: 'application/fhir+xml' } });
  await expect(412, 'PUT', one, { body: whole, headers: { 'if-match': 'W/"99"' } });
  await expect(415, 'POST', '/fhir/R4/Observation', {
    body: '<a/>',
    headers: { 'content-type': 'application/fhir+xml' },
  });
  await expect(422, 'POST', '/fhir/R4/Observation', {
    body: { resourceType: 'Observation', status: 'nonsense', code: { text: 'x' } },
  });
  await expect(422, 'POST', '/fhir/R4/Observation', { body: { resourceType: 'Observation', code: { text: 'x' } } });
  await expect(413, 'POST', '/fhir/R4', { body: `{"resourceType":"Bundle","x":"${'a'.repeat(17 * 1024 * 1024)}"}` });
});

/** fetch does not send CONNECT and TRACE. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

test('B8 a method that a path does not offer is 405 and names those that it does, for whoever asks', async () => {
  const before_ = await counts();
  const offered = new Map<string, string[]>();
  for (const { method, url } of host.node.routes) offered.set(url, [...(offered.get(url) ?? []), method]);
  for (const url of offered.keys()) {
    const path = url.replace(/:\w+/g, '7').replace('*', 'x');
    // What another route says of the same path counts too: `transactions/:id` also reads "new".
    const patterns = [...offered].filter(([other]) =>
      new RegExp(`^${other.replace(/:\w+/g, '[^/]+').replace('*', '.*').replace(/\/$/, '')}/?$`).test(path),
    );
    const expected = [...new Set(patterns.flatMap(([, methods]) => methods))].sort();
    for (const method of METHODS.filter((one) => !expected.includes(one))) {
      for (const token of [undefined, host.tokens.system]) {
        const answer = await host.ask(method, path, { token });
        assert.equal(answer.status, 405, `${method} ${url}: ${answer.body}`);
        assert.equal(answer.headers.get('allow'), expected.join(', '), `${method} ${url}`);
        if (method === 'HEAD') continue;
        if (url.startsWith('/fhir/')) assert.equal(answer.json().resourceType, 'OperationOutcome');
        else assert.match(answer.body, /"code":"method-not-allowed"/);
      }
    }
  }
  assert.equal((await host.ask('PROPFIND', '/api/nothing')).status, 404);
  assert.equal((await host.ask('DELETE', '/fhir/R4/a/b/c/d/e')).status, 404);
  assert.equal(await counts(), before_);
});

test('B5 a transaction bundle with one bad entry stores nothing', async () => {
  const before_ = await counts();
  const entry = (resource: object) => ({ resource, request: { method: 'POST', url: 'Observation' } });
  const good = observation(host.ids['p'] ?? '', 61);
  const answer = await host.ask('POST', '/fhir/R4', {
    token: host.tokens.system,
    body: {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [entry(good), entry({ ...good, status: 'nonsense' }), entry(good)],
    },
  });
  assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
  assert.equal(await counts(), before_);
});

test('B6 bytes that are not HTTP, and a request that never ends, are cut off and hurt nobody', async () => {
  const { port } = new URL(host.node.url);
  const talk = (text: string, waitMs: number): Promise<string> =>
    new Promise((done) => {
      let heard = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      socket.on('data', (bytes) => (heard += bytes.toString('latin1')));
      socket.on('error', () => done(heard));
      socket.on('close', () => done(heard));
      setTimeout(() => socket.destroy(), waitMs);
    });
  for (const text of [
    '\x16\x03\x01\x00\xa5',
    'GET / HTTP/9.9\r\n\r\n',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    'POST /fhir/R4 HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n',
  ]) {
    const heard = await talk(text, 1_500);
    assert.ok(heard === '' || /^HTTP\/1\.1 (4\d\d|200)/.test(heard), heard.slice(0, 60));
  }
  const half = await talk(
    'POST /fhir/R4/Observation HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\nContent-Length: 1000\r\n\r\n{',
    1_000,
  );
  assert.ok(!half.includes(' 5'), half.slice(0, 60));
  assert.equal((await host.ask('GET', '/healthz')).status, 200);
});
