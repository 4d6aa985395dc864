/**
 * Four hospitals, one of which has lost its ledger: it takes part again by a snapshot of the state, and has the whole history in the end.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startNetwork, type TestNetwork } from './network.fixture.ts';
import { FILES } from './storage/data-folder.ts';

const PATIENT = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }],
};
const WITHIN_MS = 90_000;

let network: TestNetwork;
before(async () => {
  network = await startNetwork(4, { snapshotFrom: 3 });
  for (let count = 0; count < 3; count += 1) await write(0);
});
after(() => network.close());

async function write(index: number): Promise<number> {
  const before = network.node(index).hospital.state.height;
  await network.node(index).importBundle(PATIENT);
  assert.equal(await network.node(index).hospital.settled(WITHIN_MS), true);
  return (await network.equal(before + 1, WITHIN_MS)).height;
}

const inFolder = (index: number, ...names: string[]): string => join(network.folderOf(index), ...names);

function wipe(index: number): void {
  rmSync(inFolder(index, FILES.blocks), { recursive: true });
  for (const end of ['', '-wal', '-shm']) rmSync(inFolder(index, FILES.state + end), { force: true });
}

function blocksOf(index: number): string {
  return readdirSync(inFolder(index, FILES.blocks))
    .filter((name) => name.endsWith('.blocks'))
    .map((name) => readFileSync(inFolder(index, FILES.blocks, name)).toString('hex'))
    .join('');
}

async function until(words: string, look: () => boolean): Promise<void> {
  for (const end = Date.now() + WITHIN_MS; !look(); await pause(50)) if (Date.now() > end) throw new Error(words);
}

test('L84 a hospital that lost its ledger joins by a snapshot, votes, and has the whole history in the end', async () => {
  await network.stop(3);
  wipe(3);
  await network.start(3);
  assert.ok(
    network.log.some((line) => /joined by a snapshot/.test(line)),
    network.log.slice(-10).join(''),
  );
  await network.stop(2);
  await write(1);
  await network.start(2);
  await until('the history did not come', () => network.node(3).hospital.reader.older === undefined);
  await write(3);
  await until('the folder stays', () => !existsSync(inFolder(3, FILES.joining)));
  for (const index of [0, 1, 2, 3]) await network.stop(index);
  assert.equal(blocksOf(3), blocksOf(0));
});
