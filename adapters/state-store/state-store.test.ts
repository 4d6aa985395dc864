import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import {
  EMPTY_ROOT,
  type Hash,
  MEMBERS_KEY,
  type StateNode,
  type StateReader,
  type TransactionId,
  applyBlock,
  genesisMembers,
  genesisState,
  memberSetHash,
  proveState,
  transactionId,
  verifyState,
} from '@clearchart/ledger';
import {
  type SqliteStateStore,
  StateDamaged,
  type StateFault,
  checkState,
  openStateForReading,
  openStateStore,
} from './index.ts';
import {
  ACTIVATED_AT,
  DECIDED_AT,
  type MadeBlock,
  checkSignature,
  createChain,
  genesis,
} from './test-chain.fixture.ts';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'state-store-'));
  folders.push(folder);
  return join(folder, 'state.db');
}

async function filled(blocks: number): Promise<{ path: string; made: MadeBlock[] }> {
  const path = await newPath();
  const store = openStateStore(path, genesis);
  const chain = createChain();
  const made: MadeBlock[] = [];
  for (let count = 0; count < blocks; count += 1) {
    const block = chain.next(store, count % 5 === 4 ? 0 : 1 + count);
    store.commit(block.committed, block.changes);
    made.push(block);
  }
  store.close();
  return { path, made };
}

async function faultsOf(path: string, made: MadeBlock[]): Promise<StateFault[]> {
  const faults: StateFault[] = [];
  const check = checkState({
    path,
    genesis,
    async *blocks(to) {
      for (const { block, bytes } of made.slice(0, to)) yield { height: block.header.height, bytes };
    },
    check: async (block, state, parent) => applyBlock(block, state, parent, genesis, checkSignature),
  });
  for await (const fault of check) faults.push(fault);
  return faults;
}

/** The plainest state there is. */
class PlainState implements StateReader {
  root = EMPTY_ROOT;
  readonly entries = new Map<string, Uint8Array>();
  readonly nodes = new Map<string, StateNode>();
  readonly used = new Set<string>();
  get = (key: string) => this.entries.get(key);
  node = (hash: Uint8Array) => this.nodes.get(toHex(hash));
  isUsed = (id: string) => this.used.has(id);
  apply({ root, entries, nodes, usedIds }: MadeBlock['changes']): void {
    this.root = root;
    for (const [key, value] of entries) value === undefined ? this.entries.delete(key) : this.entries.set(key, value);
    for (const [name, node] of nodes) this.nodes.set(name, node);
    for (const id of usedIds) this.used.add(id);
  }
}

test('the store answers exactly as a plain map does, before and after a new start', async () => {
  const path = await newPath();
  const plain = new PlainState();
  plain.apply(genesisState(genesis));
  const chain = createChain();
  let store = openStateStore(path, genesis);
  for (let count = 0; count < 24; count += 1) {
    const made = chain.next(plain, 1 + (count % 7) * 5);
    const onStore = applyBlock(
      made.block,
      store,
      { height: store.height, hash: store.headHash, time: timeOf(store) },
      genesis,
      checkSignature,
    );
    assert.ok(!('code' in onStore));
    assert.deepEqual(onStore.root, made.changes.root);
    plain.apply(made.changes);
    store.commit(made.committed, onStore);
    if (count % 6 === 5) {
      store.close();
      store = openStateStore(path, genesis);
    }
    assert.deepEqual(store.root, plain.root);
    assert.equal(store.headHash, made.committed.hash);
    for (const [key, value] of plain.entries) assert.deepEqual(store.get(key), value);
    for (const [position, transaction] of made.block.transactions.entries()) {
      assert.deepEqual(store.placeOf(transactionId(transaction)), { height: count + 1, position });
    }
  }
  store.close();
});

function timeOf(store: SqliteStateStore): number {
  return store.header(store.height)?.time ?? genesis.createdAt;
}

test('any fact can be proved at any height, from a fresh start', async () => {
  const { path, made } = await filled(16);
  for (const { block } of made) {
    const store = openStateForReading(path, genesis);
    const root = store.rootAt(block.header.height);
    assert.ok(root);
    assert.equal(toHex(root), block.header.stateRoot);
    const changed = store.memberChanges().findLast(({ height }) => height <= block.header.height);
    const value = changed?.set ?? genesisMembers(genesis);
    assert.ok(verifyState(toHex(root) as Hash, proveState(store, root, MEMBERS_KEY, value)));
    assert.ok(verifyState(toHex(root) as Hash, proveState(store, root, 'person/nobody', undefined)));
    store.close();
  }
});

test('each block that changed the members is told with the set it left, from a fresh start', async () => {
  const { path, made } = await filled(7);
  const store = openStateForReading(path, genesis);
  const changes = store.memberChanges();
  store.close();
  assert.deepEqual(
    changes.map(({ height }) => height),
    [DECIDED_AT, ACTIVATED_AT],
  );
  for (const { height, set } of changes) {
    assert.equal(made[height]?.block.header.memberSetHash, memberSetHash(set));
  }
  assert.equal(changes[0]?.set.next?.decidedAt, DECIDED_AT);
  assert.equal(changes[1]?.set.next, undefined);
});

test('an id that was used stays used, also when its hour is over', async () => {
  const { path, made } = await filled(12);
  const store = openStateForReading(path, genesis);
  for (const { block } of made) {
    for (const transaction of block.transactions) {
      assert.ok(store.isUsed(transactionId(transaction)));
      assert.ok(!store.isUsed('00'.repeat(32) as TransactionId));
    }
  }
  store.close();
});

test('a file of another chain is refused, one of another schema is begun anew', async () => {
  const { path } = await filled(3);
  assert.throws(() => openStateStore(path, { ...genesis, createdAt: genesis.createdAt + 1 }), /another chain/);
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const store = openStateStore(path, genesis);
  assert.equal(store.height, 0);
  store.close();
});

test('the check is content with a sound state, while the node goes on writing', async () => {
  const { path, made } = await filled(10);
  const writer = openStateStore(path, genesis);
  assert.deepEqual(await faultsOf(path, made), []);
  writer.close();
});

test('a row changed, removed or added by hand in any table is found and named', async () => {
  const { path, made } = await filled(9);
  const tampered: [string, string][] = [
    [
      'entries',
      `UPDATE entries SET value = CAST(replace(CAST(value AS TEXT), '0', '1') AS BLOB) WHERE key = (SELECT key FROM entries WHERE key LIKE 'record/%' LIMIT 1)`,
    ],
    ['entries', `DELETE FROM entries WHERE key = (SELECT key FROM entries LIMIT 1 OFFSET 3)`],
    ['entries', `INSERT INTO entries VALUES ('person/added', x'7b7d', 1)`],
    ['node_pages', 'UPDATE node_pages SET nodes = zeroblob(length(nodes)) WHERE page = 2'],
    ['node_pages', `UPDATE node_pages SET checksum = checksum + 1 WHERE page = 2`],
    ['node_pages', 'DELETE FROM node_pages WHERE page = 2'],
    ['roots', 'UPDATE roots SET location = location + 1 WHERE root = (SELECT root FROM roots LIMIT 1)'],
    ['blocks', 'UPDATE blocks SET transactions = transactions + 1 WHERE height = 4'],
    ['blocks', `UPDATE blocks SET hash = x'00' WHERE height = 4`],
    [
      'blocks',
      `UPDATE blocks SET header = CAST(replace(CAST(header AS TEXT), '"height":5', '"height":6') AS BLOB) WHERE height = 5`,
    ],
    [
      'transactions',
      'UPDATE transactions SET position = position + 1 WHERE id = (SELECT id FROM transactions LIMIT 1)',
    ],
    ['transactions', 'DELETE FROM transactions WHERE id = (SELECT id FROM transactions LIMIT 1)'],
    ['member_changes', 'DELETE FROM member_changes WHERE height = 4'],
    ['member_changes', `UPDATE member_changes SET members = x'7b7d' WHERE height = 2`],
    ['member_changes', `INSERT INTO member_changes VALUES (3, x'7b7d', 1)`],
    ['meta', `UPDATE meta SET value = '7' WHERE name = 'next_page'`],
  ];
  for (const [table, statement] of tampered) {
    const copy = await newPath();
    const source = new DatabaseSync(path);
    source.exec(`VACUUM INTO '${copy}'`);
    source.close();
    const edited = new DatabaseSync(copy);
    assert.equal(edited.prepare(statement).run().changes, 1, statement);
    edited.close();
    const [fault] = await faultsOf(copy, made);
    assert.ok(fault?.where.startsWith(`state.db ${table} `), `${statement} → ${JSON.stringify(fault)}`);
  }
});

test('a state ahead of its blocks, or blocks that are invalid, are named', async () => {
  const { path, made } = await filled(6);
  const [short] = await faultsOf(path, made.slice(0, 5));
  assert.equal(short?.code, 'blocks-missing');
  assert.equal(short?.where, 'block 6');
  const [first, second] = made;
  assert.ok(first && second);
  const [swapped] = await faultsOf(path, [first, { ...second, bytes: first.bytes }, ...made.slice(2)]);
  assert.equal(swapped?.code, 'block-invalid');
  assert.equal(swapped?.where, 'block 2');
});

test('a damaged page of tree nodes is never built on', async () => {
  const { path } = await filled(6);
  const database = new DatabaseSync(path);
  database.exec('UPDATE node_pages SET nodes = zeroblob(length(nodes))');
  database.close();
  const store = openStateStore(path, genesis);
  assert.throws(() => proveState(store, store.root, MEMBERS_KEY, undefined), StateDamaged);
  store.close();
});
