// A byte that rots anywhere in state.db is a fault and never an answer. The broken variants these catch: a table or a column left out
// of the checksum, a reading that does not look at it, a key that has rotted taken for one that was never there.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { after, test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import { MEMBERS_KEY, proveState, transactionId } from '@clearchart/ledger';
import { StateDamaged, openStateStore } from './index.ts';
import { type MadeBlock, createChain, genesis } from './test-chain.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'state-damage-'));
after(() => rmSync(folder, { recursive: true }));

const sound = join(folder, 'sound.db');
const BLOCKS = 12;
const made = fill();

function fill(): MadeBlock[] {
  const store = openStateStore(sound, genesis);
  const chain = createChain();
  const blocks: MadeBlock[] = [];
  for (let count = 0; count < BLOCKS; count += 1) {
    const block = chain.next(store, 1 + count * 4);
    store.commit(block.committed, block.changes);
    blocks.push(block);
  }
  store.close();
  return blocks;
}

function damaged(change: (database: DatabaseSync) => void): string {
  const path = join(folder, 'damaged.db');
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  copyFileSync(sound, path);
  const database = new DatabaseSync(path);
  change(database);
  database.close();
  return path;
}

/** Everything a node asks of it. */
function askAll(path: string): void {
  const store = openStateStore(path, genesis);
  try {
    for (const { block, committed, changes } of made) {
      const { height } = block.header;
      assert.equal(store.header(height)?.stateRoot, block.header.stateRoot);
      assert.equal(toHex(store.rootAt(height) ?? new Uint8Array()), block.header.stateRoot);
      assert.equal(store.transactionsAt(height), block.transactions.length);
      for (const [position, one] of block.transactions.entries()) {
        assert.deepEqual(store.placeOf(transactionId(one)), { height, position });
        assert.ok(store.isUsed(transactionId(one)));
      }
      for (const key of changes.entries.keys()) assert.equal(store.get(key) === undefined, isGone(key));
      proveState(store, changes.root, MEMBERS_KEY, undefined);
      assert.equal(committed.hash.length, 64);
    }
    assert.equal(store.memberChanges().length, 2);
    for (const { key, value } of store.entriesOf('', 10_000)) assert.deepEqual(value, newest(key));
  } finally {
    store.close();
  }
}

const newest = (key: string): Uint8Array | undefined =>
  made.findLast(({ changes }) => changes.entries.has(key))?.changes.entries.get(key) ?? atGenesis(key);
const isGone = (key: string): boolean => newest(key) === undefined;

/** As the genesis state has it. */
function atGenesis(key: string): Uint8Array | undefined {
  const store = openStateStore(':memory:', genesis);
  const value = store.get(key);
  store.close();
  return value;
}

function verifyAll(path: string): void {
  const store = openStateStore(path, genesis);
  try {
    for (const _ of store.verify(true)) continue;
  } finally {
    store.close();
  }
}

/** Read at a start and kept in memory, or never read by itself. */
const NOT_ASKED: ReadonlySet<string> = new Set(['meta']);

test('an undamaged state answers and is verified', () => {
  const path = damaged(() => undefined);
  askAll(path);
  verifyAll(path);
});

test('a bit flipped in any column of any row is found when all is verified, and never answered from', () => {
  const database = new DatabaseSync(sound, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  let flips = 0;
  for (const { name: table } of tables.map((row) => ({ name: String(row['name']) }))) {
    const columns = database.prepare(`PRAGMA table_info(${table})`).all();
    const key = String(columns.find(({ pk }) => pk === 1)?.['name']);
    const rows = database.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).all();
    for (const at of new Set([0, Math.floor(rows.length / 2), rows.length - 1])) {
      for (const { name } of columns.map((column) => ({ name: String(column['name']) }))) {
        const row = rows[at] ?? {};
        const path = damaged((one) => {
          const change = one.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${key} = ?`);
          change.run(flipped(row[name]), row[key] as SQLInputValue);
        });
        flips += 1;
        assert.throws(() => verifyAll(path), StateDamaged, `${table} ${name}`);
        if (NOT_ASKED.has(table)) continue;
        assert.throws(() => askAll(path), StateDamaged, `${table} ${name} is answered from`);
      }
    }
  }
  database.close();
  assert.ok(flips > 50, String(flips));
});

test('a row taken out of any table that has a number of rows is found when all is verified', () => {
  for (const [table, key] of [
    ['entries', 'key'],
    ['node_pages', 'page'],
    ['blocks', 'height'],
    ['transactions', 'id'],
  ]) {
    const path = damaged((one) => {
      one.exec(`DELETE FROM ${table} WHERE ${key} = (SELECT max(${key}) FROM ${table})`);
    });
    assert.throws(() => verifyAll(path), StateDamaged, table);
  }
});

test('who opens the store is told of damage before it is thrown', () => {
  const path = damaged((one) => one.exec("UPDATE entries SET value = x'00' WHERE key = 'members'"));
  const told: string[] = [];
  const store = openStateStore(path, genesis, { onDamage: ({ message }) => told.push(message) });
  assert.throws(() => store.get(MEMBERS_KEY), StateDamaged);
  assert.deepEqual(told, ['state.db entries: a row is not what was written']);
  store.close();
});

test('a byte flipped anywhere in the file is found when all is verified, or changes nothing that is kept', () => {
  const whole = contentOf(sound);
  const { length } = readFileSync(sound);
  let found = 0;
  for (let sample = 0; sample < 400; sample += 1) {
    const offset = Math.floor(((sample + 0.37) / 400) * length);
    const path = damaged(() => undefined);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(offset) ^ (1 << (sample % 8)), offset);
    writeFileSync(path, bytes);
    try {
      verifyAll(path);
      // Another schema number begins anew: nothing is answered from what was there.
      const store = openStateStore(path, genesis);
      const isBegunAnew = store.height === 0;
      store.close();
      if (!isBegunAnew) assert.equal(contentOf(path), whole, `byte ${offset}`);
    } catch (fault) {
      assert.ok(fault instanceof StateDamaged, `byte ${offset}: ${String(fault)}`);
      found += 1;
    }
  }
  assert.ok(found > 200, String(found));
});

test('a file that is cut short or no database is called damaged, and one of another chain is not', () => {
  for (const bytes of [readFileSync(sound).subarray(0, 9_000), Buffer.alloc(8_192, 0x41)]) {
    const path = damaged(() => undefined);
    writeFileSync(path, bytes);
    assert.throws(() => verifyAll(path), StateDamaged);
  }
  const other = damaged(() => undefined);
  assert.throws(
    () => openStateStore(other, { ...genesis, createdAt: genesis.createdAt + 1 }),
    (fault: Error) => !(fault instanceof StateDamaged) && /another chain/.test(fault.message),
  );
});

/** Every row as text, as SQLite reads it. */
function contentOf(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = ['meta', 'entries', 'node_pages', 'roots', 'blocks', 'transactions', 'member_changes'];
  const rows = tables.flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all());
  database.close();
  const text = (value: unknown): string => (value instanceof Uint8Array ? toHex(value) : String(value));
  return rows.map((row) => Object.values(row).map(text).join('|')).join('\n');
}

function flipped(value: unknown): SQLInputValue {
  if (typeof value === 'number') return value + 256;
  if (typeof value === 'string') {
    const middle = Math.floor(value.length / 2);
    const code = value.charCodeAt(middle) ^ 1;
    return value.slice(0, middle) + String.fromCharCode(code) + value.slice(middle + 1);
  }
  const bytes = Uint8Array.from(value as Uint8Array);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
  return bytes;
}
