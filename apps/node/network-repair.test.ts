/**
 * Four hospitals, one of which is damaged while it is stopped: it ends equal to the others, and what was damaged is kept. The broken
 * variants these catch: a start that goes on with the damage or gives up on it, a block taken because a member gave it, evidence not
 * kept, a hospital opened before its ledger is as new as its records, a founder that begins a history of its own.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { networkSchema, type Repair } from '@clearchart/api';
import { openConsensusStore } from '@clearchart/consensus-store';
import { restoreBackup } from './compose-operator.ts';
import { startNetwork, type TestNetwork } from './network.fixture.ts';
import { backUp } from './operator/backup.ts';
import { FILES } from './storage/data-folder.ts';

const PATIENT = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }],
};

/** Members whose votes part wait ever longer for each other. */
const SETTLED_WITHIN_MS = 90_000;

let network: TestNetwork;
before(async () => {
  network = await startNetwork(4);
  await write(0);
});
after(() => network.close());

/** Something of this hospital on the ledger, final everywhere. @returns the height at which all are */
async function write(index: number): Promise<number> {
  const before = network.node(index).hospital.state.height;
  await network.node(index).importBundle(PATIENT);
  assert.equal(await network.node(index).hospital.settled(SETTLED_WITHIN_MS), true);
  return (await network.equal(before + 1, SETTLED_WITHIN_MS)).height;
}

const inFolder = (index: number, ...names: string[]): string => join(network.folderOf(index), ...names);

function blocksOf(index: number): Map<string, string> {
  const folder = inFolder(index, FILES.blocks);
  const names = readdirSync(folder).filter((name) => name.endsWith('.blocks'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name)).toString('hex')]));
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const offset = Math.floor(bytes.length * at);
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x04, offset);
  writeFileSync(path, bytes);
}

function repairsAt(index: number): readonly Repair[] {
  return networkSchema.parse(network.node(index).hospital.peers.view()).repairs ?? [];
}

const SEGMENT = '000000000001.blocks';

for (const [part, index] of [
  [0.001, 1],
  [0.4, 2],
  [0.73, 3],
  [0.999, 0],
] as const) {
  test(`a byte flipped at ${part} of the blocks is repaired from another member, and the damage kept`, async () => {
    await network.stop(index);
    const whole = blocksOf(index);
    flip(inFolder(index, FILES.blocks, SEGMENT), part);
    const damaged = readFileSync(inFolder(index, FILES.blocks, SEGMENT));
    await network.start(index);
    const [repair] = repairsAt(index);
    assert.equal(repair?.what, 'block');
    assert.match(repair.from ?? '', /^Hospital [1-4]$/);
    const [kept = ''] = readdirSync(inFolder(index, FILES.evidence)).sort().reverse();
    assert.deepEqual(readFileSync(inFolder(index, FILES.evidence, kept, SEGMENT)), damaged);
    const told = JSON.parse(readFileSync(inFolder(index, FILES.evidence, kept, 'damage.json'), 'utf8'));
    assert.match(told.expected, /^[0-9a-f]{64}$/);
    assert.ok((blocksOf(index).get(SEGMENT) ?? '').startsWith(whole.get(SEGMENT) ?? '?'));
    await network.equal();
  });
}

test('blocks that are gone while the state is there are fetched and put back', async () => {
  await network.stop(2);
  const whole = blocksOf(2);
  rmSync(inFolder(2, FILES.blocks), { recursive: true });
  await network.start(2);
  assert.ok((blocksOf(2).get(SEGMENT) ?? '').startsWith(whole.get(SEGMENT) ?? '?'));
  await network.equal();
});

test('a block that is damaged while the node runs is mended when it is read', async () => {
  const { hospital } = network.node(1);
  flip(inFolder(1, FILES.blocks, SEGMENT), 0.5);
  for (let height = 1; height <= hospital.state.height; height += 1) assert.ok(await hospital.reader.block(height));
  assert.equal(repairsAt(1)[0]?.what, 'block');
});

for (const [words, damage] of [
  ['a byte flipped in a fact', (path: string) => changeFact(path)],
  ['a flipped page', (path: string) => flip(path, 0.5)],
  ['a file that is no database', (path: string) => writeFileSync(path, Buffer.alloc(9_000, 0x41))],
] as const) {
  test(`${words} of the state: the file is kept and made again from the blocks`, async () => {
    await network.stop(3);
    const path = inFolder(3, FILES.state);
    damage(path);
    const damaged = readFileSync(path);
    await network.start(3);
    const [kept = ''] = readdirSync(inFolder(3, FILES.evidence)).sort().reverse();
    assert.match(kept, /-state$/);
    assert.deepEqual(readFileSync(inFolder(3, FILES.evidence, kept, FILES.state)), damaged);
    assert.equal(repairsAt(3)[0]?.where, FILES.state);
    await network.equal();
  });
}

test('state and blocks damaged together are made whole from the blocks that are and from another member', async () => {
  await network.stop(1);
  changeFact(inFolder(1, FILES.state));
  flip(inFolder(1, FILES.blocks, SEGMENT), 0.3);
  await network.start(1);
  assert.deepEqual(
    repairsAt(1)
      .slice(0, 2)
      .map(({ what }) => what)
      .sort(),
    ['block', 'state'],
  );
  await network.equal();
});

test('state and the last blocks damaged together: what nothing tells any more is caught up with', async () => {
  await network.stop(2);
  rmSync(inFolder(2, FILES.state));
  for (const end of ['-wal', '-shm']) rmSync(inFolder(2, FILES.state + end), { force: true });
  flip(inFolder(2, FILES.blocks, SEGMENT), 0.9995);
  await network.start(2);
  await write(2);
});

for (const index of [0, 3]) {
  test(`the ledger of hospital ${index + 1} is wiped: it catches up before it opens, and writes again`, async () => {
    const height = await write(index);
    await network.stop(index);
    rmSync(inFolder(index, FILES.blocks), { recursive: true });
    for (const name of [FILES.state, `${FILES.state}-wal`, `${FILES.state}-shm`])
      rmSync(inFolder(index, name), { force: true });
    const node = await network.start(index);
    assert.ok(node.hospital.state.height >= height, `opened at ${node.hospital.state.height}`);
    assert.equal(repairsAt(index)[0]?.what, 'ledger');
    await write(index);
  });
}

test('ledger and votes are wiped: the node catches up and votes again once it has learned how it voted', async () => {
  await network.stop(0);
  for (const name of [FILES.blocks, FILES.state, FILES.consensus]) {
    for (const end of ['', '-wal', '-shm']) rmSync(inFolder(0, name + end), { recursive: true, force: true });
  }
  await network.start(0);
  await write(0);
  // Without its vote three of four would not be enough.
  await network.stop(3);
  await write(1);
  await network.start(3);
  await network.equal();
});

test('restored from an older backup: the proofs are there, the votes are not, and it ends equal to the others', async () => {
  const { hospital } = network.node(2);
  const file = `${network.folderOf(2)}.tar`;
  const { height } = await backUp(hospital, file, undefined, () => undefined);
  const links = [...hospital.links()].filter(({ source }) => source.height <= height);
  await write(0);
  await network.stop(2);
  rmSync(network.folderOf(2), { recursive: true });
  await restoreBackup({ file, dataFolder: network.folderOf(2) });
  const restored = openConsensusStore(inFolder(2, FILES.consensus), hospital.chainId, { isNewChain: false });
  assert.deepEqual([...restored.links()], links);
  assert.deepEqual([restored.knowsOwnVotes, restored.ownVotes()], [false, []]);
  restored.close();
  const { hospital: again } = await network.start(2);
  assert.ok(links.length > 0 && [...again.links()].length >= links.length);
  await network.equal(height + 1);
  await write(2);
});

test('a file of votes that is damaged is kept, and the node learns its votes from the others', async () => {
  await network.stop(1);
  for (const end of ['-wal', '-shm']) rmSync(inFolder(1, FILES.consensus + end), { force: true });
  writeFileSync(inFolder(1, FILES.consensus), Buffer.alloc(9_000, 0x42));
  await network.start(1);
  assert.ok(repairsAt(1).some(({ where }) => where === FILES.consensus));
  await write(1);
});

test('with nobody to be reached the start names the damage', async () => {
  for (const index of [0, 1, 2, 3]) await network.stop(index);
  flip(inFolder(3, FILES.blocks, SEGMENT), 0.2);
  await assert.rejects(network.start(3), { name: 'DamagedData', message: /^block-damaged at block \d+/ });
  for (const index of [0, 1, 2, 3]) await network.start(index);
  await write(3);
  assert.ok(existsSync(inFolder(3, FILES.evidence)));
});

test('a founder that lost ledger and records makes no block before it has heard from the others', async () => {
  const { height } = await network.equal();
  for (const index of [0, 1, 2, 3]) await network.stop(index);
  for (const name of [FILES.blocks, FILES.state, FILES.clinical]) {
    for (const end of ['', '-wal', '-shm']) rmSync(inFolder(0, name + end), { recursive: true, force: true });
  }
  const { hospital } = await network.start(0);
  await network.node(0).importBundle(PATIENT);
  assert.equal(await hospital.settled(2_000), false);
  assert.equal(hospital.state.height, 0);
  for (const index of [1, 2, 3]) await network.start(index);
  await network.equal(height + 1, SETTLED_WITHIN_MS);
  assert.equal(await hospital.settled(SETTLED_WITHIN_MS), true);
});

function changeFact(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(
    "UPDATE entries SET value = CAST(replace(CAST(value AS TEXT), 'a', 'b') AS BLOB) WHERE key LIKE 'organization/%'",
  );
  database.close();
}
