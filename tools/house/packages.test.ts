import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isExact, listManifests, packagesImported, unnamedImports } from './packages.ts';

const manifests = listManifests();

test('every package.json pins every version exactly', () => {
  const loose: string[] = [];
  for (const { path, dependencies, devDependencies, optionalDependencies } of manifests) {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      if (!isExact(name, version)) loose.push(`${path}: ${name} ${version}`);
    }
  }
  assert.ok(manifests.length > 5);
  assert.deepEqual(loose, []);
});

test('every package.json carries the licence', () => {
  assert.deepEqual(
    manifests.filter(({ license }) => license !== 'Apache-2.0').map(({ path }) => path),
    [],
  );
});

test('every workspace names the packages it imports', () => {
  assert.deepEqual(
    unnamedImports().map((found) => `${found.file} imports ${found.package}`),
    [],
  );
});

test('a range, a tag and a registry version of our own workspaces are not exact', () => {
  for (const version of ['^1.0.0', '~1.0.0', '1.x', 'latest', '>=1.0.0', '*', 'npm:other@^2.0.0']) {
    assert.equal(isExact('zod', version), false, version);
  }
  for (const version of ['1.0.0', '1.0.0-beta.1', 'npm:@typescript/typescript6@6.0.2']) {
    assert.equal(isExact('zod', version), true, version);
  }
  assert.equal(isExact('@clearchart/crypto', '0.1.0'), false);
});

test('every way of importing a package is seen, and files and Node modules are not packages', () => {
  const text = [
    "import a from 'a';",
    "import type { B } from '@b/c/deep';",
    "import 'style.css-package/x.css';",
    "export * from 'd';",
    'import {\n  e,\n} from "e";',
    `const f = await ${'import'}('f/g');`,
    "import './own.ts'; import fs from 'node:fs'; import path from 'path';",
  ].join('\n');
  assert.deepEqual(packagesImported(text), ['@b/c', 'a', 'd', 'e', 'f', 'style.css-package']);
});
