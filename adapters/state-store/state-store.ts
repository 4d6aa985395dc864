// The ledger's state in SQLite, one database transaction a block: facts, tree nodes and the indexes of blocks and
// transactions are all of the same height, always. Everything follows from the blocks, so the file can be built anew.
import { fromHex, fromUtf8, toHex } from '@clearchart/crypto';
import {
  chainIdOf,
  decodeValue,
  encodeCanonical,
  genesisState,
  isMemberSet,
  isRejection,
  MEMBERS_KEY,
  parseHeaderValue,
} from '@clearchart/ledger';
import type { Genesis, Header, MembersWritten, StateChanges, StateStore } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { pageChecksum } from './node-page.ts';
import { SCHEMA_VERSION, createTables, openDatabase, openForReading, versionOf } from './schema.ts';
import type { Durability } from './schema.ts';
import { type PlacedTree, TreeNodes } from './tree-nodes.ts';

export interface SqliteStateStore extends StateStore {
  /** Number of transactions in the block; `undefined` where there is none. */
  transactionsAt(height: number): number | undefined;
  /** State root at any height, the genesis state's at 0; its nodes can be read from there on. */
  rootAt(height: number): Uint8Array | undefined;
  readonly transactionCount: number;
  /** Entries whose keys begin so, in the order of their keys, at most so many. */
  entriesOf(prefix: string, most: number): readonly { readonly key: string; readonly value: Uint8Array }[];
  /** For the full check alone. */
  readonly database: DatabaseSync;
}

/**
 * Opens or makes the state of this chain. A file of another schema is emptied and starts again from the genesis state; a
 * file of another chain is refused by throwing.
 */
export function openStateStore(path: string, genesis: Genesis, durability: Durability = 'durable'): SqliteStateStore {
  const database = openDatabase(path, durability);
  const version = versionOf(database);
  if (version !== SCHEMA_VERSION) {
    inTransaction(database, () => {
      dropAll(database);
      createTables(database);
      const changes = genesisState(genesis);
      const insert = database.prepare('INSERT INTO meta VALUES (?, ?)');
      const empty = '00'.repeat(32);
      const facts = {
        chain: chainIdOf(genesis),
        height: '0',
        head: chainIdOf(genesis),
        root: empty,
        genesis_root: empty,
      };
      for (const [name, value] of Object.entries({ ...facts, next_page: '1', transactions: '0' }))
        insert.run(name, value);
      writeState(database, new TreeNodes(database, fromHex(empty)), changes);
      database.prepare("UPDATE meta SET value = ? WHERE name = 'genesis_root'").run(toHex(changes.root));
    });
  }
  return storeOver(database, chainIdOf(genesis));
}

/** The state beside a node that may be running: nothing is written, and all of it is of one moment. */
export function openStateForReading(path: string, genesis: Genesis): SqliteStateStore {
  const database = openForReading(path);
  if (versionOf(database) !== SCHEMA_VERSION) throw new Error('state.db has another schema; a start builds it anew');
  database.exec('BEGIN');
  return storeOver(database, chainIdOf(genesis));
}

/** Read for nearly every transaction, and few: kept in memory until the next block. */
const HOT_KEYS = /^(members$|organization\/)/;
const HOT_ENTRIES = 1_000;

function storeOver(database: DatabaseSync, chainId: string): SqliteStateStore {
  if (readMeta(database, 'chain') !== chainId) {
    database.close();
    throw new Error('state.db belongs to another chain than the genesis file');
  }
  const tree = new TreeNodes(database, fromHex(readMeta(database, 'root')));
  const selectEntry = database.prepare('SELECT value FROM entries WHERE key = ?');
  const selectEntries = database.prepare(
    'SELECT key, value FROM entries WHERE key >= ? AND key < ? ORDER BY key LIMIT ?',
  );
  const selectPlace = database.prepare('SELECT height, position FROM transactions WHERE id = ?');
  const selectBlock = database.prepare('SELECT header, transactions FROM blocks WHERE height = ?');
  const insertBlock = database.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?)');
  const insertTransaction = database.prepare('INSERT INTO transactions VALUES (?, ?, ?)');
  const updateMeta = database.prepare('UPDATE meta SET value = ? WHERE name = ?');
  const insertMembers = database.prepare('INSERT INTO member_changes VALUES (?, ?)');
  const selectMembers = database.prepare('SELECT height, members FROM member_changes ORDER BY height');
  let root = fromHex(readMeta(database, 'root'));
  let height = Number(readMeta(database, 'height'));
  let headHash = readMeta(database, 'head');
  let transactionCount = Number(readMeta(database, 'transactions'));

  const hot = new Map<string, Uint8Array>();
  function keepHot(key: string, value: Uint8Array): void {
    if (hot.size >= HOT_ENTRIES) hot.clear();
    hot.set(key, value);
  }

  function headerOf(atHeight: number): Header | undefined {
    const header = selectBlock.get(atHeight)?.['header'];
    if (!(header instanceof Uint8Array)) return undefined;
    const parsed = parseHeaderValue(JSON.parse(fromUtf8(header)));
    if (isRejection(parsed)) throw new Error(`The header of block ${atHeight} in state.db is damaged`);
    return parsed;
  }

  return {
    database,
    get root() {
      return root;
    },
    get height() {
      return height;
    },
    get headHash() {
      return headHash;
    },
    get transactionCount() {
      return transactionCount;
    },
    node: (hash) => tree.find(hash),
    get(key) {
      const kept = hot.get(key);
      if (kept !== undefined) return kept;
      const value = selectEntry.get(key)?.['value'];
      if (!(value instanceof Uint8Array)) return undefined;
      if (HOT_KEYS.test(key)) keepHot(key, value);
      return value;
    },
    entriesOf: (prefix, most) =>
      selectEntries
        .all(prefix, `${prefix}\u{10ffff}`, most)
        .map((row) => ({ key: String(row['key']), value: row['value'] as Uint8Array })),
    isUsed: (id) => selectPlace.get(fromHex(id)) !== undefined,
    header: headerOf,
    transactionsAt: (atHeight) => numberOrNone(selectBlock.get(atHeight)?.['transactions']),
    placeOf(id) {
      const row = selectPlace.get(fromHex(id));
      return row === undefined ? undefined : { height: Number(row['height']), position: Number(row['position']) };
    },
    memberChanges: () => selectMembers.all().map(membersWritten),
    rootAt(atHeight) {
      if (atHeight === 0) return fromHex(readMeta(database, 'genesis_root'));
      const header = headerOf(atHeight);
      return header === undefined ? undefined : fromHex(header.stateRoot);
    },
    commit({ header, hash, ids }, changes) {
      if (header.height !== height + 1) throw new Error(`Block ${header.height} does not follow state ${height}`);
      const placed = inTransaction(database, () => {
        const written = writeState(database, tree, changes);
        insertBlock.run(header.height, fromHex(hash), ids.length, encodeCanonical(header));
        const members = changes.entries.get(MEMBERS_KEY);
        if (members !== undefined) insertMembers.run(header.height, members);
        for (const [position, id] of ids.entries()) insertTransaction.run(fromHex(id), header.height, position);
        updateMeta.run(String(header.height), 'height');
        updateMeta.run(hash, 'head');
        updateMeta.run(String(transactionCount + ids.length), 'transactions');
        return written;
      });
      tree.remember(placed);
      hot.clear();
      root = changes.root;
      height = header.height;
      headHash = hash;
      transactionCount += ids.length;
    },
    close: () => database.close(),
  };
}

function writeState(database: DatabaseSync, tree: TreeNodes, changes: StateChanges): PlacedTree {
  const putEntry = database.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?)');
  const deleteEntry = database.prepare('DELETE FROM entries WHERE key = ?');
  for (const [key, value] of changes.entries) value === undefined ? deleteEntry.run(key) : putEntry.run(key, value);

  const oldRoot = fromHex(readMeta(database, 'root'));
  const firstPage = Number(readMeta(database, 'next_page'));
  const placed = tree.place(changes.root, changes.nodes, oldRoot, firstPage);
  const insertPage = database.prepare('INSERT INTO node_pages VALUES (?, ?, ?)');
  for (const { page, nodes } of placed.pages) insertPage.run(page, nodes, pageChecksum(nodes));
  database.prepare('INSERT OR IGNORE INTO roots VALUES (?, ?)').run(changes.root, placed.location);
  const updateMeta = database.prepare('UPDATE meta SET value = ? WHERE name = ?');
  updateMeta.run(toHex(changes.root), 'root');
  updateMeta.run(String(firstPage + placed.pages.length), 'next_page');
  return placed;
}

function membersWritten({ height, members }: Record<string, unknown>): MembersWritten {
  const set = members instanceof Uint8Array ? decodeValue(members) : undefined;
  if (!isMemberSet(set)) throw new Error(`The members that block ${String(height)} left in state.db are damaged`);
  return { height: Number(height), set };
}

function readMeta(database: DatabaseSync, name: string): string {
  const value = database.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'];
  if (typeof value !== 'string') throw new Error(`state.db has no ${name}`);
  return value;
}

function dropAll(database: DatabaseSync): void {
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  for (const { name } of tables) database.exec(`DROP TABLE "${String(name)}"`);
}

function numberOrNone(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function inTransaction<Result>(database: DatabaseSync, act: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = act();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
