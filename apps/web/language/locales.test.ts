import assert from 'node:assert/strict';
import { glob, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import en from './locales/en/index.ts';
import hi from './locales/hi/index.ts';

const WEB = join(import.meta.dirname, '..');

type Texts = { readonly [name: string]: string | Texts };

/** Every text by its dotted key. */
function flat(texts: Texts, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value === 'string') found.set(prefix + name, value);
    else for (const [key, text] of flat(value, `${prefix}${name}.`)) found.set(key, text);
  }
  return found;
}

const english = flat(en);
const hindi = flat(hi);

/** Without the ending by which i18next chooses the plural. */
const withoutPlural = (key: string): string => key.replace(/_(?:zero|one|other)$/, '');

interface Uses {
  keys: Set<string>;
  /** Beginnings of keys that are put together while running: everything under them counts as used. */
  prefixes: Set<string>;
}

async function usesInSources(): Promise<Uses> {
  const uses: Uses = { keys: new Set(), prefixes: new Set() };
  for await (const file of glob('**/*.{ts,tsx}', {
    cwd: WEB,
    exclude: (name) => /^(?:dist|node_modules|locales)$/.test(name),
  })) {
    if (file.includes('.test.')) continue;
    const source = await readFile(join(WEB, file), 'utf8');
    for (const [, key] of source.matchAll(/'([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+)+)'/g)) uses.keys.add(key ?? '');
    for (const [, prefix] of source.matchAll(/`([a-z][A-Za-z0-9]*\.(?:[A-Za-z0-9-]+\.)*)\$\{/g))
      uses.prefixes.add(prefix ?? '');
  }
  return uses;
}

test('English and Hindi have the same texts', () => {
  assert.deepEqual([...hindi.keys()].toSorted(), [...english.keys()].toSorted());
});

test('no text is empty but where English is, and both name the same values', () => {
  // Hindi takes its form for one for nothing too (CLDR), so it may have to name the count where English need not.
  const values = (key: string, text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'count' || !key.endsWith('_one'))
      .toSorted();
  for (const [key, text] of english) {
    const other = hindi.get(key) ?? '';
    assert.equal(other === '', text === '', key);
    assert.deepEqual(values(key, other), values(key, text), key);
  }
});

test('Hindi is written in Devanagari', () => {
  const latin = [...hindi].filter(
    ([, text]) => /[a-z]{4,}/i.test(text.replace(/\{\{\w+\}\}/g, '')) && !/[\u0900-\u097f]/.test(text),
  );
  assert.deepEqual(latin, []);
});

test('every text that a page asks for is there', async () => {
  const { keys } = await usesInSources();
  const roots = new Set(Object.keys(en));
  const known = new Set([...english.keys()].map(withoutPlural));
  const isGroup = (key: string) => [...known].some((one) => one.startsWith(`${key}.`));
  const missing = [...keys].filter((key) => roots.has(key.split('.')[0] ?? '') && !known.has(key) && !isGroup(key));
  assert.deepEqual(missing, []);
});

test('no text is left that no page asks for', async () => {
  const { keys, prefixes } = await usesInSources();
  const unused = [...english.keys()].filter(
    (key) => !keys.has(withoutPlural(key)) && ![...prefixes].some((prefix) => key.startsWith(prefix)),
  );
  assert.deepEqual(unused, []);
});

test('no file of words says again what another one says: the later would win unseen', async () => {
  const folder = new URL('./locales/en/', import.meta.url);
  const owners = new Map<string, string>();
  for (const file of await readdir(folder)) {
    if (file === 'index.ts' || !file.endsWith('.ts')) continue;
    const parts = Object.values((await import(new URL(file, folder).href)) as Record<string, object>);
    for (const key of parts.flatMap((part) => Object.keys(part))) {
      assert.equal(owners.get(key), undefined, `${key} is in ${file}, too`);
      owners.set(key, file);
    }
  }
});
