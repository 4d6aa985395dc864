/**
 * Four hospitals, one of which has lost its ledger: it takes part again by a snapshot of the state, and has the whole history in the end.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { networkSchema } from '@clearchart/api';
import { checkFinal } from '@clearchart/ledger';
import { type Definitions, startDefinitions } from './clinical/index.ts';
import { checkDataFolder, foundNetwork } from './compose-operator.ts';
import { createNode } from './create-node.ts';
import { startNetwork, type TestNetwork } from './network.fixture.ts';
import { fetchInvitation } from './operator/invitation.ts';
import { FILES } from './storage/data-folder.ts';

const PATIENT = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }],
};
const WITHIN_MS = 90_000;

let network: TestNetwork;
let definitions: Definitions;
before(async () => {
  definitions = await startDefinitions();
  network = await startNetwork(4, { snapshotFrom: 3, definitions });
  for (let count = 0; count < 3; count += 1) await write(0);
});
after(async () => {
  await network.close();
  await definitions.close();
});

async function write(index: number): Promise<number> {
  const before = network.node(index).hospital.state.height;
  await network.node(index).importBundle(PATIENT);
  assert.equal(await network.node(index).hospital.settled(WITHIN_MS), true);
  return (await network.equal(before + 1, WITHIN_MS)).height;
}

const inFolder = (index: number, ...names: string[]): string => join(network.folderOf(index), ...names);

function wipe(index: number): void {
  for (const name of [FILES.blocks, FILES.joining]) rmSync(inFolder(index, name), { recursive: true, force: true });
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

test('J6 J8 a hospital that lost its ledger joins by a snapshot, votes, and has the whole history in the end', async () => {
  // It may have joined by one as it was founded.
  await until('the first history did not come', () => network.node(3).hospital.reader.older === undefined);
  await network.stop(3);
  wipe(3);
  const told = network.log.length;
  await network.start(3);
  assert.ok(
    network.log.slice(told).some((line) => /^4: .*joined by a snapshot/.test(line)),
    network.log.join(''),
  );
  // Three of four are needed, so nothing is final without its vote.
  await network.stop(2);
  await write(1);
  await network.start(2);
  const { hospital } = network.node(3);
  await until('the history did not come', () => hospital.reader.older === undefined);
  const height = await write(3);
  assert.equal(networkSchema.parse(hospital.peers.view()).history, undefined);
  for (let at = 1; at < height; at += 1) {
    const header = hospital.reader.header(at);
    assert.ok(header);
    const final = hospital.reader.finalityProof(header);
    const { genesis } = hospital.reader;
    const changes = hospital.reader.memberChangesTo(final);
    assert.deepEqual(
      { at, ...checkFinal(final, genesis, hospital.chainId, changes, hospital.verifier) }.ok,
      true,
      `block ${at}`,
    );
  }
  await until('the folder stays', () => !existsSync(inFolder(3, FILES.joining)));
});

test('J1 J6 a hospital that asks to be admitted joins by a snapshot before it is a member', async () => {
  const folder = join(network.folderOf(0), '..', 'candidate');
  const invitation = await fetchInvitation(network.node(1).url, undefined);
  await foundNetwork({ dataFolder: folder, name: 'Hill', administratorEmail: 'desk@hill.example', invitation });
  const log: string[] = [];
  const node = await createNode(
    { dataFolder: folder, host: '127.0.0.1', port: 0, logLevel: 'error', snapshotFrom: 3 },
    { definitions, logLine: (line) => log.push(line) },
  );
  assert.ok(
    log.some((line) => /joined by a snapshot/.test(line)),
    log.join(''),
  );
  const height = await write(2);
  await until('it does not follow', () => node.hospital.state.height >= height);
  await until('the history did not come', () => node.hospital.reader.older === undefined);
  await node.close();
});

test('J8 what joined by a snapshot is in the end byte for byte what the others have, and the check finds nothing', async () => {
  for (const index of [0, 1, 2, 3]) await network.stop(index);
  assert.ok(blocksOf(3).startsWith(blocksOf(0)) || blocksOf(0).startsWith(blocksOf(3)));
  const { faults, ...report } = await checkDataFolder(
    { dataFolder: network.folderOf(3), definitions },
    () => undefined,
  );
  assert.deepEqual({ ...report, faults }, { ok: true, height: report.height, stateRoot: report.stateRoot, faults: [] });
  assert.ok(report.height > 20);
});
