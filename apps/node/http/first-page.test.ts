import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createHttpServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearchart-first-page-'));
mkdirSync(join(folder, 'server'));
writeFileSync(join(folder, 'index.html'), '<title>app</title>');
for (const language of ['en', 'hi'])
  writeFileSync(
    join(folder, 'server', `first-page.${language}.html`),
    `<html lang="${language}"><title>{{title}}</title><div id="root">{{page}}</div>{{seed}}</html>`,
  );
writeFileSync(
  join(folder, 'server', 'draw.js'),
  `export const TILES = 6;
   export const drawFirstPage = async (language, seed) =>
     ({ html: '<p>' + language + ' ' + seed.from + ' ' + seed.limit + '</p>', title: 'A < B' });`,
);

let height: number | undefined = 9;
const app = await createHttpServer({
  authentication: { cookieName: 's', bySession: () => undefined, byToken: () => undefined },
  log: { level: 'silent' },
  webFolder: folder,
});
app.get('/api/ledger/status', { config: { access: 'public' } }, (_request, reply) =>
  height === undefined ? reply.code(503).send({}) : { height },
);
app.get('/api/ledger/headers', { config: { access: 'public' } }, () => ({ headers: ['</script><b>'], counts: [1] }));
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

test('the first page is drawn in the first language that there is, with the newest blocks, and nothing in it ends its script', async () => {
  for (const [accepted, language] of [
    ['fr-FR, hi-IN;q=0.8, en;q=0.5', 'hi'],
    ['en-GB', 'en'],
    ['fr', 'en'],
  ] as const) {
    const { answer, text } = await first(accepted);
    assert.match(text, new RegExp(`<html lang="${language}"><title>A &lt; B</title>.*<p>${language} 4 6</p>`));
    assert.equal(text.match(/<\/script>/g)?.length, 1);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    assert.match(answer.headers.get('vary') ?? '', /Accept-Language/);
  }
  const zipped = await first('en', 'gzip');
  assert.equal(zipped.answer.headers.get('content-encoding'), 'gzip');
  assert.match(zipped.text, /<p>en 4 6<\/p>/);
});

test('while it cannot be drawn the app itself answers, and once it can, it is drawn again', async () => {
  height = undefined;
  // What was drawn is kept for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { answer, text } = await first('en');
  assert.deepEqual([answer.status, text], [200, '<title>app</title>']);
  height = 3;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.match((await first('en')).text, /<p>en 1 6<\/p>/);
});
