import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isFolderInUse, lockFolder } from './folder-lock.ts';

test('a data folder is held by one node at a time, and a killed process holds nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'folder-lock-'));
  assert.equal(isFolderInUse(folder), false);
  assert.deepEqual(await readdir(folder), [], 'looking makes no file');
  const lock = lockFolder(folder);
  assert.ok(lock);
  assert.equal(lockFolder(folder), undefined);
  lock.release();

  const module = JSON.stringify(new URL('./folder-lock.ts', import.meta.url));
  const script = `import { lockFolder } from ${module}; if (lockFolder(process.argv[1])) console.log('held'); setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  assert.equal(lockFolder(folder), undefined);
  assert.equal(isFolderInUse(folder), true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const again = lockFolder(folder);
  assert.ok(again, 'nobody holds it');
  again.release();
  await rm(folder, { recursive: true });
});
