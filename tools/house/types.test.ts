import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from './source-files.ts';
import { checkTypes } from './types.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A small tree with core's own compiler settings and these files. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'clearchart-types-'));
  folders.push(root);
  mkdirSync(join(root, 'core', 'crypto'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  cpSync(join(ROOT, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  cpSync(join(ROOT, 'core/crypto/tsconfig.json'), join(root, 'core/crypto/tsconfig.json'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test('sound code passes and is counted', async () => {
  assert.deepEqual(await checkTypes(tree({ 'core/crypto/index.ts': 'export const one: number = 1;\n' })), {
    good: true,
    count: 1,
    output: '',
  });
});

const FAULTS: readonly (readonly [reason: string, text: string, expected: RegExp])[] = [
  ['a wrong type', "export const one: number = 'one';", /TS2322/],
  ['Node in core', 'export const environment = process.env;', /TS2\d+.*process/],
  ['the DOM in core', 'export const page = document.title;', /TS2\d+.*document/],
  ['a timer in core', 'setTimeout(() => {}, 1);', /TS2\d+.*setTimeout/],
  ['syntax that Node cannot strip', 'export enum Colour { Red }', /TS1294/],
  ['an element used without looking', 'export const first = (list: string[]): string => list[0];', /TS2322/],
];

for (const [reason, text, expected] of FAULTS) {
  test(`${reason} is reported`, async () => {
    const finding = await checkTypes(tree({ 'core/crypto/index.ts': `${text}\n` }));
    assert.equal(finding.good, false);
    assert.match(finding.output, expected);
  });
}

test('a source file that no tsconfig holds is reported, and a tree without sources does not pass', async () => {
  const stray = await checkTypes(tree({ 'core/other/index.ts': 'export const one = 1;\n' }));
  assert.match(stray.output, /core\/other\/index\.ts belongs to no tsconfig/);
  assert.equal((await checkTypes(tree({}))).good, false);
});
