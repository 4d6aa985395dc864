import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CHECKSUMS,
  longFiles,
  readmeFaults,
  unfinishedNotes,
  vagueNames,
  vectorChecksums,
  vectorFiles,
} from './rules.ts';
import { listFiles, readText } from './source-files.ts';

const files = listFiles();
const read = (path: string) => readText(path);
const lines = (count: number) => 'x\n'.repeat(count);

test('no file of code is longer than 300 lines', () => {
  assert.ok(files.length > 50);
  assert.deepEqual(longFiles(files, read), []);
});

test('every folder of code has a README of at most 60 lines', () => {
  assert.deepEqual(readmeFaults(files, read), []);
});

test('every name says what is inside', () => {
  assert.deepEqual(vagueNames(files), []);
});

test('no file notes work left undone', () => {
  assert.deepEqual(unfinishedNotes(files, read), []);
});

test('the licence is Apache 2.0, whole', () => {
  const licence = read('LICENSE');
  assert.match(licence, /Apache License\s+Version 2\.0, January 2004/);
  assert.match(licence, /9\. Accepting Warranty or Additional Liability/);
  assert.match(licence, /END OF TERMS AND CONDITIONS/);
});

test('every vector has the checksum that vectors/CHECKSUMS gives it', () => {
  const listed = files.includes(CHECKSUMS) ? read(CHECKSUMS) : '';
  assert.equal(vectorChecksums(files), listed, 'run npm run vectors, or say why a frozen vector changed');
  assert.equal(listed.split('\n').filter(Boolean).length, vectorFiles(files).length);
});

test('a file of 301 lines is reported, one of 300 and a generated one are not', () => {
  const sizes: Record<string, number> = { 'core/a/a.ts': 300, 'core/a/b.ts': 301, 'core/a/c.generated.ts': 900 };
  assert.deepEqual(
    longFiles(Object.keys(sizes), (path) => lines(sizes[path] ?? 0)),
    ['core/a/b.ts has 301 lines'],
  );
});

test('a folder without a README and a README of 61 lines are reported', () => {
  const faults = readmeFaults(['core/a/x.ts', 'core/b/x.ts', 'core/b/README.md'], () => lines(61));
  assert.deepEqual(faults, ['core/a has no README.md', 'core/b/README.md has more than 60 lines']);
});

test('vague names are reported wherever they stand', () => {
  const vague = ['core/utils/a.ts', 'core/a/string-helpers.ts', 'apps/node/user.service.ts', 'apps/node/data.ts'];
  assert.deepEqual(vagueNames([...vague, 'apps/node/data-folder.ts', 'docs/data.md']), vague);
});

test('a note about work left undone is reported', () => {
  assert.deepEqual(
    unfinishedNotes(['core/a.ts', 'core/b.ts'], (path) =>
      path === 'core/a.ts' ? `// ${'TO'}${'DO'} later` : '// todos',
    ),
    ['core/a.ts'],
  );
});
