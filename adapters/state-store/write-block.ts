// What one block writes, inside the caller's database transaction.
import { fromHex, toHex } from '@clearchart/crypto';
import { type CommittedBlock, MEMBERS_KEY, type StateChanges, encodeCanonical } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { checkedRow } from './checked-rows.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { PlacedTree, TreeNodes } from './tree-nodes.ts';

/** @param transactionCount With those of this block. */
export function writeBlock(
  database: DatabaseSync,
  tree: TreeNodes,
  { header, hash, ids }: CommittedBlock,
  changes: StateChanges,
  transactionCount: number,
): PlacedTree {
  const placed = writeState(database, tree, changes);
  const row = checkedRow('blocks', header.height, fromHex(hash), ids.length, encodeCanonical(header));
  database.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?, ?)').run(...row);
  const members = changes.entries.get(MEMBERS_KEY);
  if (members !== undefined) {
    const insert = database.prepare('INSERT INTO member_changes VALUES (?, ?, ?)');
    insert.run(...checkedRow('member_changes', header.height, members));
  }
  const insert = database.prepare('INSERT INTO transactions VALUES (?, ?, ?, ?)');
  for (const [position, id] of ids.entries()) {
    insert.run(...checkedRow('transactions', fromHex(id), header.height, position));
  }
  writeMeta(database, { height: String(header.height), head: hash, transactions: String(transactionCount) });
  return placed;
}

/** The facts and the tree over them. */
export function writeState(database: DatabaseSync, tree: TreeNodes, changes: StateChanges): PlacedTree {
  const entries = writeEntries(database, changes.entries);
  const oldRoot = fromHex(readMeta(database, 'root'));
  const firstPage = Number(readMeta(database, 'next_page'));
  const placed = tree.place(changes.root, changes.nodes, oldRoot, firstPage);
  const insertPage = database.prepare('INSERT INTO node_pages VALUES (?, ?, ?)');
  for (const { page, nodes } of placed.pages) insertPage.run(...checkedRow('node_pages', page, nodes));
  const insertRoot = database.prepare('INSERT OR IGNORE INTO roots VALUES (?, ?, ?)');
  insertRoot.run(...checkedRow('roots', changes.root, placed.location));
  const nextPage = String(firstPage + placed.pages.length);
  writeMeta(database, { root: toHex(changes.root), next_page: nextPage, entries: String(entries) });
  return placed;
}

/** @returns how many there are now. */
function writeEntries(database: DatabaseSync, changed: StateChanges['entries']): number {
  const insert = database.prepare('INSERT OR IGNORE INTO entries VALUES (?, ?, ?)');
  const update = database.prepare('UPDATE entries SET value = ?, checksum = ? WHERE key = ?');
  const remove = database.prepare('DELETE FROM entries WHERE key = ?');
  let count = Number(readMeta(database, 'entries'));
  for (const [key, value] of changed) {
    if (value === undefined) {
      count -= Number(remove.run(key).changes);
      continue;
    }
    const row = checkedRow('entries', key, value);
    const isNew = Number(insert.run(...row).changes) === 1;
    if (isNew) count += 1;
    else update.run(value, row[2] as number, key);
  }
  return count;
}
