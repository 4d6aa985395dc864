import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { createHttpServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearchart-web-'));
mkdirSync(join(folder, 'dist', 'assets'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'outside');
writeFileSync(join(folder, 'dist', 'index.html'), '<title>page</title>');
writeFileSync(join(folder, 'dist', 'icon.svg'), '<svg/>');
writeFileSync(join(folder, 'dist', 'assets', 'main-1.js'), 'script()');
writeFileSync(join(folder, 'dist', 'assets', 'main-1.js.br'), brotliCompressSync('script()'));

const app = await createHttpServer({
  authentication: { cookieName: 's', bySession: () => undefined, byToken: () => undefined },
  log: { level: 'silent' },
  webFolder: join(folder, 'dist'),
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
after(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const page = { headers: { accept: 'text/html' } };

test('every path of the web app answers with its page, which is asked for anew each time', async () => {
  const router = readFileSync(join(import.meta.dirname, '../../web/shell/router.ts'), 'utf8');
  const paths = [...router.matchAll(/^ {4}'(\/[^']*)',$/gm)].map(([, path = '']) => path.replace(/\$\w+/g, '3'));
  assert.ok(paths.length > 15, 'the paths stand in the router as they did');
  for (const path of paths) {
    const answer = await fetch(address + path, page);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    assert.equal(await answer.text(), '<title>page</title>');
  }
});

test('a path that the web app does not know is 404, with the page for people and a problem for programs', async () => {
  const answer = await fetch(`${address}/nothing`, page);
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  assert.match((await fetch(`${address}/nothing`)).headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.match(
    (await fetch(`${address}/api/x`, page)).headers.get('content-type') ?? '',
    /^application\/problem\+json/,
  );
});

test('hashed files are kept for ever and sent compressed to who takes it', async () => {
  const answer = await fetch(`${address}/assets/main-1.js`, { headers: { 'accept-encoding': 'br' } });
  assert.equal(answer.headers.get('content-encoding'), 'br');
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(await answer.text(), 'script()');
  const plain = await fetch(`${address}/assets/main-1.js`, { headers: { 'accept-encoding': 'identity' } });
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal((await fetch(`${address}/icon.svg`)).status, 200);
});

test('a missing file is 404, and nothing outside the folder is reached', async () => {
  for (const path of [
    '/assets/none.js',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/secret.txt',
  ]) {
    const answer = await fetch(address + path);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(await answer.text(), /outside/);
    assert.notEqual(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable', path);
  }
});
