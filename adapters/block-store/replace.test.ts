// Damage that is repaired leaves the bytes that were there. The broken variants these catch: a record put beside its place, a segment
// begun elsewhere, what lies behind a full segment left there, a write that the disk did not take taken for stored.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BlockStoreError, openBlockStore, openNodeDisk, replaceBlocks, scanBlocks } from './index.ts';
import type { Disk } from './index.ts';

const SEGMENT_BYTES = 500;
const BLOCKS = 14;
const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

function block(height: number): Uint8Array {
  return Uint8Array.from({ length: 100 + (height % 7) }, (_, index) => (height * 31 + index) % 256);
}

async function stored(): Promise<{ folder: string; disk: Disk }> {
  const folder = await mkdtemp(join(tmpdir(), 'block-repair-'));
  folders.push(folder);
  const disk = await openNodeDisk(folder, 'write');
  const store = await openBlockStore(disk, { segmentBytes: SEGMENT_BYTES });
  for (let height = 1; height <= BLOCKS; height += 1) await store.append(height, block(height));
  await store.close();
  return { folder, disk };
}

async function contentOf(folder: string): Promise<Map<string, Buffer>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.blocks')).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

/** As a node does: the lowest fault first, a batch of blocks from there on. @returns heights at which a fault was found */
async function repairAll(disk: Disk, batch: number): Promise<number[]> {
  const found: number[] = [];
  for (let from = 1; ; ) {
    const height = await firstFault(disk, from);
    if (height === undefined) return found;
    assert.ok(found.length < 100, 'it does not end');
    found.push(height);
    const last = Math.min(BLOCKS, height + batch - 1);
    const blocks = Array.from({ length: last - height + 1 }, (_, index) => block(height + index));
    await replaceBlocks(disk, height, blocks, SEGMENT_BYTES);
    from = height;
  }
}

async function firstFault(disk: Disk, from: number): Promise<number | undefined> {
  let expected = from;
  for await (const item of scanBlocks(disk, { from, to: BLOCKS })) {
    if ('code' in item) return item.height;
    expected = item.height + 1;
  }
  return expected <= BLOCKS ? expected : undefined;
}

test('a byte flipped anywhere is repaired to the bytes that were there, whatever comes in one batch', async () => {
  const { folder, disk } = await stored();
  const whole = await contentOf(folder);
  for (const [name, bytes] of whole) {
    for (let at = 0; at < bytes.length; at += 9) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x20, at);
      await writeFile(join(folder, name), damaged);
      assert.equal((await repairAll(disk, 1 + (at % 4))).length, 1, `${name} ${at}`);
      assert.deepEqual(await contentOf(folder), whole, `${name} ${at}`);
    }
  }
});

test('several blocks, a cut end, a lost segment, lost segments at either end, and rubbish behind a full one are repaired', async () => {
  const { folder, disk } = await stored();
  const whole = await contentOf(folder);
  const [first = '', second = '', third = '', ...rest] = [...whole.keys()];
  const last = rest.at(-1) ?? third;
  const damages: (() => Promise<unknown>)[] = [
    () => writeFile(join(folder, second), Buffer.alloc(whole.get(second)?.length ?? 0)),
    () => writeFile(join(folder, first), ''),
    () => truncate(join(folder, second), 222),
    () => truncate(join(folder, last), 11),
    () => rm(join(folder, second)),
    () => rm(join(folder, first)),
    () => Promise.all([third, ...rest].map((name) => rm(join(folder, name)))),
    () => Promise.all([...whole.keys()].map((name) => rm(join(folder, name)))),
    () => writeFile(join(folder, second), Buffer.concat([whole.get(second) ?? Buffer.of(), Buffer.alloc(70, 7)])),
    () => writeFile(join(folder, first), whole.get(second) ?? Buffer.of()),
  ];
  for (const [index, damage] of damages.entries()) {
    await damage();
    assert.ok((await repairAll(disk, 3)).length > 0, `damage ${index}`);
    assert.deepEqual(await contentOf(folder), whole, `damage ${index}`);
  }
});

test('a store that is open reads what was repaired beneath it', async () => {
  const { folder, disk } = await stored();
  const store = await openBlockStore(disk, { segmentBytes: SEGMENT_BYTES, acknowledgedHeight: BLOCKS });
  for (const height of [2, BLOCKS]) {
    assert.deepEqual(await store.read(height), block(height));
    const [name, bytes] = [...(await contentOf(folder))].findLast(([one]) => Number(one.slice(0, 12)) <= height) ?? [
      '',
    ];
    const damaged = Buffer.from(bytes ?? Buffer.of());
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 9) ^ 1, damaged.length - 9);
    await writeFile(join(folder, name), damaged);
    const [found = 0] = await repairAll(disk, 1);
    assert.deepEqual(await store.read(found), block(found));
  }
  await store.append(BLOCKS + 1, block(BLOCKS + 1));
  assert.deepEqual(await store.read(BLOCKS + 1), block(BLOCKS + 1));
  await store.close();
});

test('what the disk does not keep is not called repaired, and the next attempt repairs it', async () => {
  const { folder, disk } = await stored();
  const whole = await contentOf(folder);
  const [name = ''] = whole.keys();
  await truncate(join(folder, name), 150);
  const forgetful: Disk = {
    ...disk,
    async open(one, mode) {
      const file = await disk.open(one, mode);
      return { ...file, write: (offset, bytes) => file.write(offset, bytes.subarray(0, bytes.length >> 1)) };
    },
  };
  await assert.rejects(replaceBlocks(forgetful, 2, [block(2), block(3)], SEGMENT_BYTES), BlockStoreError);
  assert.ok((await repairAll(disk, 1)).length > 0);
  assert.deepEqual(await contentOf(folder), whole);
});

test('nothing is put above a block whose place is not known', async () => {
  const { folder, disk } = await stored();
  await truncate(join(folder, '000000000001.blocks'), 100);
  await assert.rejects(replaceBlocks(disk, 3, [block(3)], SEGMENT_BYTES), BlockStoreError);
});
