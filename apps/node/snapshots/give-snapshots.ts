/**
 * Gives the state at one height to members that join. The parts come from a copy of the entries in the order of the tree, made when
 * somebody asks, in small steps, while the ledger goes on; where a part must be divided, from the ledger's own tree, which keeps every root.
 */
import { fromHex, utf8 } from '@clearchart/crypto';
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type Block,
  childrenAt,
  encodeHeaders,
  encodeSnapshotAnswer,
  encodeStatePart,
  encodeUsedIds,
  type FinalityProof,
  type Hash,
  type Header,
  type MemberChange,
  type NodeReader,
  type OrganizationId,
  parseSnapshotQuestion,
  PART_BYTES,
  replayHour,
  type SnapshotOffer,
  type SnapshotQuestion,
  type StateRow,
  transactionId,
  type TransactionId,
  type TreePath,
  USED_IDS_AT_A_TIME,
  usedIdsBuckets,
} from '@clearchart/ledger';
import { OneByOne } from '../one-by-one.ts';
import {
  COPIED_AT_A_TIME,
  COPY_EVERY_MS,
  COPY_REST_MS,
  COPY_TIMES,
  COPY_UNUSED_MS,
  LEAST_REST_MS,
  MOST_WAITING,
  MOST_WAITING_OF_ONE,
} from './limits.ts';

/** Entries in the order of the tree, in a file that nobody else knows. */
export interface EntryFile {
  below(path: TreePath, mostBytes: number): readonly StateRow[] | undefined;
  add(rows: readonly StateRow[]): void;
  addUsedIds(hour: number, from: number, ids: readonly TransactionId[]): void;
  usedIds(hour: number, from: number, most: number): readonly TransactionId[];
  close(): void;
}

/** The state as of one moment, beside what is being written. */
export interface StateAtOnce {
  readonly height: number;
  readonly transactionCount: number;
  get(key: string): Uint8Array | undefined;
  entries(): Iterable<StateRow>;
  close(): void;
}

export interface SnapshotGiverPorts {
  readonly openState: () => StateAtOnce;
  /** A new, empty one; the one before is thrown away. */
  readonly newCopy: () => EntryFile;
  readonly dropCopy: () => void;
  /** Of the newest final state. */
  readonly transactionCount: () => number;
  /** Not while this node lacks older blocks itself. */
  readonly canGive: () => boolean;
  /** What leads to the block; undefined when it cannot be shown to be final yet. */
  readonly proofOf: (height: number) => { final: FinalityProof; memberChanges: readonly MemberChange[] } | undefined;
  readonly headers: (from: number, count: number) => readonly Header[];
  readonly block: (height: number) => Promise<Block | undefined>;
  /** The ledger's tree, with every root that it has had. */
  readonly nodes: NodeReader;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onFault: (fault: unknown) => void;
}

interface Copy {
  readonly file: EntryFile;
  readonly stateRoot: Hash;
  readonly offer: SnapshotOffer;
  /** Until then no other is made, milliseconds. */
  readonly goodUntil: number;
  usedAt: number;
}

const NOTHING = utf8('null');
const SOON = encodeSnapshotAnswer('soon');
/** The longest that a transaction is good for, milliseconds (L12). */
const LONGEST_VALID_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export class SnapshotGiver {
  readonly #ports: SnapshotGiverPorts;
  readonly #turns = new OneByOne();
  /** Questions that wait, by who asks. */
  readonly #waiting = new Map<OrganizationId, number>();
  #copy: Copy | undefined;
  #making: Promise<void> | undefined;
  #cancelLook: () => void = () => undefined;
  #isClosed = false;

  constructor(ports: SnapshotGiverPorts) {
    this.#ports = ports;
  }

  /** Undefined when the question is none about a snapshot. One is answered after the other, with rests between. */
  async answer(from: OrganizationId, bytes: Uint8Array): Promise<Uint8Array | undefined> {
    const question = parseSnapshotQuestion(bytes);
    if (question === undefined) return undefined;
    const waiting = this.#waiting.get(from) ?? 0;
    if (this.#isClosed || waiting >= MOST_WAITING_OF_ONE || this.#waiting.size >= MOST_WAITING) return SOON;
    this.#waiting.set(from, waiting + 1);
    return await new Promise((resolve, rejectWith) => {
      void this.#turns.run(async () => {
        const { clock } = this.#ports;
        const startedAt = clock.now();
        try {
          resolve(this.#answer(question));
        } catch (fault) {
          rejectWith(fault as Error);
        }
        this.#release(from);
        await this.#rest(Math.max(LEAST_REST_MS, clock.now() - startedAt));
      });
    });
  }

  #release(from: OrganizationId): void {
    const left = (this.#waiting.get(from) ?? 1) - 1;
    if (left === 0) this.#waiting.delete(from);
    else this.#waiting.set(from, left);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook();
    await this.#making;
    this.#drop();
  }

  #answer(question: SnapshotQuestion): Uint8Array {
    if (question.kind === 'headers') return encodeHeaders(this.#ports.headers(question.from, question.count));
    if (question.kind === 'snapshot') return this.#offer(question.atLeast);
    const copy = this.#copy;
    if (copy === undefined || copy.stateRoot !== question.stateRoot) return NOTHING;
    copy.usedAt = this.#ports.clock.now();
    return question.kind === 'state-part' ? this.#part(copy, question.path) : usedIdsOf(copy, question);
  }

  #part({ file, stateRoot }: Copy, path: TreePath): Uint8Array {
    const rows = file.below(path, PART_BYTES);
    if (rows !== undefined) return encodeStatePart({ rows });
    const children = childrenAt(this.#ports.nodes, fromHex(stateRoot), path);
    return children === undefined ? NOTHING : encodeStatePart(children);
  }

  #offer(atLeast: number): Uint8Array {
    const { canGive, clock, transactionCount } = this.#ports;
    if (!canGive() || transactionCount() < atLeast) return NOTHING;
    const copy = this.#copy;
    if (copy !== undefined && clock.now() < copy.goodUntil && copy.offer.transactions >= atLeast) {
      copy.usedAt = clock.now();
      return encodeSnapshotAnswer(copy.offer);
    }
    if (this.#making !== undefined) return SOON;
    const state = this.#ports.openState();
    const proof = this.#ports.proofOf(state.height);
    if (proof === undefined) {
      state.close();
      return state.height === 0 ? NOTHING : SOON;
    }
    this.#making = this.#make(state, { ...proof, transactions: state.transactionCount })
      .catch((fault: unknown) => {
        this.#drop();
        this.#ports.onFault(fault);
      })
      .finally(() => {
        state.close();
        this.#making = undefined;
      });
    return SOON;
  }

  async #make(state: StateAtOnce, offer: SnapshotOffer): Promise<void> {
    const { clock, newCopy } = this.#ports;
    const startedAt = clock.now();
    this.#drop();
    const file = newCopy();
    let isWhole = false;
    try {
      let batch: StateRow[] = [];
      for (const row of state.entries()) {
        if (batch.push(row) < COPIED_AT_A_TIME) continue;
        file.add(batch);
        batch = [];
        await this.#rest(COPY_REST_MS);
        if (this.#isClosed) return;
      }
      file.add(batch);
      await this.#copyUsedIds(file, state);
      isWhole = !this.#isClosed;
    } finally {
      if (!isWhole) file.close();
    }
    if (!isWhole) return;
    const now = clock.now();
    const goodUntil = now + Math.min(COPY_EVERY_MS, COPY_TIMES * (now - startedAt));
    this.#copy = { file, stateRoot: offer.final.header.stateRoot, offer, goodUntil, usedAt: now };
    this.#dropWhenUnused();
  }

  /** From the newest blocks: the state has their count and running hash alone. Within an hour, in the order of the ledger. */
  async #copyUsedIds(file: EntryFile, state: StateAtOnce): Promise<void> {
    const { block: blockAt, headers } = this.#ports;
    const buckets = usedIdsBuckets(state);
    const next = new Map(buckets.map(({ hour }) => [hour, 0]));
    const since = Math.min(...next.keys()) * HOUR_MS - LONGEST_VALID_MS;
    let first = state.height + 1;
    while (first > 1 && (headers(first - 1, 1)[0]?.time ?? 0) >= since) first -= 1;
    for (let height = first; height <= state.height && !this.#isClosed; height += 1) {
      const { transactions = [] } = (await blockAt(height)) ?? {};
      const byHour = Map.groupBy(transactions, ({ validUntil }) => replayHour(validUntil));
      for (const [hour, used] of byHour) {
        const from = next.get(hour);
        if (from === undefined) continue;
        file.addUsedIds(hour, from, used.map(transactionId));
        next.set(hour, from + used.length);
      }
      await this.#rest(LEAST_REST_MS);
    }
    for (const { hour, count } of buckets)
      if (next.get(hour) !== count && !this.#isClosed) throw new Error(`the used ids of hour ${hour} are not all here`);
  }

  #dropWhenUnused(): void {
    const copy = this.#copy;
    if (copy === undefined || this.#isClosed) return;
    const unusedFor = this.#ports.clock.now() - copy.usedAt;
    if (unusedFor >= COPY_UNUSED_MS) return this.#drop();
    this.#cancelLook();
    this.#cancelLook = this.#ports.timers.after(COPY_UNUSED_MS - unusedFor, () => {
      if (this.#copy === copy) this.#dropWhenUnused();
    });
  }

  #drop(): void {
    this.#copy?.file.close();
    this.#copy = undefined;
    this.#ports.dropCopy();
  }

  #rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#ports.timers.after(milliseconds, resolve));
  }
}

function usedIdsOf({ file }: Copy, question: { hour: number; from: number }): Uint8Array {
  return encodeUsedIds(file.usedIds(question.hour, question.from, USED_IDS_AT_A_TIME));
}
