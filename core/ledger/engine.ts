/** What an engine does for the node: take transactions, put them in order, say how final they are. */
import type { Block } from './block.ts';
import type { Header } from './header.ts';
import type { TransactionId } from './identifiers.ts';
import type { MemberSet } from './member-set.ts';
import type { Rejection } from './rejection.ts';
import type { StateChanges, StateReader } from './state.ts';
import type { Transaction } from './transaction.ts';

/** Three honest words: waiting, in a block, and never to change again. */
export type Finality = 'pending' | 'included' | 'final';

export interface Submission {
  readonly transactionId: TransactionId;
  /** The earliest block it can be in. */
  readonly block: number;
}

export interface TransactionPlace {
  readonly height: number;
  readonly position: number;
}

/** A block that has become final, with the ids of its transactions in order. */
export interface FinalBlock {
  readonly block: Block;
  readonly hash: string;
  readonly ids: readonly TransactionId[];
}

export interface EngineStatus {
  readonly height: number;
  readonly finalHeight: number;
  readonly headHash: string;
  /** At `finalHeight`. */
  readonly stateRoot: string;
  readonly pending: number;
}

/** A transaction that had been admitted and no longer fits; its rejection says why. */
export class TransactionDropped extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(`The transaction was dropped: ${rejection.code}`);
    this.name = 'TransactionDropped';
    this.rejection = rejection;
  }
}

/** It was not this member's turn, or it makes no blocks now. */
export class NoBlockInTime extends Error {
  constructor(withinMs: number) {
    super(`No block was made here within ${withinMs} ms`);
    this.name = 'NoBlockInTime';
  }
}

export interface Engine {
  submit(transaction: Transaction): Promise<Rejection | Submission>;
  status(): EngineStatus;
  pending(): readonly Transaction[];
  /** One that waits, or stands in a block that is not final. */
  unsettled(id: TransactionId): Transaction | undefined;
  finality(id: TransactionId): Finality | undefined;
  /** Where a transaction stands; undefined while it waits or when it is not known. */
  placeOf(id: TransactionId): TransactionPlace | undefined;
  /** Resolves to `final`, or to how far it came within the time. @throws TransactionDropped */
  whenFinal(id: TransactionId, timeoutMs: number): Promise<Finality | undefined>;
  /** Makes the next block as soon as this member may, empty when nothing waits. @throws NoBlockInTime */
  mine(): Promise<Block>;
  onFinal(listener: (final: FinalBlock) => void): () => void;
  close(): Promise<void>;
}

/** Blocks by height on disk. */
export interface BlockStore {
  readonly height: number;
  /** Durable when resolved. */
  append(height: number, bytes: Uint8Array): Promise<void>;
  read(height: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

export interface CommittedBlock {
  readonly header: Header;
  readonly hash: string;
  readonly ids: readonly TransactionId[];
}

/** A block that changed `members`, and what it left there. */
export interface MembersWritten {
  readonly height: number;
  readonly set: MemberSet;
}

/** The state at the head, on disk; one atomic durable step a block. */
export interface StateStore extends StateReader {
  readonly height: number;
  readonly headHash: string;
  commit(block: CommittedBlock, changes: StateChanges): void;
  header(height: number): Header | undefined;
  placeOf(id: TransactionId): TransactionPlace | undefined;
  /** Every one since the genesis file, lowest first. */
  memberChanges(): readonly MembersWritten[];
  close(): void;
}
