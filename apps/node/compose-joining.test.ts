/**
 * A member that takes part before it has its history, across starts, until it has it. The broken variants these catch: a block or an id taken
 * for absent because it is not here yet, new blocks lost when the stores are exchanged, a start that forgets what was fetched.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import {
  applyBlock,
  type Block,
  checkFinal,
  encodeBlock,
  type Engine,
  headerHash,
  isRejection,
  parentOf,
  type RecordId,
  recordKey,
  transactionId,
  verifyReceipt,
} from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { openStateStore } from '@clearchart/state-store';
import { Closing } from './closing.ts';
import { type JoinedLedger, joinedLedger } from './compose-joining.ts';
import { LedgerReader } from './ledger/ledger-reader.ts';
import { chainId, checkSignature, genesis, organization, TestLedger } from './snapshots/giving.fixture.ts';
import { FILES } from './storage/data-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'compose-joining-'));
const ledger = new TestLedger();
const giver = ledger.giver('given');
after(async () => {
  await giver.close();
  ledger.close();
  rmSync(folder, { recursive: true });
});

const BASE = 9;
for (let block = 0; block < BASE; block += 1) ledger.mine(1, 2);

/** Opens the ledger of this folder as a start does; older blocks come only once `history.isGiven`. */
async function start(history: { isGiven: boolean }) {
  const closing = new Closing();
  const state = openStateStore(join(folder, FILES.state), genesis);
  closing.add(() => state.close());
  const blocks = await openBlockStore(await openNodeDisk(join(folder, FILES.blocks), 'write'));
  closing.add(() => blocks.close());
  const faults: unknown[] = [];
  const joined = await joinedLedger(
    {
      folder,
      genesis,
      verifier: nodeVerifier,
      peers: () => [organization],
      nameOf: () => 'City General',
      ask: async (_peer, question) => (await giver.answer(organization, question)) ?? new Uint8Array(),
      fetch: async (_peer, place) => ledger.after(place),
      known: undefined,
      own: state,
      least: 1,
      ...ledger.time,
      onNote: () => undefined,
      onDamage: (damage) => void faults.push(damage),
    },
    { state, blocks },
    closing,
  );
  joined.begin({
    fetch: async (_peer, place) => ({ blocks: history.isGiven ? ledger.after(place) : [], links: [] }),
    keepLinks: () => undefined,
    onFault: (fault) => void faults.push(fault),
  });
  const engine = {
    unsettled: () => undefined,
    finality: (id: string) => (joined.state.placeOf(id as never) === undefined ? undefined : 'final'),
  };
  const reader = new LedgerReader({ genesis, ...joined, engine: engine as unknown as Engine });
  return { joined, whole: state, reader, faults, close: () => closing.run() };
}

/** As the engine does with the next block. */
async function take({ state, blocks }: JoinedLedger, block: Block): Promise<void> {
  const { header, transactions } = block;
  const before = state.header(state.height);
  assert.ok(before);
  const changes = applyBlock(block, state, parentOf(before), genesis, checkSignature);
  if (isRejection(changes)) throw new Error(changes.code);
  await blocks.append(header.height, encodeBlock(block));
  state.commit({ header, hash: headerHash(header), ids: transactions.map(transactionId) }, changes);
}

const isIncomplete = (fault: unknown): boolean => (fault as { code?: string }).code === 'history-incomplete';
const anchorIn = (block: Block) => {
  const [transaction] = block.transactions as [Block['transactions'][number]];
  const [record] = (transaction.body as unknown as { records: { record: string; version: number }[] }).records;
  assert.ok(record);
  return { ...record, transactionId: transactionId(transaction) };
};
const at = (height: number): Block => ledger.blocks[height - 1] as Block;

test('J6 J9 it applies what follows at once, says what it lacks, and goes on after a new start', async () => {
  for (const newBlocks of [2, 0, 1]) {
    const { joined, reader, faults, close } = await start({ isGiven: false });
    for (let count = 0; count < newBlocks; count += 1) await take(joined, ledger.mine(2));
    assert.deepEqual(joined.state.root, ledger.state.root);
    assert.deepEqual([reader.older?.have, reader.older?.base], [0, BASE]);
    for (const height of [1, BASE - 1]) {
      await assert.rejects(reader.block(height), isIncomplete);
      assert.throws(() => reader.headers(height, 10), isIncomplete);
      await assert.rejects(reader.transaction(transactionId(at(height).transactions[0]!)), isIncomplete);
      await assert.rejects(reader.receipt(anchorIn(at(height))), isIncomplete);
      assert.equal(reader.finalityOf(anchorIn(at(height))), 'final');
    }
    const unknown = 'ab'.repeat(16) as RecordId;
    assert.equal(reader.finalityOf({ record: unknown, version: 1, transactionId: 'ab'.repeat(32) }), 'pending');
    for (let height = BASE; height <= ledger.blocks.length; height += 1) {
      assert.deepEqual(await reader.block(height), at(height));
      const receipt = await reader.receipt(anchorIn(at(height)));
      assert.ok(receipt);
      assert.deepEqual(verifyReceipt(receipt, chainId, nodeVerifier).ok, true);
    }
    assert.ok(reader.stateProof(recordKey(anchorIn(at(1)).record as RecordId, 1))?.stateProof.value);
    assert.deepEqual(faults, []);
    await close();
    assert.ok(existsSync(join(folder, FILES.joining)));
  }
});

test('J7 J8 older blocks come while new ones do, and in the end the ordinary stores hold all', async () => {
  const { joined, whole, reader, faults, close } = await start({ isGiven: true });
  for (let count = 0; reader.older !== undefined; count += 1) {
    assert.ok(count < 500, `${reader.older.have} blocks are here`);
    if (count % 5 === 0 && count < 40) await take(joined, ledger.mine(1));
    await pause(5);
  }
  await take(joined, ledger.mine(3));
  assert.deepEqual([whole.height, whole.root], [ledger.blocks.length, ledger.state.root]);
  for (let height = 1; height <= ledger.blocks.length; height += 1) {
    assert.deepEqual(await reader.block(height), at(height));
    const receipt = await reader.receipt(anchorIn(at(height)));
    assert.ok(receipt);
    assert.deepEqual(verifyReceipt(receipt, chainId, nodeVerifier).ok, true);
    const final = reader.finalityProof(at(height).header);
    assert.equal(checkFinal(final, genesis, chainId, reader.memberChangesTo(final), nodeVerifier).ok, true);
  }
  assert.deepEqual(faults, []);
  await close();
  assert.equal(existsSync(join(folder, FILES.joining)), false);
  const again = await start({ isGiven: false });
  assert.deepEqual([again.reader.older, again.joined.state.root], [undefined, ledger.state.root]);
  await again.close();
});
