// A state begun from the entries of one block instead of from the blocks: how a member that joins takes part before it has the history.
import { equalBytes, fromHex, sha256, toHex } from '@clearchart/crypto';
import {
  type CommittedBlock,
  EMPTY_ROOT,
  type Genesis,
  type MembersWritten,
  type StateRow,
  type TransactionId,
  chainIdOf,
  encodeCanonical,
  keyHashOf,
  updateTree,
} from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { checkedRow } from './checked-rows.ts';
import { writeMeta } from './meta.ts';
import { createTables, openDatabase } from './schema.ts';
import { TreeNodes } from './tree-nodes.ts';
import { writeState } from './write-block.ts';

export interface StateImport {
  readonly genesis: Genesis;
  /** The block after which the state is this, with the ids of its own transactions. */
  readonly block: CommittedBlock;
  /** In the order of the tree. */
  readonly rows: Iterable<StateRow>;
  /** Ids that may not be used again, this block's left out. Where they lie is not known. */
  readonly usedIds: readonly TransactionId[];
  readonly memberChanges: readonly MembersWritten[];
}

const ROWS_AT_A_TIME = 2_000;

/**
 * Makes the file, yielding after some rows each; it is whole when this ends, and worth nothing before.
 * @throws Error when the entries do not give the root in the block's header: whoever fetched them has not looked
 */
export function* importState(path: string, snapshot: StateImport): Generator<void> {
  const database = openDatabase(path, 'durable');
  try {
    yield* fill(database, snapshot);
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.close();
  }
}

function* fill(database: DatabaseSync, { genesis, block, rows, usedIds, memberChanges }: StateImport): Generator<void> {
  const { header, hash, ids } = block;
  database.exec('BEGIN IMMEDIATE');
  createTables(database);
  const none = toHex(EMPTY_ROOT);
  writeMeta(database, { chain: chainIdOf(genesis), root: none, next_page: '1', entries: '0' });
  const tree = new TreeNodes(database, EMPTY_ROOT);
  let root = EMPTY_ROOT;
  let batch: StateRow[] = [];
  const write = (): void => {
    const leaves = batch.map(({ key, value }) => ({ keyHash: keyHashOf(key), valueHash: sha256(value) }));
    const changed = updateTree({ node: (one) => tree.find(one) }, root, leaves);
    const entries = new Map(batch.map(({ key, value }) => [key, value]));
    tree.remember(writeState(database, tree, { ...changed, entries, usedIds: [] }));
    root = changed.root;
    batch = [];
  };
  for (const row of rows) {
    if (batch.push(row) < ROWS_AT_A_TIME) continue;
    write();
    yield;
  }
  write();
  if (!equalBytes(root, fromHex(header.stateRoot))) throw new Error('the entries do not give the root of the block');
  const insertId = database.prepare('INSERT INTO transactions VALUES (?, ?, ?, ?)');
  // Height 0: used, and nothing more is known of it here.
  for (const id of usedIds) insertId.run(...checkedRow('transactions', fromHex(id), 0, 0));
  for (const [position, id] of ids.entries()) {
    insertId.run(...checkedRow('transactions', fromHex(id), header.height, position));
  }
  const insertMembers = database.prepare('INSERT INTO member_changes VALUES (?, ?, ?)');
  for (const { height, set } of memberChanges) {
    insertMembers.run(...checkedRow('member_changes', height, encodeCanonical(set)));
  }
  const row = checkedRow('blocks', header.height, fromHex(hash), ids.length, encodeCanonical(header));
  database.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?, ?)').run(...row);
  writeMeta(database, {
    height: String(header.height),
    base: String(header.height),
    head: hash,
    transactions: String(usedIds.length + ids.length),
  });
  database.exec('COMMIT');
}
