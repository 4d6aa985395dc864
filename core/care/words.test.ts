import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BREAK, MAX_TEXT_LENGTH, plainText, words } from './words.ts';

test('accents, apostrophes, nukta and chandrabindu make no other word', () => {
  assert.equal(plainText('Café'), 'cafe');
  assert.equal(plainText('don’t'), plainText("don't"));
  assert.equal(plainText('साँस'), plainText('सांस'));
  assert.equal(plainText('मुंह टेढ़ा'), plainText('मुंह टेढा'));
});

test('a full stop, a comma and a danda end a thought, a hyphen does not', () => {
  assert.deepEqual(words('No fever, well-being। ok'), ['no', 'fever', BREAK, 'well', 'being', BREAK, 'ok']);
});

test('"can not" is one word as "cannot" is', () => {
  assert.deepEqual(words('I can not see'), words('I cannot see'));
});

test('a text is read up to its limit', () => {
  assert.deepEqual(words(`${' '.repeat(MAX_TEXT_LENGTH)}fever`), []);
});
