import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latinDigits } from './digits.ts';

test('figures of a Hindi keyboard are those of the record; all else stays', () => {
  assert.equal(latinDigits('०१२ ३४५६७८९, 7 दिन'), '012 3456789, 7 दिन');
});
