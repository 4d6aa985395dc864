import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from './csv.ts';

const fieldsOf = (text: string) => parseCsv(text).records.map(({ fields }) => fields);

test('A29 commas, quotes and line breaks inside quotes are text (RFC 4180)', () => {
  assert.deepEqual(fieldsOf('a,"b, c","d ""e""","f\r\ng"\r\nh,,i,\r\n'), [
    ['a', 'b, c', 'd "e"', 'f\r\ng'],
    ['h', '', 'i', ''],
  ]);
  assert.deepEqual(fieldsOf('\uFEFFa,b'), [['a', 'b']]);
  assert.deepEqual(fieldsOf('""'), []);
});

test('A29 a record knows the line of the file where it begins, and empty lines are none', () => {
  const { records } = parseCsv('a\n\n"b\nc"\r\n , \nd');
  assert.deepEqual(
    records.map(({ line, fields }) => [line, fields[0]]),
    [
      [1, 'a'],
      [3, 'b\nc'],
      [6, 'd'],
    ],
  );
});

test('A29 a quote that is out of place or never closed is told with its line', () => {
  for (const [text, line] of [
    ['a\n"b', 2],
    ['a\nb"c', 2],
    ['"a"b', 1],
    ['"a\nb"c', 2],
  ] as const)
    assert.deepEqual(parseCsv(text).fault, { line, code: 'quote' }, JSON.stringify(text));
});
