// The paper's engine for one hospital: takes transactions, mines them into blocks when something waits, and says when they
// are final. A block is synced, then the state committed, and only then is anyone told. With one member that is final.
import {
  type Block,
  type BlockParent,
  type BlockStore,
  type Engine,
  type EngineStatus,
  type FinalBlock,
  type Finality,
  type Genesis,
  type Rejection,
  type StateStore,
  type Submission,
  type Transaction,
  type TransactionId,
  parentOf,
} from '@clearchart/ledger';
import { type SignatureVerifier, toHex } from '@clearchart/crypto';
import type { EngineClock } from './clock.ts';
import type { Draft } from './draft.ts';
import { DraftQueue } from './draft-queue.ts';
import { FinalityWaiters, TransactionDropped } from './finality-waiters.ts';
import { Intake } from './intake.ts';
import { LINGER_MS, REST_FACTOR, REST_LIMIT_MS, STALE_DRAFT_MS } from './limits.ts';
import { type MadeBlock, type Proposer, finishBlock, nonceSearchOf, proposeHeader } from './make-block.ts';
import { MEMPOOL_LIMITS, Mempool, type MempoolLimits } from './mempool.ts';
import type { Miner } from './miner.ts';
import { recover } from './recover.ts';
import { VerifiedSignatures } from './verified-signatures.ts';

export interface EngineOptions {
  readonly genesis: Genesis;
  readonly proposer: Proposer;
  readonly blocks: BlockStore;
  readonly state: StateStore;
  readonly miner: Miner;
  readonly verifier: SignatureVerifier;
  readonly clock: EngineClock;
  readonly mempoolLimits?: MempoolLimits;
  /** The engine has stopped for good: the disk failed, or a bug was found. Nothing unsaid was promised. */
  readonly onFault?: (error: Error) => void;
}

/** Brings the state in step with the blocks and starts. The caller closes the stores after the engine. */
export async function openProofOfWork(options: EngineOptions): Promise<Engine> {
  const signatures = new VerifiedSignatures(options.verifier);
  const head = await recover(options.blocks, options.state, options.genesis, signatures);
  return new ProofOfWork(options, signatures, head);
}

class ProofOfWork implements Engine {
  readonly #options: EngineOptions;
  readonly #mempool: Mempool;
  readonly #drafts: DraftQueue;
  readonly #intake: Intake;
  readonly #waiters: FinalityWaiters;
  readonly #listeners = new Set<(final: FinalBlock) => void>();
  #wishes: { resolve: (block: Block) => void; reject: (error: Error) => void }[] = [];
  #head: BlockParent;
  #cancelLinger: (() => void) | undefined;
  #making: Promise<void> | undefined;
  /** Clock time before which no block is begun that is neither full nor wished for. */
  #restUntil = 0;
  #stopped: Error | undefined;

  constructor(options: EngineOptions, signatures: VerifiedSignatures, head: BlockParent) {
    this.#options = options;
    this.#head = head;
    this.#mempool = new Mempool(options.mempoolLimits ?? MEMPOOL_LIMITS);
    this.#drafts = new DraftQueue(options.genesis, options.state, head, options.clock, signatures.check);
    this.#waiters = new FinalityWaiters(options.clock);
    this.#intake = new Intake(this.#mempool, this.#drafts, signatures, () => this.#wake());
  }

  submit(transaction: Transaction): Promise<Rejection | Submission> {
    return this.#intake.submit(transaction);
  }

  status(): EngineStatus {
    const { height, root } = this.#options.state;
    const pending = this.#mempool.size;
    return { height, finalHeight: height, headHash: this.#head.hash, stateRoot: toHex(root), pending };
  }

  pending(): readonly Transaction[] {
    return [...this.#mempool].map(({ transaction }) => transaction);
  }

  finality(id: TransactionId): Finality | undefined {
    if (this.#mempool.has(id)) return 'pending';
    return this.placeOf(id) === undefined ? undefined : 'final';
  }

  placeOf(id: TransactionId) {
    return this.#options.state.placeOf(id);
  }

  whenFinal(id: TransactionId, timeoutMs: number): Promise<Finality | undefined> {
    const finality = this.finality(id);
    if (finality !== 'pending') return Promise.resolve(finality);
    return this.#stopped === undefined ? this.#waiters.wait(id, timeoutMs) : Promise.reject(this.#stopped);
  }

  mine(): Promise<Block> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    return new Promise((resolve, rejectWish) => {
      this.#wishes.push({ resolve, reject: rejectWish });
      this.#wake();
    });
  }

  onFinal(listener: (final: FinalBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#stop(new Error('The ledger engine is closed'));
    await this.#making;
    await this.#options.miner.close();
  }

  /** Begins the next block when its time has come, or sets the timer for it. */
  #wake(): void {
    if (this.#making !== undefined || this.#stopped !== undefined) return;
    if (this.#wishes.length > 0 || this.#drafts.isFirstFull) {
      this.#make();
    } else if (this.#mempool.size > 0 && this.#cancelLinger === undefined) {
      const { clock } = this.#options;
      const rest = Math.min(REST_LIMIT_MS, this.#restUntil - clock.now());
      this.#cancelLinger = clock.after(Math.max(LINGER_MS, rest), () => this.#make());
    }
  }

  #make(): void {
    this.#cancelLinger?.();
    this.#cancelLinger = undefined;
    const { clock } = this.#options;
    const begun = clock.now();
    this.#making = this.#makeBlock()
      .catch((error: unknown) => this.#fail(error as Error))
      .finally(() => {
        this.#making = undefined;
        this.#restUntil = clock.now() + REST_FACTOR * (clock.now() - begun);
        this.#wake();
      });
  }

  async #makeBlock(): Promise<void> {
    const { blocks, genesis, miner, proposer, state } = this.#options;
    const wishes = this.#wishes;
    this.#wishes = [];
    try {
      const draft = this.#nextDraft();
      // All that waited has expired: nobody wants this block.
      if (draft.waiting.length === 0 && wishes.length === 0) return;
      const header = proposeHeader(draft, this.#head, genesis, proposer);
      const nonce = await miner.search(nonceSearchOf(header));
      if (nonce === undefined) throw this.#stopped ?? new Error('The miner stopped by itself');
      const made = finishBlock(header, nonce, draft);
      await blocks.append(header.height, made.bytes);
      const ids = draft.waiting.map(({ id }) => id);
      state.commit({ header: made.block.header, hash: made.hash, ids }, draft.seal().changes);
      this.#announce(made, ids);
      for (const wish of wishes) wish.resolve(made.block);
    } catch (error) {
      for (const wish of wishes) wish.reject(error as Error);
      if (error !== this.#stopped) throw error;
    }
  }

  /** The draft whose turn it is; one that has waited too long is dated anew, with all behind it. */
  #nextDraft(): Draft {
    const draft = this.#drafts.firstOrEmpty();
    if (this.#options.clock.now() - draft.time <= STALE_DRAFT_MS) return draft;
    for (const { id, rejection } of this.#drafts.rebuild()) {
      this.#mempool.remove(id);
      this.#waiters.drop(id, new TransactionDropped(rejection));
    }
    return this.#drafts.firstOrEmpty();
  }

  #announce(made: MadeBlock, ids: readonly TransactionId[]): void {
    this.#head = parentOf(made.block.header);
    this.#drafts.settle(this.#head);
    for (const id of ids) {
      this.#mempool.remove(id);
      this.#waiters.final(id);
    }
    for (const listener of this.#listeners) listener({ block: made.block, hash: made.hash, ids });
  }

  #fail(error: Error): void {
    this.#stop(error);
    this.#options.onFault?.(error);
  }

  #stop(error: Error): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = error;
    this.#cancelLinger?.();
    this.#options.miner.stop();
    this.#intake.close(error);
    this.#waiters.dropAll(error);
    for (const wish of this.#wishes) wish.reject(error);
    this.#wishes = [];
  }
}
