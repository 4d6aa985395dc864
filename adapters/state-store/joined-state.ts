// The state of a member that has joined by a snapshot: the facts are those of the imported state, what is older comes from a second one
// that is made from the blocks meanwhile. Once both are of one height, that one alone is the state.
import type { NodeReader } from '@clearchart/ledger';
import type { SqliteStateStore } from './state-store.ts';

export interface JoinedState extends SqliteStateStore {
  /** For proofs under the root of this height; a root between the two states has none here. */
  nodesOf(height: number): NodeReader;
  /**
   * From now on the older state is the state, and the imported one is closed.
   * @throws Error unless both are the same state after the same block
   */
  exchange(): void;
}

export function joinStates(imported: SqliteStateStore, older: SqliteStateStore): JoinedState {
  let now = imported;
  const of = (height: number): SqliteStateStore => (height >= now.base ? now : older);
  return {
    get database() {
      return now.database;
    },
    get base() {
      return now.base;
    },
    get root() {
      return now.root;
    },
    get height() {
      return now.height;
    },
    get headHash() {
      return now.headHash;
    },
    get transactionCount() {
      return now.transactionCount;
    },
    node: (hash) => now.node(hash),
    nodesOf: (height) => of(height),
    get: (key) => now.get(key),
    entriesOf: (prefix, most) => now.entriesOf(prefix, most),
    entries: () => now.entries(),
    isUsed: (id) => now.isUsed(id),
    placeOf: (id) => now.placeOf(id) ?? older.placeOf(id),
    header: (height) => of(height).header(height),
    headerBytes: (height) => of(height).headerBytes(height),
    transactionsAt: (height) => of(height).transactionsAt(height),
    rootAt: (height) => of(height).rootAt(height),
    memberChanges: () => now.memberChanges(),
    verify: (withStructure) => now.verify(withStructure),
    commit: (block, changes) => now.commit(block, changes),
    exchange() {
      const isSame = now.height === older.height && now.headHash === older.headHash;
      if (now !== imported || !isSame) throw new Error('the two states are not the same');
      now = older;
      imported.close();
    },
    close() {
      if (now !== older) now.close();
      older.close();
    },
  };
}
