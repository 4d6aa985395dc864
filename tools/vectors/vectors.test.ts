import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, readText } from '../house/source-files.ts';
import { goldenFiles, VECTORS_FOLDER } from './list.ts';

const golden = goldenFiles();

for (const [path, text] of golden) {
  test(`${path} is what the code makes today`, () => {
    assert.ok(existsSync(join(ROOT, path)), 'run npm run vectors');
    assert.ok(readText(path) === text, 'the bytes changed: a change of the protocol, or a fault');
  });
}

test('no golden file is left over', () => {
  const found = readdirSync(join(ROOT, VECTORS_FOLDER)).filter((name) => name.endsWith('.json'));
  assert.deepEqual(found.map((name) => `${VECTORS_FOLDER}/${name}`).sort(), [...golden.keys()].sort());
});

function parsed(name: string): Record<string, unknown> {
  return JSON.parse(golden.get(`${VECTORS_FOLDER}/${name}`) ?? '') as Record<string, unknown>;
}

test('what the vectors call refused is refused, and only the receipt and the opening as they were made hold', () => {
  for (const name of ['encoding.json', 'transactions.json']) {
    const refused = parsed(name)['refused'] as { code: string; why: string }[];
    assert.ok(refused.length > 5);
    assert.deepEqual(
      refused.filter(({ code }) => code === 'accepted'),
      [],
      name,
    );
  }
  const verdicts = parsed('receipt.json')['receipts'] as { ok: boolean }[];
  const openings = parsed('commitment.json')['openings'] as { ok: boolean }[];
  for (const list of [verdicts, openings]) {
    assert.deepEqual(
      list.map(({ ok }) => ok),
      list.map((_, index) => index === 0),
    );
  }
});
