import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { openConsensusStore } from './index.ts';
import { KILL_CHILD } from './kill-child.fixture.ts';
import { block, chainId, vote } from './votes.fixture.ts';

const KILLS = 8;

test('killed at any moment, no vote that was saved is lost, nor the block under it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'consensus-kill-'));
  const path = join(folder, 'consensus.db');
  const told: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', KILL_CHILD, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => told.push(Number(line)));
    await Promise.race([once(lines, 'line'), ended]);
    assert.equal(child.exitCode, null, 'the store does not open on what the last one left');
    await new Promise((resolve) => setTimeout(resolve, kill * 7));
    child.kill('SIGKILL');
    await ended;
  }
  const store = openConsensusStore(path, chainId, { isNewChain: false });
  assert.ok(store.knowsOwnVotes);
  const votes = store.ownVotes();
  const blocks = store.tipBlocks();
  assert.ok(told.length > KILLS && votes.length >= told.length);
  for (const height of told) {
    assert.deepEqual(votes[height - 1], vote(height - 1, height));
    assert.deepEqual(blocks[height - 1]?.bytes, block(height).bytes);
  }
  store.close();
  await rm(folder, { recursive: true });
});
