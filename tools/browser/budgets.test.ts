import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildWeb } from '../build-web.ts';

/** Kilobytes (1,000 bytes) after gzip. */
const READ_KB = 60;
const FIRST_LOAD_KB = 240;
const ROUTE_KB = 60;

/** As Mantine names its parts. */
const MANTINE_CLASS = /m_[0-9a-f]{6,8}/g;

const DIST = join(import.meta.dirname, '../../apps/web/dist');
const ASSETS = join(DIST, 'assets');
const MANTINE_STYLES = join(import.meta.dirname, '../../node_modules/@mantine/core/styles.css');

const sizes = new Map<string, number>();
const sources = new Map<string, string>();

before(async () => {
  await buildWeb();
  for (const name of await readdir(ASSETS)) {
    if (!/\.(?:js|css)$/.test(name)) continue;
    const bytes = await readFile(join(ASSETS, name));
    sizes.set(name, gzipSync(bytes, { level: 9 }).length / 1000);
    sources.set(name, bytes.toString('utf8'));
  }
});

const named = (pattern: RegExp): string => {
  const found = [...sizes.keys()].find((name) => pattern.test(name));
  assert.ok(found, `no file is named like ${pattern}`);
  return found;
};

/** A file with all it imports before it can run. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name) || !sources.has(name)) return found;
  found.add(name);
  for (const [, next] of (sources.get(name) ?? '').matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
    withImports(next ?? '', found);
  return found;
}

const total = (names: Iterable<string>): number => [...names].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);

async function firstLoad(): Promise<Set<string>> {
  const page = await readFile(join(DIST, 'index.html'), 'utf8');
  const files = new Set<string>();
  for (const [, name] of page.matchAll(/assets\/([^"]+)/g)) for (const file of withImports(name ?? '')) files.add(file);
  for (const lazy of [/^en-.*\.js$/, /^landing-page-.*\.js$/])
    for (const file of withImports(named(lazy))) files.add(file);
  files.add(named(/^landing-page-.*\.css$/));
  return files;
}

test(`the first page is read after at most ${READ_KB} kB beside its own text, and no script of the app`, async () => {
  const page = await readFile(join(DIST, 'server/first-page.en.html'), 'utf8');
  const needed = [...page.matchAll(/<(?:link rel="stylesheet"|script src="[^"]*")[^>]*>/g)].map(([tag]) => tag);
  const files = needed.flatMap((tag) => /(?:href|src)="\/([^"]+)"/.exec(tag)?.[1] ?? []);
  assert.ok(files.length >= 3, needed.join());
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(join(DIST, file)), { level: 9 }).length;
  assert.ok(bytes / 1000 <= READ_KB, `${bytes} bytes`);
  assert.doesNotMatch(page, /<script[^>]*type="module"|modulepreload/);
});

test(`the first load of the landing page stays within ${FIRST_LOAD_KB} kB`, async () => {
  const size = total(await firstLoad());
  assert.ok(size <= FIRST_LOAD_KB, `${size.toFixed(1)} kB`);
});

test(`each page adds at most ${ROUTE_KB} kB to what is loaded already`, async () => {
  const loaded = await firstLoad();
  for (const name of sizes.keys()) {
    if (!/-page-.*\.js$/.test(name)) continue;
    const size = total([...withImports(name)].filter((file) => !loaded.has(file)));
    assert.ok(size <= ROUTE_KB, `${name}: ${size.toFixed(1)} kB`);
  }
});

test('OPAQUE waits for a password field: no page imports it before', () => {
  const flows = named(/^flows-.*\.js$/);
  assert.ok((sizes.get(flows) ?? 0) > 100, 'the flows hold OPAQUE');
  for (const name of sizes.keys()) {
    if (/-page-.*\.js$|^index-.*\.js$/.test(name)) assert.ok(!withImports(name).has(flows), name);
  }
});

test('the Devanagari font is asked for by the Hindi texts only', () => {
  const styles = [...sources].filter(([name, text]) => name.endsWith('.css') && text.includes('devanagari'));
  assert.deepEqual(
    styles.map(([name]) => name.replace(/-.*/, '')),
    ['devanagari'],
  );
});

test('the page holds no inline script', async () => {
  const page = await readFile(join(DIST, 'index.html'), 'utf8');
  for (const [tag, inside] of page.matchAll(/<script[^>]*>([^<]*)<\/script>/g)) assert.equal(inside?.trim(), '', tag);
});

test('every part of Mantine that a page uses has its styles', async () => {
  const all = new Set((await readFile(MANTINE_STYLES, 'utf8')).match(MANTINE_CLASS));
  const styled = new Set(
    [...sources].flatMap(([name, text]) => (name.endsWith('.css') ? (text.match(MANTINE_CLASS) ?? []) : [])),
  );
  const used = [...sources].flatMap(([name, text]) => (name.endsWith('.js') ? (text.match(MANTINE_CLASS) ?? []) : []));
  assert.ok(used.length > 50);
  assert.deepEqual(
    used.filter((one) => all.has(one) && !styled.has(one)),
    [],
  );
});
