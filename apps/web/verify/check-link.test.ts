import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCheckLink, parseCheckLink } from './check-link.ts';

const link = { chainId: 'a'.repeat(64), record: 'b'.repeat(32), version: 3, commitment: 'c'.repeat(64) };

test('a check link reads back as it was written, and carries everything in the fragment', () => {
  const url = new URL(formatCheckLink('http://hospital.example', link));
  assert.deepEqual(parseCheckLink(url.hash), link);
  assert.equal(url.search, '');
});

test('a fragment that is no check link, or a bent one, is ignored', () => {
  assert.equal(parseCheckLink(''), undefined);
  assert.equal(parseCheckLink('#people'), undefined);
  const bent = formatCheckLink('', { ...link, commitment: 'C'.repeat(64) });
  assert.equal(parseCheckLink(bent.slice(bent.indexOf('#'))), undefined);
  assert.equal(
    parseCheckLink(`#chain=${link.chainId}&record=${link.record}&version=0&commitment=${link.commitment}`),
    undefined,
  );
});
