import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from './source-files.ts';

const root = mkdtempSync(join(tmpdir(), 'clearchart-lint-'));
before(() => {
  for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.base.json', 'core/crypto/tsconfig.json']) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(ROOT, file), join(root, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
});
after(() => rmSync(root, { recursive: true, force: true }));

/** What the linter says about one file of core with this text. */
function lint(name: string, text: string): { good: boolean; output: string } {
  const path = join(root, 'core/crypto', name);
  writeFileSync(path, `${text}\n`);
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const result = spawnSync(process.execPath, [oxlint, '--type-aware', '--deny-warnings', `core/crypto/${name}`], {
    cwd: root,
    encoding: 'utf8',
  });
  rmSync(path);
  return { good: result.status === 0, output: result.stdout + result.stderr };
}

const FAULTS: readonly (readonly [reason: string, text: string, expected: RegExp])[] = [
  ['the clock', 'export const now = (): number => Date.now();', /core has no clock/],
  ['chance', 'export const chance = (): number => Math.random();', /core has no chance/],
  ['a timer', 'export const later = (act: () => void): unknown => setTimeout(act, 1);', /core has no timers/],
  ['the network', "export const page = (): unknown => fetch('https://a.example');", /core has no network/],
  ['the global object', 'export const all = (): unknown => globalThis;', /only through its parameters/],
  ['a promise left alone', 'export function start(act: () => Promise<void>): void { act(); }', /no-floating-promises/],
  ['printing', "console.log('x'); export {};", /no-console/],
  ['any', 'export const one = (two: any): void => { void two; };', /no-explicit-any/],
];

for (const [reason, text, expected] of FAULTS) {
  test(`in core, ${reason} is reported`, () => {
    const { good, output } = lint('index.ts', text);
    assert.equal(good, false, output);
    assert.match(output, expected);
  });
}

test('a pure file passes, and a test in core may use the clock', () => {
  assert.deepEqual(lint('index.ts', 'export const one = 1;').good, true);
  const { good, output } = lint('clock.test.ts', 'export const now = (): number => Date.now();');
  assert.equal(good, true, output);
});
