import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { labelledHash, toHex, utf8 } from '@clearchart/crypto';

test('L4 a labelled hash is SHA-256 over label and parts, each after its length', () => {
  const hash = createHash('sha256');
  for (const part of ['clearchart/example/v0', 'ab', '', 'ü']) {
    const bytes = Buffer.from(part);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  const made = labelledHash('clearchart/example/v0', utf8('ab'), utf8(''), utf8('ü'));
  assert.equal(toHex(made), hash.digest('hex'));
});

test('L4 each use has a label of its own, versioned', () => {
  const labels = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .flatMap((name) => [...readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(/'(clearchart\/[^']*)'/g)])
    .map(([, label]) => label as string);
  assert.ok(labels.length >= 7);
  assert.equal(new Set(labels).size, labels.length);
  for (const label of labels) assert.match(label, /^clearchart\/[a-z-]+\/v0$/);
});
