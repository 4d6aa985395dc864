import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { nodeVerifier } from '@clearchart/node-crypto';
import { VerifiedSignatures, checkBlock } from '@clearchart/proof-of-work';
import { type StateFault, checkState } from '@clearchart/state-store';
import { type TransactionId, headerHash, isRejection, parseBlock } from '@clearchart/ledger';
import { foundOne, openOnDisk } from './kill-child.fixture.ts';
import { seededRandom } from './random.ts';

const KILLS = 20;
const FOUNDING_SEED = 77;

test('twenty times killed at any moment on the real disk, nothing that was told is lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kill-'));
  const random = seededRandom(5);
  const told: string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'kill-child.fixture.ts'),
        folder,
        String(FOUNDING_SEED),
        String(kill),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = once(child, 'exit');
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => told.push(line));
    await Promise.race([once(lines, 'line'), ended]);
    assert.equal(child.exitCode, null, 'the node does not start on what the last one left');
    await new Promise((resolve) => setTimeout(resolve, random.below(400)));
    child.kill('SIGKILL');
    await ended;
  }
  const founded = foundOne(FOUNDING_SEED);
  const { engine, blocks, state, lock } = await openOnDisk(folder, founded);
  assert.ok(told.length > KILLS);
  for (const line of told) {
    const [height, hash, ...ids] = line.split(' ');
    const bytes = await blocks.read(Number(height));
    const block = bytes && parseBlock(bytes);
    assert.ok(block !== undefined && !isRejection(block));
    assert.equal(headerHash(block.header), hash);
    for (const id of ids) assert.equal(state.placeOf(id as TransactionId)?.height, Number(height));
  }
  const signatures = new VerifiedSignatures(nodeVerifier);
  const faults: StateFault[] = [];
  const check = checkState({
    path: join(folder, 'state.db'),
    genesis: founded.genesis,
    blocks: (to) => blocks.scan({ to }),
    check: (block, reader, parent) => checkBlock(block, reader, parent, founded.genesis, signatures),
  });
  for await (const fault of check) faults.push(fault);
  assert.deepEqual(faults, []);
  await engine.close();
  await blocks.close();
  state.close();
  lock.release();
  await rm(folder, { recursive: true });
});
