import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letterChanged, mostTelling, oneLetterOther, wordsOf } from './block-words.ts';

const TEXT =
  '{"header":{"height":3,"proposer":"ab12"},"transactions":[{"body":{"name":"Clinic é of Pune","tag":"—"}}]}';

test('words are found with the byte at which they lie, also behind letters of two bytes', () => {
  const words = wordsOf(TEXT);
  assert.deepEqual(
    words.map(({ key }) => key),
    ['proposer', 'name'],
  );
  const bytes = Buffer.from(TEXT);
  for (const { value, position } of words) {
    const size = Buffer.byteLength(value);
    assert.equal(bytes.subarray(position, position + size).toString(), value);
  }
  const name = mostTelling(words);
  assert.equal(name?.key, 'name');
  assert.deepEqual(letterChanged({ key: 'name', value: 'Clinic é of Pune', position: 10 }, 'Clinic é of Tune'), {
    position: 10 + Buffer.byteLength('Clinic é of '),
    letter: 'T',
  });
});

test('one letter or digit in the place of another counts, and nothing else', () => {
  const words = { key: 'name', value: 'Lake-1', position: 4 };
  assert.deepEqual(letterChanged(words, 'Make-1'), { position: 4, letter: 'M' });
  assert.deepEqual(letterChanged(words, 'Lake-2'), { position: 9, letter: '2' });
  for (const typed of ['Lake-1', 'Make-2', 'Lake-', 'Lake-11', 'Lake+1', 'Lakeé1', 'Läke-1', ''])
    assert.equal(letterChanged(words, typed), undefined, typed);
});

test('what is offered differs in one letter from what is there', () => {
  for (const value of ['Lake', 'zoo', 'ZOO', '90', '-9', 'ab'])
    assert.ok(letterChanged({ key: 'x', value, position: 0 }, oneLetterOther(value)) !== undefined, value);
});
