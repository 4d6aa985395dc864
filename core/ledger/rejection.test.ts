import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isRejection, REJECTION_CODES, reject } from './index.ts';

/** About what waits, not about the ledger: the engine gives them, and its tests reach them. */
const OF_THE_ENGINE = ['duplicate-transaction', 'mempool-full', 'mempool-signer-limit'];

function sourcesIn(folder: URL): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => !name.startsWith('rejection'))
    .map((name) => `// ${name}\n${readFileSync(new URL(name, folder), 'utf8')}`)
    .join('');
}

const files = `${sourcesIn(new URL('./', import.meta.url))}${sourcesIn(new URL('transactions/', import.meta.url))}`;
const parts = files.split(/^\/\/ (?=\S+\.ts$)/m);
const code = parts.filter((part) => !/^\S+\.(test|fixture)\.ts/.test(part)).join('');
const tests = parts.filter((part) => /^\S+\.test\.ts/.test(part)).join('');

test('L55 every code of the ledger is given somewhere and reached by a test; the others are the engine’s', () => {
  const given = REJECTION_CODES.filter((one) => code.includes(`reject('${one}'`));
  assert.deepEqual(
    REJECTION_CODES.filter((one) => !given.includes(one)),
    OF_THE_ENGINE,
  );
  const unreached = given.filter((one) => !new RegExp(`['/]${one}\\b`).test(tests));
  assert.deepEqual(unreached, []);
});

test('L55 no code is given that is not on the list, and the list is sorted without repeats', () => {
  const given = [...code.matchAll(/reject\('([^']+)'/g)].map(([, one]) => one as string);
  assert.deepEqual(
    given.filter((one) => !(REJECTION_CODES as readonly string[]).includes(one)),
    [],
  );
  assert.deepEqual([...REJECTION_CODES], [...new Set(REJECTION_CODES)].sort());
});

test('a rejection is told from what it is not', () => {
  assert.ok(isRejection(reject('chain-id-wrong')));
  for (const value of [undefined, null, 'chain-id-wrong', {}, { code: 'chain-id-wrong' }, { detail: {} }]) {
    assert.ok(!isRejection(value));
  }
});
