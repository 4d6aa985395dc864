// The ledger's state in SQLite, one database transaction a block: facts, tree nodes and the indexes of blocks and
// transactions are all of the same height, always. Everything follows from the blocks, so the file can be built anew.
import { fromHex, fromUtf8, toHex } from '@clearchart/crypto';
import { chainIdOf, genesisState, isRejection, parseHeaderValue } from '@clearchart/ledger';
import type { Genesis, Header, StateRow, StateStore } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { CheckedTable, type Row, StateDamaged, assertRow, readingDamage } from './checked-rows.ts';
import { membersWritten } from './members-written.ts';
import { readBase, readMeta, writeMeta } from './meta.ts';
import { ReadTurn } from './read-turn.ts';
import { SCHEMA_VERSION, createTables, dropAll, openDatabase, openForReading, versionOf } from './schema.ts';
import type { Durability } from './schema.ts';
import { TreeNodes } from './tree-nodes.ts';
import { verifyRows } from './verify-rows.ts';
import { writeBlock, writeState } from './write-block.ts';

export interface SqliteStateStore extends StateStore {
  /** The lowest block whose header is here: 1, unless the state was imported. */
  readonly base: number;
  /** Number of transactions in the block; `undefined` where there is none. */
  transactionsAt(height: number): number | undefined;
  /** Canonical bytes of the block's header. */
  headerBytes(height: number): Uint8Array | undefined;
  /** State root at any height, the genesis state's at 0; its nodes can be read from there on. */
  rootAt(height: number): Uint8Array | undefined;
  readonly transactionCount: number;
  /** Entries whose keys begin so, in the order of their keys, at most so many. */
  entriesOf(prefix: string, most: number): readonly { readonly key: string; readonly value: Uint8Array }[];
  /** Every entry, in the order of the keys. Nothing may be written meanwhile. @throws StateDamaged */
  entries(): Generator<StateRow>;
  /**
   * Holds every row to its checksum, yielding after some each; on a store that is being written to only within one turn.
   * @param withStructure Also how the pages of the file hang together, which takes up to half a second in one go.
   * @throws StateDamaged
   */
  verify(withStructure: boolean): Generator<void>;
  /** For the full check alone. */
  readonly database: DatabaseSync;
}

export interface StateOptions {
  readonly durability?: Durability;
  /** Called at each reading of what is not what was written, before it throws `StateDamaged`. */
  readonly onDamage?: (damage: StateDamaged) => void;
}

/**
 * Opens or makes the state of this chain. A file of another schema is emptied and starts again from the genesis state; a
 * file of another chain is refused by throwing.
 * @throws StateDamaged
 */
export function openStateStore(path: string, genesis: Genesis, options: StateOptions = {}): SqliteStateStore {
  const database = readingDamage(() => openDatabase(path, options.durability ?? 'durable'));
  try {
    return readingDamage(() => {
      if (versionOf(database) !== SCHEMA_VERSION) begin(database, genesis);
      return storeOver(database, chainIdOf(genesis), options.onDamage);
    });
  } catch (fault) {
    database.close();
    throw fault;
  }
}

function begin(database: DatabaseSync, genesis: Genesis): void {
  inTransaction(database, () => {
    dropAll(database);
    createTables(database);
    const changes = genesisState(genesis);
    const empty = '00'.repeat(32);
    const chain = chainIdOf(genesis);
    writeMeta(database, {
      chain,
      height: '0',
      head: chain,
      root: empty,
      next_page: '1',
      transactions: '0',
      entries: '0',
    });
    writeState(database, new TreeNodes(database, fromHex(empty)), changes);
    writeMeta(database, { genesis_root: toHex(changes.root) });
  });
}

/** The state beside a node that may be running: nothing is written, and all of it is of one moment. @throws StateDamaged */
export function openStateForReading(path: string, genesis: Genesis): SqliteStateStore {
  const database = readingDamage(() => openForReading(path));
  try {
    return readingDamage(() => {
      if (versionOf(database) !== SCHEMA_VERSION)
        throw new Error('state.db has another schema; a start builds it anew');
      database.exec('BEGIN');
      return storeOver(database, chainIdOf(genesis));
    });
  } catch (fault) {
    database.close();
    throw fault;
  }
}

/** Read for nearly every transaction, and few: kept in memory until the next block. */
const HOT_KEYS = /^(members$|organization\/)/;
const HOT_ENTRIES = 1_000;

function storeOver(
  database: DatabaseSync,
  chainId: string,
  onDamage: (damage: StateDamaged) => void = () => undefined,
): SqliteStateStore {
  if (readMeta(database, 'chain') !== chainId)
    throw new Error('state.db belongs to another chain than the genesis file');
  const turn = new ReadTurn(database);
  const tree = new TreeNodes(database, fromHex(readMeta(database, 'root')));
  const entries = new CheckedTable(database, 'entries');
  const transactions = new CheckedTable(database, 'transactions');
  const blocks = new CheckedTable(database, 'blocks');
  const selectEntries = database.prepare('SELECT * FROM entries WHERE key >= ? AND key < ? ORDER BY key LIMIT ?');
  const selectAllEntries = database.prepare('SELECT * FROM entries ORDER BY key');
  const selectMembers = database.prepare('SELECT * FROM member_changes ORDER BY height');
  const base = readBase(database);
  let root = fromHex(readMeta(database, 'root'));
  let height = Number(readMeta(database, 'height'));
  let headHash = readMeta(database, 'head');
  let transactionCount = Number(readMeta(database, 'transactions'));

  const hot = new Map<string, Uint8Array>();
  function keepHot(key: string, value: Uint8Array): void {
    if (hot.size >= HOT_ENTRIES) hot.clear();
    hot.set(key, value);
  }

  /** Whoever reads damage stops, and the node with it. */
  function reading<Result>(act: () => Result): Result {
    turn.begin();
    try {
      return readingDamage(act);
    } catch (fault) {
      if (fault instanceof StateDamaged) onDamage(fault);
      throw fault;
    }
  }

  function blockRow(atHeight: number): Row | undefined {
    const row = blocks.get(atHeight);
    if (row === undefined && atHeight >= base && atHeight <= height)
      throw new StateDamaged(`state.db blocks: block ${atHeight} is not there`);
    return row;
  }

  function headerOf(atHeight: number): Header | undefined {
    const header = blockRow(atHeight)?.['header'];
    if (!(header instanceof Uint8Array)) return undefined;
    const parsed = parseHeaderValue(JSON.parse(fromUtf8(header)));
    if (isRejection(parsed)) throw new StateDamaged(`state.db blocks: the header of block ${atHeight} does not read`);
    return parsed;
  }

  function entry(key: string): Uint8Array | undefined {
    const kept = hot.get(key);
    if (kept !== undefined) return kept;
    const value = entries.get(key)?.['value'];
    if (!(value instanceof Uint8Array)) return undefined;
    if (HOT_KEYS.test(key)) keepHot(key, value);
    return value;
  }

  return {
    database,
    base,
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
    node: (hash) => reading(() => tree.find(hash)),
    get: (key) => reading(() => entry(key)),
    entriesOf: (prefix, most) =>
      reading(() =>
        selectEntries.all(prefix, `${prefix}\u{10ffff}`, most).map((row) => {
          assertRow('entries', row);
          return { key: String(row['key']), value: row['value'] as Uint8Array };
        }),
      ),
    *entries() {
      for (const row of readingDamage(() => selectAllEntries.iterate())) {
        assertRow('entries', row);
        yield { key: String(row['key']), value: row['value'] as Uint8Array };
      }
    },
    isUsed: (id) => reading(() => transactions.get(fromHex(id)) !== undefined),
    header: (atHeight) => reading(() => headerOf(atHeight)),
    headerBytes: (atHeight) => reading(() => blockRow(atHeight)?.['header'] as Uint8Array | undefined),
    transactionsAt: (atHeight) => reading(() => blockRow(atHeight)?.['transactions'] as number | undefined),
    placeOf: (id) =>
      reading(() => {
        const row = transactions.get(fromHex(id));
        // Height 0 in an imported state: used, in a block that is not known here.
        if (row === undefined || row['height'] === 0) return undefined;
        return { height: Number(row['height']), position: Number(row['position']) };
      }),
    memberChanges: () => reading(() => selectMembers.all().map(membersWritten)),
    rootAt: (atHeight) =>
      reading(() => {
        if (atHeight === 0) return fromHex(readMeta(database, 'genesis_root'));
        const header = headerOf(atHeight);
        return header === undefined ? undefined : fromHex(header.stateRoot);
      }),
    verify: (withStructure) => verifyRows(database, withStructure),
    commit(block, changes) {
      const { header, hash, ids } = block;
      if (header.height !== height + 1) throw new Error(`Block ${header.height} does not follow state ${height}`);
      const count = transactionCount + ids.length;
      turn.end();
      const placed = reading(() => inTransaction(database, () => writeBlock(database, tree, block, changes, count)));
      tree.remember(placed);
      hot.clear();
      root = changes.root;
      height = header.height;
      headHash = hash;
      transactionCount = count;
    },
    close() {
      turn.end();
      database.close();
    },
  };
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
