/** Recent and older blocks as one store. The broken variant this catches: an exchange while a block is being written, which would lose it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockStore } from '@clearchart/ledger';
import { JoinedBlocks } from './joined-blocks.ts';

/** Blocks of one byte each; what is appended is there once `release` lets it. */
function storeFrom(first: number, count: number) {
  const held = new Map(Array.from({ length: count }, (_, index) => [first + index, Uint8Array.of(first + index)]));
  const gate = { isOpen: true, release: (): void => undefined };
  let isClosed = false;
  const store: BlockStore = {
    get height() {
      return first + held.size - 1;
    },
    async append(height, bytes) {
      if (!gate.isOpen) await new Promise<void>((resolve) => (gate.release = resolve));
      held.set(height, Uint8Array.from(bytes));
    },
    read: async (height) => held.get(height),
    close: async () => void (isClosed = true),
  };
  return { store, gate, isClosed: () => isClosed };
}

test('J8 older blocks take the place of the recent ones when they are all of them, and not while one is written', async () => {
  const recent = storeFrom(5, 2);
  const older = storeFrom(1, 5);
  const joined = new JoinedBlocks(recent.store, older.store, 5);
  assert.deepEqual([joined.height, joined.mayExchange], [6, false]);
  assert.deepEqual(
    await Promise.all([3, 4, 6].map((height) => joined.read(height))),
    [3, 4, 6].map((at) => Uint8Array.of(at)),
  );
  await older.store.append(6, Uint8Array.of(6));
  assert.equal(joined.mayExchange, true);
  recent.gate.isOpen = false;
  const writing = joined.append(7, Uint8Array.of(7));
  assert.equal(joined.mayExchange, false);
  await assert.rejects(joined.exchange());
  recent.gate.release();
  await writing;
  assert.equal(joined.mayExchange, false);
  await older.store.append(7, Uint8Array.of(7));
  await joined.exchange();
  assert.deepEqual([recent.isClosed(), older.isClosed(), joined.mayExchange], [true, false, false]);
  await joined.append(8, Uint8Array.of(8));
  assert.deepEqual([older.store.height, recent.store.height, await joined.read(8)], [8, 7, Uint8Array.of(8)]);
  await joined.close();
  assert.equal(older.isClosed(), true);
});
