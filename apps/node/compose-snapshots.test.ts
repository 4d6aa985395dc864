/**
 * A snapshot is fetched into a folder by a process that is killed in the middle, again and again: what is there stays, and what is not
 * whole is never taken for it. The broken variants these catch: a state opened before it was whole, parts asked for again, damage believed.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FILES } from './storage/data-folder.ts';

const CHILD = fileURLToPath(new URL('snapshots/kill-child.fixture.ts', import.meta.url));
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-kill-'));
  folders.push(folder);
  return folder;
}

function run(folder: string, ...at: string[]) {
  const { signal, stdout, stderr } = spawnSync(process.execPath, [CHILD, folder, ...at], { encoding: 'utf8' });
  return { signal, stderr, told: stdout === '' ? undefined : JSON.parse(stdout) };
}

test('J3 after kill -9 in the middle only what is lacking is asked for, and the state is the whole one', () => {
  const folder = newFolder();
  const whole = run(newFolder()).told;
  assert.deepEqual(whole, { parts: whole.parts, height: 4, isSame: true, blocks: 4 });
  for (let kill = 0; kill < 2; kill += 1) {
    assert.equal(run(folder, 'parts', '2').signal, 'SIGKILL');
    assert.ok(existsSync(join(folder, FILES.joining)));
  }
  assert.ok(whole.parts > 6);
  assert.deepEqual(run(folder).told, { ...whole, parts: whole.parts - 4 });
});

test('J3 after kill -9 while the state is put together or looked through, it is the whole one all the same', () => {
  let killed = 0;
  for (const rests of [0, 1, 5]) {
    const folder = newFolder();
    killed += Number(run(folder, 'rests', String(rests)).signal === 'SIGKILL');
    const { told, stderr } = run(folder);
    assert.deepEqual(told, { parts: told.parts, height: 4, isSame: true, blocks: 4 }, stderr);
    assert.equal(told.parts, 0);
  }
  assert.equal(killed, 3);
});

for (const file of [FILES.state, join(FILES.blocks, '000000000004.blocks'), 'proof.json']) {
  test(`damage in ${file} of what was fetched costs the shortcut alone`, () => {
    const folder = newFolder();
    assert.equal(run(folder).told.isSame, true);
    const path = join(folder, FILES.joining, file);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 4, bytes.length >> 1);
    writeFileSync(path, bytes);
    const { told, stderr } = run(folder);
    assert.deepEqual(told, { parts: 0, height: 0, isSame: false });
    assert.match(stderr, /so every block is applied/);
    assert.equal(existsSync(join(folder, FILES.joining)), false);
    assert.equal(run(folder).told.isSame, true);
  });
}
