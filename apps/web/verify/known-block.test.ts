import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseKnownBlock } from './known-block.ts';

test('a block that somebody was told is its height and its whole hash', () => {
  const hash = 'ab'.repeat(32);
  assert.deepEqual(parseKnownBlock(` 12:${hash.toUpperCase()} `), { height: 12, hash });
  for (const text of ['', '12', hash, `0:${hash}`, `-1:${hash}`, `12:${hash.slice(1)}`, `12:${hash}0`, `1e3:${hash}`])
    assert.equal(parseKnownBlock(text), undefined, text);
});
