import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { checkLayers, readLayers } from './layers.ts';
import { listSources, ROOT } from './source-files.ts';

const layers = readLayers(join(ROOT, 'layers.json'));
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'clearchart-layers-'));
  folders.push(root);
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** What the checker says about a small tree: only a lower file, `to`, which `from` imports. */
async function faultsOf(
  from: string,
  to: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const up = '../'.repeat(from.split('/').length - 1);
  const specifier = to.startsWith('node:') ? to : `${up}${to}`;
  const files: Record<string, string> = {
    ...more,
    [from]: `import * as other from '${specifier}';\nexport { other };\n`,
  };
  if (!to.startsWith('node:')) files[to] ??= 'export const one: number = 1;\n';
  return (await checkLayers(tree(files), layers)).faults;
}

test('this repository imports only what its layers allow, and every source was read', async () => {
  const report = await checkLayers(ROOT, layers);
  assert.deepEqual(report.faults, []);
  assert.equal(report.filesRead, listSources().length);
  assert.ok(report.filesRead > 20, `only ${report.filesRead} files were read`);
});

test('an import that the layers allow is not reported', async () => {
  assert.deepEqual(await faultsOf('core/ledger/index.ts', 'core/crypto/index.ts'), []);
  assert.deepEqual(await faultsOf('apps/node/compose.ts', 'engines/proof-of-work/index.ts'), []);
  assert.deepEqual(await faultsOf('core/ledger/block.test.ts', 'adapters/node-crypto/index.ts'), []);
});

const WRONG: readonly (readonly [reason: string, from: string, to: string])[] = [
  ['a lower ring imports a higher one', 'core/crypto/index.ts', 'core/ledger/index.ts'],
  ['core imports an engine', 'core/ledger/index.ts', 'engines/proof-of-work/index.ts'],
  ['core imports Node', 'core/crypto/index.ts', 'node:fs'],
  ['the web page imports Node', 'apps/web/main.tsx', 'node:fs'],
  ['the web page imports an engine', 'apps/web/main.tsx', 'engines/proof-of-work/index.ts'],
  ['an engine imports records', 'engines/proof-of-work/index.ts', 'core/records/index.ts'],
  ['a file beside compose.ts joins an adapter', 'apps/node/server.ts', 'adapters/node-crypto/index.ts'],
  ['another module is entered past its index', 'core/ledger/index.ts', 'core/crypto/sha256.ts'],
  ['an imported file does not exist', 'core/ledger/index.ts', 'core/ledger/absent.ts'],
  ['code imports a test', 'core/ledger/index.ts', 'core/ledger/chain.fixture.ts'],
  ['a file lies outside every module', 'core/surprise/index.ts', 'core/crypto/index.ts'],
];

for (const [reason, from, to] of WRONG) {
  test(`it is reported when ${reason}`, async () => {
    const faults =
      to === 'core/ledger/absent.ts'
        ? (await checkLayers(tree({ [from]: "export * from './absent.ts';\n" }), layers)).faults
        : await faultsOf(from, to);
    assert.ok(faults.length > 0);
    assert.ok(faults.every((fault) => fault.includes(from)));
  });
}

test('a cycle is reported once', async () => {
  const root = tree({
    'core/crypto/one.ts': "import type { Two } from './two.ts';\nexport interface One { two?: Two }\n",
    'core/crypto/two.ts': "import type { One } from './one.ts';\nexport interface Two { one?: One }\n",
  });
  const { faults } = await checkLayers(root, layers);
  assert.equal(faults.length, 1);
  assert.match(faults[0] ?? '', /core\/crypto\/one\.ts → core\/crypto\/two\.ts/);
});

test('a package that package.json does not name is reported', async () => {
  const root = tree({ 'core/crypto/index.ts': "export * from 'left-pad-of-nobody';\n" });
  assert.equal((await checkLayers(root, layers)).faults.length > 0, true);
});
