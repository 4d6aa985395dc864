// A start that looks through the newest segments alone must not miss that blocks are gone. The broken variants these catch: nothing said
// of a segment that is gone, of a beginning that is gone, of a segment cut short.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openBlockStore } from './block-store.ts';
import { firstToLookAt } from './look-from.ts';
import { openNodeDisk } from './node-disk.ts';

const BLOCKS = 20;
const BLOCK = new Uint8Array(100);
/** Two blocks each. */
const SEGMENT_BYTES = 200;
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

async function stored(blocks: number) {
  const folder = mkdtempSync(join(tmpdir(), 'look-from-'));
  folders.push(folder);
  const disk = await openNodeDisk(folder, 'write');
  const store = await openBlockStore(disk, { segmentBytes: SEGMENT_BYTES });
  for (let height = 1; height <= blocks; height += 1) await store.append(height, BLOCK);
  await store.close();
  const filesOf = (start: number): string[] =>
    readdirSync(folder)
      .filter((name) => Number.parseInt(name, 10) === start)
      .map((name) => join(folder, name));
  return { disk, filesOf };
}

const from = async (blocks: number, harm: (filesOf: (start: number) => string[]) => void): Promise<number> => {
  const { disk, filesOf } = await stored(blocks);
  harm(filesOf);
  return firstToLookAt(disk);
};
const removed =
  (start: number, ending = '') =>
  (filesOf: (start: number) => string[]): void =>
    filesOf(start)
      .filter((path) => path.endsWith(ending))
      .forEach((path) => rmSync(path));

test('the newest four segments are looked through, or all where there are no more', async () => {
  assert.equal(await from(BLOCKS, () => undefined), 13);
  assert.equal(await from(8, () => undefined), 1);
  assert.equal(await from(0, () => undefined), 1);
});

test('an index that is gone is made of the segment', async () => {
  assert.equal(await from(BLOCKS, removed(3, '.index')), 13);
});

test('where a segment is gone, all from the one before it is looked through', async () => {
  assert.equal(await from(BLOCKS, removed(5)), 3);
  assert.equal(await from(BLOCKS, removed(1)), 1);
});

test('where a segment is cut short, with its index or without, all from it on', async () => {
  for (const bytes of [0, 100, 150, 279]) {
    const cut = (filesOf: (start: number) => string[]): void =>
      truncateSync(filesOf(7).find((path) => path.endsWith('.blocks')) ?? '', bytes);
    assert.equal(await from(BLOCKS, cut), 7, `${bytes}`);
    const cutWithoutIndex = (filesOf: (start: number) => string[]): void => {
      removed(7, '.index')(filesOf);
      cut(filesOf);
    };
    assert.equal(await from(BLOCKS, cutWithoutIndex), 7, `${bytes}, no index`);
  }
});
