// The state store's promise, and its freedom: a commit happens wholly or not at all, is durable when it returns, and a crash
// right after it may keep the caller from ever hearing of it.
import { toHex } from '@clearchart/crypto';
import {
  type CommittedBlock,
  type Genesis,
  type Header,
  type StateChanges,
  type StateNode,
  type StateStore,
  type TransactionId,
  type TransactionPlace,
  MEMBERS_KEY,
  type MembersWritten,
  type MemberSet,
  chainIdOf,
  decodeValue,
  genesisState,
} from '@clearchart/ledger';
import type { Power } from './power.ts';

/** What lies in the file: it outlives the process. */
export class StateFile {
  root: Uint8Array = new Uint8Array(32);
  headHash: string;
  readonly headers: Header[] = [];
  readonly entries = new Map<string, Uint8Array>();
  readonly nodes = new Map<string, StateNode>();
  readonly used = new Set<string>();
  readonly places = new Map<TransactionId, TransactionPlace>();
  readonly memberChanges: MembersWritten[] = [];

  constructor(genesis: Genesis) {
    this.headHash = chainIdOf(genesis);
    this.#apply(genesisState(genesis));
  }

  /** As it is now, for a machine that is set back to it later. */
  copy(genesis: Genesis): StateFile {
    const copy = new StateFile(genesis);
    copy.root = this.root;
    copy.headHash = this.headHash;
    copy.headers.push(...this.headers);
    copy.entries.clear();
    for (const [key, value] of this.entries) copy.entries.set(key, value);
    for (const [name, node] of this.nodes) copy.nodes.set(name, node);
    for (const id of this.used) copy.used.add(id);
    for (const [id, place] of this.places) copy.places.set(id, place);
    copy.memberChanges.push(...this.memberChanges);
    return copy;
  }

  commit({ header, hash, ids }: CommittedBlock, changes: StateChanges): void {
    this.#apply(changes);
    this.headHash = hash;
    this.headers.push(header);
    const members = changes.entries.get(MEMBERS_KEY);
    if (members !== undefined)
      this.memberChanges.push({ height: header.height, set: decodeValue(members) as MemberSet });
    for (const [position, id] of ids.entries()) this.places.set(id, { height: header.height, position });
  }

  #apply(changes: StateChanges): void {
    this.root = changes.root;
    for (const [key, value] of changes.entries) {
      if (value === undefined) this.entries.delete(key);
      else this.entries.set(key, value);
    }
    for (const [name, node] of changes.nodes) this.nodes.set(name, node);
    for (const id of changes.usedIds) this.used.add(id);
  }
}

/** A process's hold on the file. */
export function openSimulatedState(file: StateFile, power?: Power): StateStore {
  const store: StateStore = {
    get root() {
      return file.root;
    },
    get height() {
      return file.headers.length;
    },
    get headHash() {
      return file.headHash;
    },
    get: (key) => file.entries.get(key),
    isUsed: (id) => file.used.has(id),
    node: (hash) => file.nodes.get(toHex(hash)),
    header: (height) => file.headers[height - 1],
    placeOf: (id) => file.places.get(id),
    memberChanges: () => [...file.memberChanges],
    commit(block, changes) {
      if (power === undefined) file.commit(block, changes);
      else power.step(() => file.commit(block, changes));
    },
    close: () => undefined,
  };
  return store;
}
