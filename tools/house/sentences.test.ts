import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberedSentences, untestedSentences } from './sentences.ts';
import { listFiles, readText } from './source-files.ts';

const files = listFiles();
const read = (path: string) => readText(path);

test('every numbered sentence of the protocol is named by a test', () => {
  assert.ok(numberedSentences(files, read).length > 100);
  assert.deepEqual(untestedSentences(files, read), []);
});

test('no number stands for two sentences', () => {
  const numbers = numberedSentences(files, read).map(({ number }) => number);
  assert.deepEqual(
    numbers.filter((number, index) => numbers.indexOf(number) !== index),
    [],
  );
});

test('a sentence that is named in code alone, or in part of a number, is reported; a name and a comment of a test count', () => {
  const texts: Record<string, string> = {
    'docs/protocol/x.md':
      '- **X1** One.\n- **X2** Two.\n- **X3** Three.\n- **X12** Twelve.\n- **X4** Four, see **X9**.\n',
    'core/x/x.test.ts':
      "test('X12 is so', () => {});\n/** X3 holds */\nconst name = 'X1';\ntest('it is X4', () => {});",
    'core/x/x.ts': '/** keeps X2 */',
  };
  assert.deepEqual(
    untestedSentences(Object.keys(texts), (path) => texts[path] ?? ''),
    ['docs/protocol/x.md: X1', 'docs/protocol/x.md: X2'],
  );
});
