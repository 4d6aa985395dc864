import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureInstalled, treeMatches } from '../install.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'clearchart-install-'));
  writeLockfile({ 'node_modules/a': { version: '1.0.0' } });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Packages = Readonly<Record<string, object>>;

function writeLockfile(packages: Packages): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }));
}

function writeTree(packages: Packages): void {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

/** An installer that counts its runs and takes a while, as npm does. */
function counting() {
  const installer = {
    runs: 0,
    install: async () => {
      installer.runs += 1;
      rmSync(join(root, 'node_modules'), { recursive: true, force: true });
      await sleep(50);
      mkdirSync(join(root, 'node_modules'));
    },
  };
  return installer;
}

test('a missing tree is installed once, and not again on the next start', async () => {
  const installer = counting();
  await ensureInstalled(root, installer);
  await ensureInstalled(root, installer);
  assert.equal(installer.runs, 1);
});

test('a changed lockfile is installed anew', async () => {
  const installer = counting();
  await ensureInstalled(root, installer);
  writeLockfile({ 'node_modules/a': { version: '1.0.1' } });
  await ensureInstalled(root, installer);
  assert.equal(installer.runs, 2);
});

test('several starts at once install once', async () => {
  const installer = counting();
  await Promise.all(Array.from({ length: 4 }, () => ensureInstalled(root, installer)));
  assert.equal(installer.runs, 1);
});

test('an installation that failed or was cut short is done again', async () => {
  const cutShort = () => {
    mkdirSync(join(root, 'node_modules', 'half'), { recursive: true });
    throw new Error('cut short');
  };
  await assert.rejects(ensureInstalled(root, { install: cutShort }), /cut short/);
  assert.equal(existsSync(join(root, '.cache', 'install.lock')), false);
  const installer = counting();
  await ensureInstalled(root, installer);
  assert.equal(installer.runs, 1);
});

test('the lock of a dead process is taken over, that of a living one is waited for', async () => {
  const lock = join(root, '.cache', 'install.lock');
  mkdirSync(join(root, '.cache'));
  writeFileSync(lock, 'another process');
  const installer = counting();
  const started = ensureInstalled(root, { install: installer.install, staleAfterMs: 60_000 });
  await sleep(300);
  assert.equal(installer.runs, 0);
  const longAgo = new Date(Date.now() - 120_000);
  utimesSync(lock, longAgo, longAgo);
  await started;
  assert.equal(installer.runs, 1);
  assert.equal(existsSync(lock), false);
});

test('a tree that npm install has already brought in step is kept', async () => {
  writeTree({ 'node_modules/a': { version: '1.0.0' } });
  const installer = counting();
  await ensureInstalled(root, installer);
  assert.equal(installer.runs, 0);
});

test('a tree with another version, another hash, one package too few or one too many is not in step', () => {
  const wanted = { version: '1.0.0', integrity: 'sha512-a' };
  writeLockfile({ 'node_modules/a': wanted, 'node_modules/b': { version: '2.0.0', optional: true } });
  const trees: readonly (readonly [boolean, Packages])[] = [
    [true, { 'node_modules/a': wanted }],
    [false, { 'node_modules/a': { ...wanted, version: '1.0.1' } }],
    [false, { 'node_modules/a': { ...wanted, integrity: 'sha512-b' } }],
    [false, {}],
    [false, { 'node_modules/a': wanted, 'node_modules/c': { version: '1.0.0' } }],
  ];
  for (const [expected, tree] of trees) {
    writeTree(tree);
    assert.equal(treeMatches(root), expected, JSON.stringify(tree));
  }
});
