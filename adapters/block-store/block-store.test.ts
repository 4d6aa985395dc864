import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BlockStoreError, openBlockStore, openNodeDisk, scanBlocks } from './index.ts';
import type { BlockFault, Disk, DiskFile, SegmentedBlockStore } from './index.ts';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const SMALL_SEGMENT_BYTES = 500;

function block(height: number): Uint8Array {
  return Uint8Array.from({ length: 100 + (height % 7) }, (_, index) => (height * 31 + index) % 256);
}

async function folderWith(blocks: number): Promise<{ folder: string; disk: Disk }> {
  const folder = await mkdtemp(join(tmpdir(), 'block-store-'));
  folders.push(folder);
  const disk = await openNodeDisk(folder, 'write');
  const store = await openBlockStore(disk, { segmentBytes: SMALL_SEGMENT_BYTES });
  for (let height = 1; height <= blocks; height += 1) await store.append(height, block(height));
  await store.close();
  return { folder, disk };
}

async function opened(disk: Disk, acknowledgedHeight?: number): Promise<SegmentedBlockStore> {
  const known = acknowledgedHeight === undefined ? {} : { acknowledgedHeight };
  return openBlockStore(disk, { segmentBytes: SMALL_SEGMENT_BYTES, ...known });
}

async function segments(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.blocks')).sort();
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at < 0 ? bytes.length + at : at]! ^= 0x10;
  await writeFile(path, bytes);
}

async function faults(disk: Disk): Promise<BlockFault[]> {
  const found: BlockFault[] = [];
  for await (const item of scanBlocks(disk)) if ('code' in item) found.push(item);
  return found;
}

function isFault(code: string, height: number) {
  return (error: unknown) =>
    error instanceof BlockStoreError && error.fault.code === code && error.fault.height === height;
}

test('every block reads back after a new start, across segments', async () => {
  const { folder, disk } = await folderWith(23);
  assert.ok((await segments(folder)).length >= 4);
  const store = await opened(disk, 23);
  assert.equal(store.height, 23);
  for (let height = 1; height <= 23; height += 1) assert.deepEqual(await store.read(height), block(height));
  assert.equal(await store.read(24), undefined);
  assert.equal(await store.read(0), undefined);
  await store.append(24, block(24));
  assert.deepEqual(await store.read(24), block(24));
  await store.close();
  assert.deepEqual(await faults(disk), []);
});

test('a tail cut at any byte is truncated, reported, and nothing before it is lost', async () => {
  const { folder, disk } = await folderWith(6);
  const last = join(folder, (await segments(folder)).at(-1) ?? '');
  const whole = await readFile(last);
  const lastRecord = 40 + block(6).length;
  for (let cut = 1; cut < lastRecord; cut += 1) {
    await writeFile(last, whole.subarray(0, whole.length - cut));
    const store = await opened(disk, 5);
    assert.equal(store.height, 5);
    assert.deepEqual(store.tornTail?.bytes, lastRecord - cut);
    await store.append(6, block(6));
    assert.deepEqual(await store.read(6), block(6));
    await store.close();
  }
  assert.deepEqual(await faults(disk), []);
});

test('an unacknowledged last block whose bytes never reached the disk is torn, not damage', async () => {
  const { folder, disk } = await folderWith(6);
  await flip(join(folder, (await segments(folder)).at(-1) ?? ''), -5);
  const store = await opened(disk, 5);
  assert.equal(store.height, 5);
  assert.equal(store.tornTail?.height, 6);
  await store.close();
});

test('an acknowledged last block that is damaged stops the start and stays on disk', async () => {
  const { folder, disk } = await folderWith(6);
  const last = join(folder, (await segments(folder)).at(-1) ?? '');
  const { size } = await stat(last);
  for (const at of [-5, -(block(6).length + 1), -(block(6).length + 36)]) {
    await flip(last, at);
    if (at !== -5) await assert.rejects(opened(disk, 6), isFault('block-damaged', 6));
    await assert.rejects(opened(disk), isFault('block-damaged', 6));
    assert.equal((await stat(last)).size, size);
    await flip(last, at);
  }
  await truncate(last, size - 3);
  await assert.rejects(opened(disk, 6), isFault('block-damaged', 6));
});

test('a flipped bit anywhere in any segment is found by the scan with its height', async () => {
  const { folder, disk } = await folderWith(9);
  for (const name of await segments(folder)) {
    const start = Number(name.slice(0, 12));
    const { size } = await stat(join(folder, name));
    for (let at = 0; at < size; at += 7) {
      await flip(join(folder, name), at);
      const [first] = await faults(disk);
      assert.equal(first?.segment, name);
      assert.ok(first.height >= start && first.offset <= at);
      await flip(join(folder, name), at);
    }
  }
  assert.deepEqual(await faults(disk), []);
});

test('damage in the middle is refused on reading, with segment and offset, and never cut off', async () => {
  const { folder, disk } = await folderWith(9);
  const first = join(folder, '000000000001.blocks');
  await flip(first, 60);
  const store = await opened(disk, 9);
  await assert.rejects(store.read(1), isFault('block-damaged', 1));
  assert.deepEqual(await store.read(2), block(2));
  await store.close();
});

test('a missing segment is reported as missing blocks', async () => {
  const { folder, disk } = await folderWith(14);
  const [, second, third] = await segments(folder);
  await rm(join(folder, second ?? ''));
  const [fault] = await faults(disk);
  assert.equal(fault?.code, 'blocks-missing');
  assert.equal(fault.height, Number(second?.slice(0, 12)));
  assert.ok(third);
  for (const name of (await segments(folder)).slice(1)) await rm(join(folder, name));
  await assert.rejects(opened(disk, 14), isFault('blocks-missing', Number(second?.slice(0, 12))));
});

test('an index that is lost or wrong is built anew from its segment', async () => {
  const { folder, disk } = await folderWith(9);
  const index = join(folder, '000000000001.index');
  await rm(index);
  const store = await opened(disk, 9);
  assert.deepEqual(await store.read(2), block(2));
  await store.close();
  await flip(index, 4);
  const again = await opened(disk, 9);
  assert.deepEqual(await again.read(2), block(2));
  await again.close();
});

test('after a failed sync the store takes nothing more, even when the disk would', async () => {
  const { disk } = await folderWith(2);
  let isFailing = false;
  const failing: Disk = {
    ...disk,
    async open(name, mode) {
      const file: DiskFile = await disk.open(name, mode);
      return {
        ...file,
        async sync() {
          if (isFailing) throw new Error('EIO');
          await file.sync();
        },
      };
    },
  };
  const store = await opened(failing, 2);
  isFailing = true;
  await assert.rejects(store.append(3, block(3)), isFault('disk-failed', 3));
  isFailing = false;
  await assert.rejects(store.append(3, block(3)), isFault('disk-failed', 3));
  assert.equal(store.height, 2);
  assert.deepEqual(await store.read(2), block(2));
  await store.close();
});

test('a block out of order is a bug and is thrown', async () => {
  const { disk } = await folderWith(2);
  const store = await opened(disk, 2);
  await assert.rejects(store.append(5, block(5)), /not the next/);
  await store.close();
});

test('a store may begin above block 1, across segments and new starts, and knows nothing below', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'block-store-'));
  folders.push(folder);
  const disk = await openNodeDisk(folder, 'write');
  const options = { segmentBytes: SMALL_SEGMENT_BYTES, firstHeight: 41 };
  const first = await openBlockStore(disk, options);
  assert.equal(first.height, 40);
  await assert.rejects(first.append(1, block(1)));
  for (let height = 41; height <= 60; height += 1) await first.append(height, block(height));
  await first.close();
  assert.ok((await segments(folder)).length >= 3);
  const store = await openBlockStore(disk, { ...options, acknowledgedHeight: 60 });
  for (let height = 41; height <= 60; height += 1) assert.deepEqual(await store.read(height), block(height));
  for (const height of [0, 1, 40, 61]) assert.equal(await store.read(height), undefined);
  await store.close();
  await assert.rejects(opened(disk), isFault('blocks-missing', 1));
  await assert.rejects(openBlockStore(disk, { ...options, firstHeight: 42 }), isFault('blocks-missing', 42));
});
