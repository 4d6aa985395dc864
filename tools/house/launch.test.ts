import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from './source-files.ts';

const LAUNCHER = join(ROOT, 'tools', 'launch.mjs');
const folder = mkdtempSync(join(tmpdir(), 'clearchart-launch-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const launch = (...args: string[]) => spawnSync(process.execPath, [LAUNCHER, ...args], { encoding: 'utf8' });

test('a script runs with its arguments on Node 24, that Node first in PATH, and nothing else on stdout', () => {
  const path = script(
    'say.ts',
    `const words: string[] = process.argv.slice(2);
     console.log(JSON.stringify({ words, version: process.versions.node, first: process.env.PATH?.split(':')[0], node: process.execPath }));`,
  );
  const result = launch(path, 'one', '--two', '');
  assert.equal(result.stderr, '');
  const said = JSON.parse(result.stdout) as { words: string[]; version: string; first: string; node: string };
  assert.deepEqual(said.words, ['one', '--two', '']);
  assert.ok(Number(said.version.split('.')[0]) >= 24);
  assert.equal(said.first, dirname(said.node));
});

test('no warning about experimental parts reaches the terminal', () => {
  const result = launch(
    script('sqlite.ts', `import { DatabaseSync } from 'node:sqlite'; new DatabaseSync(':memory:').close();`),
  );
  assert.equal(result.stderr, '');
  assert.equal(result.status, 0);
});

test('the exit code is the script’s', () => {
  assert.equal(launch(script('four.ts', 'process.exitCode = 4;')).status, 4);
});

test('a script that a signal killed is reported as a shell reports it', () => {
  const result = launch(script('die.ts', `process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`));
  assert.equal(result.status, 128 + constants.signals.SIGKILL);
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} reaches the script, which ends in its own way`, { timeout: 20_000 }, async () => {
    const path = script(
      `${signal}.ts`,
      `process.on('${signal}', () => { console.log('asked to end'); process.exit(7); });
       setInterval(() => {}, 1000); console.log('ready');`,
    );
    const child = spawn(process.execPath, [LAUNCHER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (chunk.includes('ready')) child.kill(signal);
    });
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 7);
    assert.equal(said, 'ready\nasked to end\n');
  });
}

test('a script that is not there, and none at all, are told in plain words', () => {
  for (const args of [['apps/nowhere.ts'], []]) {
    const result = launch(...args);
    assert.equal(result.status, 70);
    assert.doesNotMatch(result.stderr, /\n\s+at /);
  }
});
