import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differingBits, paddingParts } from './padding.ts';

test('55 bytes still fit into one block, 56 need a second', () => {
  assert.equal(paddingParts(55).length, 64);
  assert.equal(paddingParts(56).length, 128);
});

test('after the message stand one set bit, zeros, and the length in eight bytes', () => {
  const parts = paddingParts(3);
  assert.deepEqual(parts.slice(0, 5), ['message', 'message', 'message', 'one', 'zero']);
  assert.equal(parts.filter((part) => part === 'length').length, 8);
  assert.equal(parts.at(-1), 'length');
});

test('bits that differ are counted, none in equal fingerprints', () => {
  assert.equal(differingBits(Uint8Array.of(0b1010, 0xff), Uint8Array.of(0b0110, 0xff)), 2);
  assert.equal(differingBits(Uint8Array.of(7), Uint8Array.of(7)), 0);
});
