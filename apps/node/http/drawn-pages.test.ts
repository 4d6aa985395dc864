import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { SessionHandle } from './access.ts';
import type { Caller } from './caller.ts';
import { createHttpServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearchart-drawn-pages-'));
mkdirSync(join(folder, 'server'));
writeFileSync(join(folder, 'index.html'), '<title>app</title>');
for (const name of ['first-page', 'chart'])
  for (const language of ['en', 'hi'])
    writeFileSync(
      join(folder, 'server', `${name}.${language}.html`),
      `<html lang="${language}"><title>{{title}}</title><div id="root">{{page}}</div>{{seed}}</html>`,
    );
// Draws what one request is answered, or nothing when it is refused.
writeFileSync(
  join(folder, 'server', 'draw.js'),
  `export const drawPage = async ({ language, path, title, ask }) => {
     const asked = path === '/' ? '/api/ledger/status' : '/fhir/R4' + path;
     const answer = await ask(asked, { headers: { accept: 'application/json' } });
     if (!answer.ok) throw new Error(String(answer.status));
     const seed = await answer.json();
     return { html: '<p>' + [language, path, title, seed.height ?? seed.reader].join(' ') + '</p>', title: 'A < B', seed: JSON.stringify(seed) };
   };`,
);

const session = (role: Caller['role']): SessionHandle => ({
  caller: { role, name: role, accountId: role },
  sessionId: role,
  accountId: role,
  csrfToken: '',
  state: 'active',
});
let height: number | undefined = 9;
const app = await createHttpServer({
  authentication: {
    cookieName: 's',
    bySession: (secret) => (secret === 'practitioner' || secret === 'patient' ? session(secret) : undefined),
    byToken: () => undefined,
  },
  log: { level: 'silent' },
  webFolder: folder,
});
app.get('/api/ledger/status', { config: { access: 'public' } }, (_request, reply) =>
  height === undefined ? reply.code(503).send({}) : { height, name: '</script><b>' },
);
app.get('/fhir/R4/patients/:id', { config: { access: ['practitioner'] } }, async (request, reply) => {
  const { id } = request.params as { id: string };
  const reader = request.caller?.name;
  if (id === 'slow') await new Promise((resolve) => setTimeout(resolve, 4_000));
  if (id === 'long') return { reader, text: 'x'.repeat(300_000) };
  return id === 'mine' || id === 'slow' ? { reader } : await reply.code(404).send({});
});
let counted = 100;
for (const type of ['Encounter', 'Observation'])
  app.get(`/fhir/R4/${type}`, { config: { access: ['practitioner'] } }, () => ({ total: counted }));
const address = await app.listen({ host: '127.0.0.1', port: 0 });
after(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const first = async (language: string, encoding = 'identity') => {
  const headers = { accept: 'text/html', 'accept-language': language, 'accept-encoding': encoding };
  const answer = await fetch(address, { headers });
  return { answer, text: await answer.text() };
};

test('the first page is drawn in the first language that there is, with what the API answers, and nothing in it ends its script', async () => {
  for (const [accepted, language] of [
    ['fr-FR, hi-IN;q=0.8, en;q=0.5', 'hi'],
    ['en-GB', 'en'],
    ['fr', 'en'],
  ] as const) {
    const { answer, text } = await first(accepted);
    assert.match(
      text,
      new RegExp(`<html lang="${language}"><title>A &lt; B</title>.*<p>${language} / landing.title 9</p>`),
    );
    assert.equal(text.match(/<\/script>/g)?.length, 1);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    assert.match(answer.headers.get('vary') ?? '', /Accept-Language/);
  }
  const zipped = await first('en', 'gzip');
  assert.equal(zipped.answer.headers.get('content-encoding'), 'gzip');
  assert.match(zipped.text, /<p>en \/ landing.title 9<\/p>/);
});

test('while it cannot be drawn the app itself answers, and once it can, it is drawn again', async () => {
  height = undefined;
  // What was drawn is kept for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { answer, text } = await first('en');
  assert.deepEqual([answer.status, text], [200, '<title>app</title>']);
  height = 3;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.match((await first('en')).text, /<p>en \/ landing.title 3<\/p>/);
});

const chart = async (path: string, cookie?: string) => {
  const headers = { accept: 'text/html', ...(cookie === undefined ? {} : { cookie: `s=${cookie}` }) };
  const answer = await fetch(address + path, { headers });
  return { answer, text: await answer.text() };
};

test('a chart is drawn by requests of the reader alone, for nobody else, and is kept nowhere', async () => {
  const { answer, text } = await chart('/patients/mine?x=1', 'practitioner');
  assert.match(text, /<p>en \/patients\/mine patient.title practitioner<\/p>/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  for (const cookie of [undefined, 'patient', 'unknown'])
    assert.equal((await chart('/patients/mine', cookie)).text, '<title>app</title>', String(cookie));
  // What the reader may not see is told by the app, as ever.
  assert.equal((await chart('/patients/other', 'practitioner')).text, '<title>app</title>');
});

test('what is fetched before anybody reads it is not drawn: no opening would be true', async () => {
  const early = await fetch(`${address}/patients/mine`, {
    headers: { accept: 'text/html', cookie: 's=practitioner', 'sec-purpose': 'prefetch;prerender' },
  });
  assert.equal(await early.text(), '<title>app</title>');
});

test('a record too long to be drawn at once is left to the app', async () => {
  assert.equal((await chart('/patients/long', 'practitioner')).text, '<title>app</title>');
});

test('of a record with more than 200 visits and measurements nothing is fetched but their number', async () => {
  assert.match((await chart('/patients/mine', 'practitioner')).text, /<p>en/);
  counted = 101;
  assert.equal((await chart('/patients/mine', 'practitioner')).text, '<title>app</title>');
  counted = 100;
});

test('who asks for a drawing that takes long gets the app after two seconds', async () => {
  const from = performance.now();
  assert.equal((await chart('/patients/slow', 'practitioner')).text, '<title>app</title>');
  const took = performance.now() - from;
  assert.ok(took > 1_900 && took < 3_900, `${took} ms`);
});
