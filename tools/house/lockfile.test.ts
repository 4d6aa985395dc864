import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { completeLockfile, entryFor, type Lockfile, missingOptional } from './lockfile.ts';
import { readText, ROOT } from './source-files.ts';

const own = JSON.parse(readText('package-lock.json')) as Lockfile;

test('the lockfile names every optional package of every platform', () => {
  assert.deepEqual(missingOptional(own), []);
});

test('every locked package of the registry has its integrity hash or is for another platform', () => {
  const bare = Object.entries(own.packages).filter(
    ([path, entry]) =>
      path.includes('node_modules/') && !entry.link && entry.integrity === undefined && !entry.optional,
  );
  assert.deepEqual(
    bare.map(([path]) => path),
    [],
  );
});

test('npm ci accepts the lockfile', { timeout: 120_000 }, () => {
  const result = spawnSync(
    'npm',
    ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    },
  );
  assert.equal(result.status, 0, result.stderr);
});

test('a platform package left out is found and its entry rebuilt from its name', () => {
  const packages = Object.fromEntries(
    Object.entries(own.packages).filter(([path]) => path !== 'node_modules/@oxlint/binding-linux-arm64-musl'),
  );
  const [missing, ...others] = missingOptional({ packages });
  assert.deepEqual(others, []);
  assert.equal(missing?.name, '@oxlint/binding-linux-arm64-musl');
  const entry = completeLockfile({ packages }).packages['node_modules/@oxlint/binding-linux-arm64-musl'];
  const { cpu, os, libc, optional } = own.packages['node_modules/@oxlint/binding-linux-arm64-musl'] ?? {};
  assert.deepEqual(
    { cpu: entry?.cpu, os: entry?.os, libc: entry?.libc, optional: entry?.optional },
    { cpu, os, libc, optional },
  );
});

test('a package asked for by a range is not guessed', () => {
  assert.throws(() => entryFor({ askedBy: 'node_modules/a', name: 'b-linux-x64', version: '^1.0.0' }, {}), /by hand/);
});

test('two versions of one platform package stand beside their askers', () => {
  const packages = {
    'node_modules/a': { optionalDependencies: { 'c-darwin-arm64': '1.0.0' } },
    'node_modules/b': { optionalDependencies: { 'c-darwin-arm64': '2.0.0' } },
  };
  const complete = completeLockfile({ packages });
  assert.deepEqual(missingOptional(complete), []);
  assert.equal(complete.packages['node_modules/b/node_modules/c-darwin-arm64']?.version, '2.0.0');
});
