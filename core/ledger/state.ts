/**
 * The ledger's current facts: text keys, canonical JSON values, all under the state root; among them, for each hour that is not over, how
 * many ids that expire in it were used, and their running hash. The ids themselves lie in the store, outside the root. A block works on an
 * overlay and hands back what it changed.
 */
import { fromHex, fromUtf8, labelledHash, sha256, toHex, utf8 } from '@clearchart/crypto';
import { encodeCanonical } from './encoding.ts';
import type {
  AccessId,
  CategoryTag,
  Commitment,
  Hash,
  OrganizationId,
  Pseudonym,
  PublicKey,
  RecordId,
  TransactionId,
} from './identifiers.ts';
import type { MemberSet } from './member-set.ts';
import { type NodeReader, type StateNode, updateTree } from './state-tree.ts';

export interface OrganizationState {
  readonly name: string;
  readonly publicKey: PublicKey;
  /** Block time at which its key came into force among the members; left out while it has its first. */
  readonly rotatedAt?: number;
  /** It is no member any more and signs nothing. */
  readonly retired?: 1;
}
export interface PersonState {
  readonly organization: OrganizationId;
  readonly publicKey: PublicKey | null;
  readonly retired: 0 | 1;
}
export interface KeyReplacementState {
  readonly publicKey: PublicKey;
  /** Block time from which it may be completed, milliseconds. */
  readonly effectiveAt: number;
}
export interface CustodyState {
  /** The key that the home hospital keeps, or kept. */
  readonly publicKey: PublicKey;
  /** Height of the block that ended it; null while it lasts. */
  readonly endedAt: number | null;
}
export interface RecordState {
  readonly categoryTag: CategoryTag;
  readonly commitment: Commitment;
  readonly custodian: OrganizationId;
  readonly subject: Pseudonym | null;
}
export interface AccessState {
  readonly organization: OrganizationId;
  readonly patient: Pseudonym;
  readonly state: 'opened' | 'closed';
}
export interface AccessLogState {
  readonly count: number;
  readonly runningHash: Hash;
  /** Of the block with the last entry. */
  readonly height: number;
  readonly time: number;
}
export interface ReplayState {
  readonly count: number;
  readonly runningHash: Hash;
}

declare const valueType: unique symbol;
/** A state key that knows what its value looks like. */
export type StateKey<Value> = string & { readonly [valueType]: Value };

export const keyOf = <Value>(text: string): StateKey<Value> => text as StateKey<Value>;

export const MEMBERS_KEY: StateKey<MemberSet> = keyOf('members');
export const REPLAY_HOURS_KEY: StateKey<{ readonly hours: readonly number[] }> = keyOf('replay');
export const organizationKey = (id: OrganizationId): StateKey<OrganizationState> => keyOf(`organization/${id}`);
export const personKey = (pseudonym: Pseudonym): StateKey<PersonState> => keyOf(`person/${pseudonym}`);
export const keyReplacementKey = (pseudonym: Pseudonym): StateKey<KeyReplacementState> =>
  keyOf(`replacement/${pseudonym}`);
export const custodyKey = (pseudonym: Pseudonym): StateKey<CustodyState> => keyOf(`custody/${pseudonym}`);
export const recordKey = (record: RecordId, version: number): StateKey<RecordState> =>
  keyOf(`record/${record}/${version}`);
export const custodianKey = (record: RecordId): StateKey<{ readonly organization: OrganizationId }> =>
  keyOf(`custodian/${record}`);
export const accessKey = (access: AccessId): StateKey<AccessState> => keyOf(`access/${access}`);
export const accessLogKey = (pseudonym: Pseudonym): StateKey<AccessLogState> => keyOf(`accesses/${pseudonym}`);
export const completeKey = (organization: OrganizationId): StateKey<{ readonly time: number }> =>
  keyOf(`complete/${organization}`);
export const replayKey = (hour: number): StateKey<ReplayState> => keyOf(`replay/${hour}`);

export function keyHashOf(key: string): Uint8Array {
  return sha256(utf8(key));
}

const HOUR_MS = 3_600_000;

export function replayHour(validUntil: number): number {
  return Math.floor(validUntil / HOUR_MS);
}

/** What a store of the state answers, at one height. */
export interface StateReader extends NodeReader {
  readonly root: Uint8Array;
  /** Canonical JSON bytes. */
  get(key: string): Uint8Array | undefined;
  /**
   * Ids whose time is over need not be known: whoever comes with one is refused as expired before. A store that has them for the places of
   * its transactions keeps them; a state imported from a snapshot has those of the hours that are not over.
   */
  isUsed(id: TransactionId): boolean;
}

export interface StateChanges {
  readonly root: Uint8Array;
  /** Undefined takes the entry away. */
  readonly entries: ReadonlyMap<string, Uint8Array | undefined>;
  /** New nodes of the state tree by hex hash. */
  readonly nodes: ReadonlyMap<string, StateNode>;
  readonly usedIds: readonly TransactionId[];
}

/** Before the first id of an hour. */
export const NO_HASH = '0'.repeat(64) as Hash;

/** The running hash of an hour with one id more. */
export function nextUsedIdHash(before: Hash, id: TransactionId): Hash {
  return toHex(labelledHash('clearchart/used-id/v0', fromHex(before), fromHex(id))) as Hash;
}

export function decodeValue(bytes: Uint8Array): unknown {
  return JSON.parse(fromUtf8(bytes));
}

export class StateOverlay {
  readonly #reader: StateReader;
  /** Undefined: taken away. */
  readonly #written = new Map<string, unknown>();
  /** Decoded once: most transactions of a block ask for the same organization. */
  readonly #found = new Map<string, unknown>();
  readonly #used = new Map<TransactionId, number>();
  readonly #parent: StateOverlay | undefined;

  constructor(reader: StateReader, parent?: StateOverlay) {
    this.#reader = reader;
    this.#parent = parent;
  }

  read<Value>(key: StateKey<Value>): Value | undefined {
    if (this.#written.has(key)) return this.#written.get(key) as Value | undefined;
    return this.#parent === undefined ? this.readBefore(key) : this.#parent.read(key);
  }

  /** As it was before this block. */
  readBefore<Value>(key: StateKey<Value>): Value | undefined {
    if (this.#parent !== undefined) return this.#parent.readBefore(key);
    const found = this.#found.get(key);
    if (found !== undefined) return found as Value;
    const bytes = this.#reader.get(key);
    if (bytes === undefined) return undefined;
    const value = decodeValue(bytes) as Value;
    this.#found.set(key, value);
    return value;
  }

  write<Value>(key: StateKey<Value>, value: Value): void {
    this.#written.set(key, value);
  }

  remove<Value>(key: StateKey<Value>): void {
    this.#written.set(key, undefined);
  }

  isUsed(id: TransactionId): boolean {
    if (this.#used.has(id)) return true;
    return this.#parent === undefined ? this.#reader.isUsed(id) : this.#parent.isUsed(id);
  }

  use(hour: number, id: TransactionId): void {
    this.#used.set(id, hour);
  }

  /** A layer above this one: what is refused half-way leaves no trace. */
  layer(): StateOverlay {
    return new StateOverlay(this.#reader, this);
  }

  /** Takes over what a layer above has written. */
  absorb(layer: StateOverlay): void {
    for (const [key, value] of layer.#written) this.#written.set(key, value);
    for (const [id, hour] of layer.#used) this.#used.set(id, hour);
  }

  /**
   * What a block at this time changed. Used ids enter the running hash of their hour; the hours that are
   * over are dropped. A block without transactions changes nothing at all.
   */
  finish(time: number): StateChanges {
    if (this.#used.size > 0) this.#settleReplay(time);
    const entries = new Map<string, Uint8Array | undefined>();
    for (const [key, value] of this.#written) {
      entries.set(key, value === undefined ? undefined : encodeCanonical(value));
    }
    const leaves = [...entries].map(([key, value]) => ({
      keyHash: keyHashOf(key),
      valueHash: value === undefined ? undefined : sha256(value),
    }));
    const { root, nodes } = updateTree(this.#reader, this.#reader.root, leaves);
    return { root, entries, nodes, usedIds: [...this.#used.keys()] };
  }

  #settleReplay(time: number): void {
    const hours = new Set(this.read(REPLAY_HOURS_KEY)?.hours ?? []);
    for (const [id, hour] of this.#used) {
      const before = this.read(replayKey(hour)) ?? { count: 0, runningHash: NO_HASH };
      const runningHash = nextUsedIdHash(before.runningHash, id);
      this.write(replayKey(hour), { count: before.count + 1, runningHash });
      hours.add(hour);
    }
    const current = replayHour(time);
    for (const hour of hours) {
      if (hour >= current) continue;
      hours.delete(hour);
      this.remove(replayKey(hour));
    }
    this.write(REPLAY_HOURS_KEY, { hours: [...hours].sort((left, right) => left - right) });
  }
}
