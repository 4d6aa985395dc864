/**
 * Four real nodes, and a letter changed under one of them. The broken variants these catch: a change that is only told, a step told
 * that is not in the node's own log, a byte written that is no letter of the block, a second change before the first is repaired.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { LabCopy, LabTold } from '@clearchart/api';
import { openTamperLab } from '../compose-operator.ts';
import { startNetwork, type TestNetwork } from '../network.fixture.ts';
import type { TamperLab } from './tamper-lab.ts';

const HEIGHT = 3;
const SEGMENT = '000000000001.blocks';

let network: TestNetwork;
let lab: TamperLab;
before(async () => {
  network = await startNetwork(4);
  lab = openTamperLab(() =>
    network.nodes
      .filter((node) => node !== undefined)
      .map(({ hospital }) => ({
        organization: hospital.organization,
        name: hospital.name,
        folder: hospital.folder,
        height: hospital.reader.height,
        readBlock: (height) => hospital.reader.block(height),
      })),
  );
});
after(() => network.close());

const blocksOf = (index: number): Buffer => readFileSync(join(network.folderOf(index), 'blocks', SEGMENT));
/** Blocks are added meanwhile. */
const beginsWith = (now: Buffer, begin: Buffer): boolean => now.subarray(0, begin.length).equals(begin);
const differing = (copies: readonly LabCopy[]): string[] =>
  copies.filter(({ kept, found }) => kept !== found).map(({ name }) => name);

/** The letter of a name in the block, in the place of another. */
async function place(index: number) {
  const organization = network.organizationOf(index);
  const { text = '' } = (await lab.look({ organization, height: HEIGHT })) ?? {};
  const position = Buffer.byteLength(text.slice(0, text.indexOf('"proposer":"') + '"proposer":"'.length));
  return { organization, height: HEIGHT, position, letter: text[position] === 'a' ? 'b' : 'a' };
}

function isChanged(answer: LabTold | string): asserts answer is LabTold {
  if (typeof answer === 'string') assert.fail(answer);
}

test('a letter is changed on the disk of one hospital, and nothing else anywhere', async () => {
  const before = [0, 1, 2, 3].map(blocksOf);
  const at = await place(2);
  const changed = await lab.change(at);
  isChanged(changed);
  const { change, copies } = changed.story;
  for (const index of [0, 1, 3]) assert.ok(beginsWith(blocksOf(index), before[index] as Buffer));
  const expected = Buffer.from(before[2] as Buffer);
  expected.write(at.letter, change?.offset ?? 0, 'latin1');
  assert.ok(beginsWith(blocksOf(2), expected));
  assert.ok(!beginsWith(blocksOf(2), before[2] as Buffer));
  assert.equal(change?.before, before[2]?.toString('latin1')[change?.offset ?? 0]);
  assert.deepEqual(differing(copies), ['Hospital 3']);
});

test('until it is found it is told as it is, and no second change is made anywhere', async () => {
  const at = await place(2);
  const looked = await lab.look(at);
  assert.equal(looked?.story.change?.after, at.letter === 'a' ? 'b' : 'a');
  assert.deepEqual(
    [looked?.story.finding, looked?.story.repair, looked?.story.readAt],
    [undefined, undefined, undefined],
  );
  assert.deepEqual((await lab.view(at.organization)).open, { organization: at.organization, height: HEIGHT });
  const before = [0, 1, 3].map(blocksOf);
  for (const elsewhere of [at, await place(0), { ...(await place(1)), height: HEIGHT - 1 }])
    assert.equal(await lab.change({ ...elsewhere, letter: 'z' }), 'change-under-way');
  for (const [index, bytes] of before.entries()) assert.ok(beginsWith(blocksOf([0, 1, 3][index] ?? 0), bytes));
});

test('the hospital finds it when it reads, keeps the damage, and puts back what another gave: told by its own log', async () => {
  const damaged = blocksOf(2);
  const organization = network.organizationOf(2);
  const { story: read } = (await lab.read({ organization, height: HEIGHT })) ?? {};
  assert.ok(read?.finding !== undefined && read.repair !== undefined);
  assert.ok((read.change?.at ?? 0) <= (read.readAt ?? 0) && (read.readAt ?? 0) <= read.finding.at);
  const evidence = join(network.folderOf(2), 'evidence', read.finding.folder);
  assert.ok(beginsWith(readFileSync(join(evidence, SEGMENT)), damaged));
  const log = JSON.parse(readFileSync(join(evidence, 'damage.json'), 'utf8'));
  assert.deepEqual(
    [log.at, log.expected, log.repairedAt, log.from],
    [read.finding.at, read.finding.expected, read.repair.at, read.repair.from],
  );
  assert.notEqual(read.finding.kept, read.finding.found);
  assert.match(read.repair.from, /^Hospital [124]$/);
  assert.deepEqual(differing(read.copies), []);
  assert.equal(new Set(read.copies.map(({ found }) => found)).size, 1);
  // Also to whoever comes later; and the next may be changed.
  assert.deepEqual((await lab.look({ organization, height: HEIGHT }))?.story, read);
  assert.equal((await lab.view(organization)).open, undefined);
});

test('only a letter of a block is changed, into another, and only of a block that is there', async () => {
  const before = blocksOf(1);
  const at = await place(1);
  const { text = '' } = (await lab.look(at)) ?? {};
  assert.equal(await lab.change({ ...at, letter: text[at.position] ?? '' }), 'letter-not-changed');
  for (const position of [0, text.length + 100_000, Number.MAX_SAFE_INTEGER])
    assert.equal(await lab.change({ ...at, position }), 'letter-not-changed');
  for (const elsewhere of [{ height: 100_000 }, { height: 0 }, { organization: 'ab'.repeat(16) }]) {
    assert.equal(await lab.change({ ...at, ...elsewhere }), 'not-found');
    assert.equal(await lab.read({ ...at, ...elsewhere }), undefined);
    assert.equal(await lab.look({ ...at, ...elsewhere }), undefined);
  }
  assert.ok(beginsWith(blocksOf(1), before));
});

test('a hospital that reads a block nobody changed has nothing to tell', async () => {
  const { story } = (await lab.read({ organization: network.organizationOf(1), height: HEIGHT })) ?? {};
  assert.deepEqual(Object.keys(story ?? {}), ['copies']);
});

test('a change that nobody here made is told from the reading on, and not with an older story', async () => {
  const organization = network.organizationOf(2);
  const old = (await lab.look({ organization, height: HEIGHT }))?.story;
  const path = join(network.folderOf(2), 'blocks', SEGMENT);
  const bytes = readFileSync(path);
  const offset = old?.change?.offset ?? 0;
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  assert.deepEqual(Object.keys((await lab.look({ organization, height: HEIGHT }))?.story ?? {}), ['copies']);
  const { story } = (await lab.read({ organization, height: HEIGHT })) ?? {};
  assert.equal(story?.change, undefined);
  assert.notEqual(story?.finding?.folder, old?.finding?.folder);
  assert.deepEqual(differing(story?.copies ?? []), []);
});

test('when nobody can give it the damage stays, and the next read repairs it', async () => {
  const others = [0, 1, 2];
  isChanged(await lab.change(await place(3)));
  const place3 = { organization: network.organizationOf(3), height: HEIGHT };
  for (const index of others) await network.stop(index);
  const alone = (await lab.read(place3))?.story;
  assert.deepEqual(
    [alone?.finding, alone?.repair, differing(alone?.copies ?? [])],
    [undefined, undefined, ['Hospital 4']],
  );
  for (const index of others) await network.start(index);
  const again = (await lab.read(place3))?.story;
  assert.match(again?.repair?.from ?? '', /^Hospital [123]$/);
  assert.ok(again?.change !== undefined, 'it is the same story');
  assert.deepEqual(differing(again?.copies ?? []), []);
});

test('where no other hospital runs nothing is changed: nobody could give it back', async () => {
  for (const index of [1, 2, 3]) await network.stop(index);
  const before = blocksOf(0);
  assert.equal(await lab.change(await place(0)), 'no-other-copy');
  assert.ok(blocksOf(0).equals(before));
});
