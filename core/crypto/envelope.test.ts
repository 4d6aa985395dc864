import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import type { Random } from './random.ts';
import { toHex, utf8 } from './index.ts';

const key = new Uint8Array(32).fill(1);
const associatedData = utf8('record/7/version/2');
const plaintext = utf8('a record version');

test('E1 an envelope opens with its key and its associated data to what was sealed', () => {
  const envelope = sealEnvelope(nodeAead, nodeRandom, key, plaintext, associatedData);
  assert.equal(envelope.length, 1 + 12 + plaintext.length + 16);
  assert.deepEqual(openEnvelope(nodeAead, key, envelope, associatedData), plaintext);
});

test('E2 another key or another associated data opens nothing', () => {
  const envelope = sealEnvelope(nodeAead, nodeRandom, key, plaintext, associatedData);
  assert.equal(openEnvelope(nodeAead, new Uint8Array(32).fill(2), envelope, associatedData), undefined);
  assert.equal(openEnvelope(nodeAead, key, envelope, utf8('record/7/version/3')), undefined);
});

test('E3 a change in any byte, or any byte less, opens nothing', () => {
  const envelope = sealEnvelope(nodeAead, nodeRandom, key, plaintext, associatedData);
  for (let at = 0; at < envelope.length; at += 1) {
    const changed = envelope.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(openEnvelope(nodeAead, key, changed, associatedData), undefined, `byte ${at}`);
    assert.equal(openEnvelope(nodeAead, key, envelope.subarray(0, at), associatedData), undefined, `${at} bytes`);
  }
});

test('E4 every envelope draws a nonce of twelve fresh bytes: two of one text differ', () => {
  const drawn: number[] = [];
  const random: Random = {
    bytes(length) {
      drawn.push(length);
      return new Uint8Array(length).fill(drawn.length);
    },
  };
  const [first, second] = [1, 2].map(() => sealEnvelope(nodeAead, random, key, plaintext, associatedData));
  assert.deepEqual(drawn, [12, 12]);
  assert.notEqual(toHex(first as Uint8Array), toHex(second as Uint8Array));
});
