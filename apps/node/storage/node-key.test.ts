import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import {
  assertNoNodeKey,
  createNodeKey,
  deriveKeys,
  keysFolderOf,
  loadNodeKey,
  readPassphrase,
  unwrapNodeKey,
  wrapNodeKey,
} from './node-key.ts';

const parent = mkdtempSync(join(tmpdir(), 'clearchart-keys-'));
after(() => rmSync(parent, { recursive: true }));
const ports = { aead: nodeAead, random: nodeRandom };
const place = (name: string): string => join(parent, name);

test('the key lies beside the data folder, never in it', () => {
  assert.equal(keysFolderOf('/srv/data'), '/srv/data.keys');
  assert.equal(keysFolderOf('/srv/data/'), '/srv/data.keys');
});

test('a key that was made is loaded again, is never written over, and is for one user only', () => {
  const key = createNodeKey(place('plain'), ports);
  assert.deepEqual(loadNodeKey(place('plain'), ports), key);
  assert.equal(statSync(place('plain')).mode & 0o777, 0o700);
  assert.equal(statSync(place('plain/node.key')).mode & 0o777, 0o600);
  assert.throws(() => createNodeKey(place('plain'), ports), { code: 'EEXIST' });
  assert.throws(() => assertNoNodeKey(place('plain')), { name: 'KeyUnavailable' });
});

test('a key that others may read, or that is not there, is told in plain words', () => {
  createNodeKey(place('open'), ports);
  chmodSync(place('open/node.key'), 0o640);
  assert.throws(() => loadNodeKey(place('open'), ports), { name: 'KeyUnavailable', message: /chmod 600/ });
  chmodSync(place('open'), 0o755);
  assert.throws(() => loadNodeKey(place('open'), ports), { name: 'KeyUnavailable', message: /chmod 700/ });
  assert.throws(() => loadNodeKey(place('nowhere'), ports), { name: 'KeyUnavailable', message: /no node key/ });
});

test('a key under a passphrase opens with that passphrase alone, and stands nowhere in clear', () => {
  const key = createNodeKey(place('wrapped'), ports, 'correct horse');
  assert.deepEqual(loadNodeKey(place('wrapped'), ports, 'correct horse'), key);
  assert.equal(readFileSync(place('wrapped/node.key')).includes(Buffer.from(key)), false);
  for (const other of [undefined, 'correct horse ', '']) {
    assert.throws(() => loadNodeKey(place('wrapped'), ports, other), { name: 'KeyUnavailable' });
  }
  const wrapped = wrapNodeKey(ports, key, 'a');
  wrapped.set([(wrapped[20] ?? 0) ^ 1], 20);
  assert.equal(unwrapNodeKey(ports, wrapped, 'a'), undefined);
});

test('a passphrase file loses its line end and nothing else', () => {
  for (const [text, expected] of [
    ['words \n', 'words '],
    ['words\r\n', 'words'],
    ['words\n\n', 'words\n'],
  ] as const) {
    writeFileSync(place('passphrase'), text);
    assert.equal(readPassphrase(place('passphrase')), expected);
  }
  writeFileSync(place('passphrase'), '\n');
  assert.throws(() => readPassphrase(place('passphrase')), { name: 'KeyUnavailable' });
  assert.throws(() => readPassphrase(place('none')), { name: 'KeyUnavailable' });
});

test('every purpose has a key of its own', () => {
  const keys = Object.values(deriveKeys(new Uint8Array(32).fill(7))).map((key) => Buffer.from(key).toString('hex'));
  assert.equal(new Set(keys).size, keys.length);
  assert.ok(keys.every((key) => key.length === 64));
});
