/**
 * A state begun from the entries of one block behaves as the one that was made from all blocks. The broken variants these catch: a root
 * that is not compared, used ids that are forgotten, a place told that is not known, an exchange of states that are not the same.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import {
  type BlockParent,
  MEMBERS_KEY,
  type StateRow,
  type TransactionId,
  applyBlock,
  decodeValue,
  isRejection,
  parentOf,
  proveState,
  transactionId,
  usedIdsBuckets,
  verifyState,
} from '@clearchart/ledger';
import {
  type SqliteStateStore,
  StateDamaged,
  importState,
  joinStates,
  openStateRows,
  openStateStore,
} from './index.ts';
import { type MadeBlock, checkSignature, createChain, genesis } from './test-chain.fixture.ts';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'import-state-'));
  folders.push(folder);
  return folder;
}

const BASE = 9;
const HEAD = 14;

/** A whole state and its blocks, and one imported after block 9 with what `change` leaves of the entries. */
async function begin(change: (rows: StateRow[]) => readonly StateRow[] = (rows) => rows) {
  const folder = await newFolder();
  const whole = openStateStore(join(folder, 'whole.db'), genesis);
  const chain = createChain();
  const made: MadeBlock[] = [];
  let rows: StateRow[] = [];
  for (let height = 1; height <= HEAD; height += 1) {
    const block = chain.next(whole, 1 + (height % 4) * 3);
    whole.commit(block.committed, block.changes);
    made.push(block);
    if (height === BASE) rows = inTreeOrder([...whole.entries()], join(folder, 'rows.db'));
  }
  const path = join(folder, 'imported.db');
  const { committed } = made[BASE - 1] as MadeBlock;
  const hours = new Set(
    usedIdsBuckets({ get: (key) => rows.find((row) => row.key === key)?.value }).map(({ hour }) => hour),
  );
  const usedIds = made
    .slice(0, BASE - 1)
    .flatMap(({ block }) => block.transactions)
    .filter(({ validUntil }) => hours.has(Math.floor(validUntil / 3_600_000)))
    .map(transactionId);
  const set = decodeValue(rows.find(({ key }) => key === MEMBERS_KEY)?.value ?? new Uint8Array());
  const memberChanges = [{ height: BASE, set: set as never }];
  const run = (): void => {
    for (const _ of importState(path, { genesis, block: committed, rows: change(rows), usedIds, memberChanges }));
  };
  return { folder, path, whole, made, rows, usedIds, run };
}

function inTreeOrder(rows: readonly StateRow[], path: string): StateRow[] {
  const file = openStateRows(path, 'scratch');
  file.add(rows);
  const ordered = [...file.all()];
  file.close();
  return ordered;
}

function applyOn(store: SqliteStateStore, { block, committed }: MadeBlock, parent: BlockParent): void {
  const changes = applyBlock(block, store, parent, genesis, checkSignature);
  if (isRejection(changes)) throw new Error(changes.code);
  store.commit(committed, changes);
}

const parentAt = (made: readonly MadeBlock[], height: number): BlockParent =>
  parentOf((made[height - 1] as MadeBlock).block.header);

test('J6 what follows is applied on an imported state as on one that was made from all blocks', async () => {
  const { path, whole, made, rows, usedIds, run } = await begin();
  run();
  let store = openStateStore(path, genesis);
  assert.equal(store.base, BASE);
  assert.equal(store.height, BASE);
  assert.equal(toHex(store.root), made[BASE - 1]?.block.header.stateRoot);
  for (const { key, value } of rows) assert.deepEqual(store.get(key), value);
  assert.ok(usedIds.length > 3);
  for (const id of usedIds) assert.deepEqual([store.isUsed(id), store.placeOf(id)], [true, undefined]);
  for (let height = BASE + 1; height <= HEAD; height += 1) {
    applyOn(store, made[height - 1] as MadeBlock, parentAt(made, height - 1));
    store.close();
    store = openStateStore(path, genesis);
  }
  assert.deepEqual(store.root, whole.root);
  assert.equal(store.headHash, whole.headHash);
  for (const step of store.verify(true)) assert.equal(step, undefined);
  for (const height of [BASE, HEAD]) assert.deepEqual(store.header(height), whole.header(height));
  assert.equal(store.header(BASE - 1), undefined);
  for (const { block } of made.slice(BASE - 1)) {
    for (const one of block.transactions)
      assert.deepEqual(store.placeOf(transactionId(one)), whole.placeOf(transactionId(one)));
    const proof = proveState(store, Buffer.from(block.header.stateRoot, 'hex'), 'person/nobody', undefined);
    assert.ok(verifyState(block.header.stateRoot, proof));
  }
  store.close();
  whole.close();
});

for (const [words, change] of [
  ['an entry too few', (rows: StateRow[]) => rows.slice(1)],
  ['an entry too many', (rows: StateRow[]) => [...rows, { key: 'person/none', value: Buffer.from('1') }]],
  ['a changed value', ([first, ...others]: StateRow[]) => [{ key: first!.key, value: Buffer.from('1') }, ...others]],
  ['no entries', () => []],
] as const) {
  test(`J3 with ${words} nothing is imported, and the file is none`, async () => {
    const { path, whole, run } = await begin(change);
    assert.throws(run, /do not give the root/);
    const store = openStateStore(path, genesis);
    assert.equal(store.height, 0);
    store.close();
    whole.close();
  });
}

test('J8 two states become one when they are the same, and not before', async () => {
  const { folder, path, whole, made, run } = await begin();
  run();
  const older = openStateStore(join(folder, 'older.db'), genesis);
  const joined = joinStates(openStateStore(path, genesis), older);
  let parent: BlockParent = { height: 0, hash: older.headHash, time: genesis.createdAt };
  const idOf = (height: number): TransactionId => transactionId((made[height - 1] as MadeBlock).block.transactions[0]!);
  for (const one of made.slice(0, BASE)) {
    assert.throws(() => joined.exchange(), /not the same/);
    const { height } = one.block.header;
    if (height < BASE) assert.deepEqual([joined.header(height), joined.placeOf(idOf(height))], [undefined, undefined]);
    applyOn(older, one, parent);
    parent = parentOf(one.block.header);
    assert.deepEqual(joined.header(height), whole.header(height));
    assert.deepEqual(joined.placeOf(idOf(height)), whole.placeOf(idOf(height)));
    const proof = proveState(
      joined.nodesOf(height),
      Buffer.from(one.block.header.stateRoot, 'hex'),
      'person/nobody',
      undefined,
    );
    assert.ok(verifyState(one.block.header.stateRoot, proof));
  }
  applyOn(joined, made[BASE] as MadeBlock, parent);
  assert.throws(() => joined.exchange(), /not the same/);
  applyOn(older, made[BASE] as MadeBlock, parent);
  joined.exchange();
  assert.throws(() => joined.exchange(), /not the same/);
  assert.equal(joined.base, 1);
  for (let height = BASE + 2; height <= HEAD; height += 1)
    applyOn(joined, made[height - 1] as MadeBlock, parentAt(made, height - 1));
  assert.deepEqual([joined.root, joined.headHash, older.height], [whole.root, whole.headHash, HEAD]);
  joined.close();
  whole.close();
});

test('a row of an imported state that has rotted is found', async () => {
  const { path, whole, run } = await begin();
  run();
  const store = openStateStore(path, genesis);
  store.database.exec("UPDATE meta SET value = '8' WHERE name = 'base'");
  store.close();
  assert.throws(() => openStateStore(path, genesis), StateDamaged);
  whole.close();
});
