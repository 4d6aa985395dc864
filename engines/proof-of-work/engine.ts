// The paper's engine: takes transactions, mines them into blocks when something waits, agrees with the other members which blocks
// stand, and says when they are final. A block is synced, then the state committed, and only then is anyone told.
import {
  type Block,
  type EngineStatus,
  type FinalBlock,
  type Finality,
  type Rejection,
  type StateReader,
  type Submission,
  type Transaction,
  type TransactionId,
  chainIdOf,
  isRejection,
  TransactionDropped,
} from '@clearchart/ledger';
import { toHex } from '@clearchart/crypto';
import { Activation } from './activation.ts';
import { Chain, type SettledBlock } from './chain.ts';
import { ChainCourse } from './chain-course.ts';
import type { Draft } from './draft.ts';
import { DraftQueue } from './draft-queue.ts';
import type { EngineOptions, ProofOfWork } from './engine-options.ts';
import { FinalityWaiters } from './finality-waiters.ts';
import { Intake } from './intake.ts';
import type { MadeBlock } from './make-block.ts';
import { MEMPOOL_LIMITS, Mempool } from './mempool.ts';
import { PeerDesk, type PeerDeskView } from './peer-desk.ts';
import { Pool } from './pool.ts';
import { Producer } from './producer.ts';
import { recover } from './recover.ts';
import { VerifiedSignatures } from './verified-signatures.ts';
import { Voter } from './voter.ts';
import { Wishes } from './wishes.ts';

/** Brings the state in step with the blocks and starts. The caller closes the stores after the engine. */
export async function openProofOfWork(options: EngineOptions): Promise<ProofOfWork> {
  const signatures = new VerifiedSignatures(options.verifier);
  const final = await recover(options, signatures);
  const chain = new Chain({ ...options, signatures }, final);
  await chain.restore();
  return new ProofOfWorkEngine(options, signatures, chain);
}

class ProofOfWorkEngine implements ProofOfWork {
  readonly #options: EngineOptions;
  readonly #chain: Chain;
  readonly #mempool: Mempool;
  readonly #pool: Pool;
  readonly #intake: Intake;
  readonly #waiters: FinalityWaiters;
  readonly #producer: Producer;
  readonly #voter: Voter;
  readonly #course: ChainCourse;
  readonly #activation: Activation;
  readonly #desk: PeerDesk;
  readonly #listeners = new Set<(final: FinalBlock) => void>();
  readonly #wishes: Wishes;
  #stopped: Error | undefined;

  constructor(options: EngineOptions, signatures: VerifiedSignatures, chain: Chain) {
    const { genesis, clock, proposer, state, consensus } = options;
    this.#options = options;
    this.#chain = chain;
    this.#mempool = new Mempool(options.mempoolLimits ?? MEMPOOL_LIMITS);
    const { head } = chain.tree;
    const drafts = new DraftQueue({
      genesis,
      head,
      base: chain.tree.stateAfter(head.hash),
      finalHeight: () => chain.tree.final.height,
      clock,
      checkSignature: signatures.check,
      onDropped: (id, rejection) => {
        this.#mempool.remove(id);
        this.#waiters.drop(id, new TransactionDropped(rejection));
      },
    });
    this.#waiters = new FinalityWaiters(clock);
    this.#wishes = new Wishes(clock);
    this.#pool = new Pool({ chain, mempool: this.#mempool, drafts });
    this.#producer = new Producer({
      ...options,
      chain,
      drafts,
      isWished: () => this.#wishes.size > 0,
      hasWaiting: () => this.#mempool.size > 0,
      isWithheldFrom: (hash) => this.#voter.withholdsFrom(hash),
      isQuorumThere: (set) => this.#desk.isQuorumThere(set),
      rebuild: (isEmptyFirst) => this.#pool.rebuild(isEmptyFirst),
      take: (made, draft) => this.#takeOwn(made, draft),
      onFault: (error) => this.#fail(error),
    });
    this.#intake = new Intake({
      organization: proposer.organization,
      mempool: this.#mempool,
      drafts,
      signatures,
      clock,
      headHeight: () => chain.tree.head.height,
      onAdmitted: () => this.#producer.wake(),
    });
    const chainId = chainIdOf(genesis);
    const { limits } = genesis;
    this.#voter = new Voter({
      chainId,
      chain,
      consensus,
      proposer,
      clock,
      signatures,
      limits,
      waiting: () => this.#mempool,
      onOmitted: (transactions) => {
        for (const transaction of transactions) this.#desk.spread({ transaction });
      },
    });
    this.#activation = new Activation({
      chainId,
      final: state,
      proposer,
      clock,
      submit: (transaction) => void this.submit(transaction).catch(() => undefined),
    });
    this.#desk = new PeerDesk({
      ...options,
      chain,
      takeBlocks: (blocks, from, isVotedFor) => this.#course.takeBlocks(blocks, from, isVotedFor),
      takeVotes: (votes) => this.#course.takeVotes(votes),
      takeTransaction: async (transaction, from) => {
        const answer = await this.#intake.submit(transaction, from);
        return isRejection(answer) ? answer : undefined;
      },
      onRemembered: () => this.#course.look(),
      onFault: (error) => this.#fail(error),
    });
    this.#course = new ChainCourse({
      chain,
      pool: this.#pool,
      voter: this.#voter,
      spread: (item) => this.#desk.spread(item),
      onSettled: (settled) => this.#announce(settled),
      onMoved: () => this.#producer.wake(),
      onFault: (error) => this.#fail(error),
    });
    this.#activation.look();
    this.#course.look();
  }

  get headState(): StateReader {
    const { tree } = this.#chain;
    return tree.stateAfter(tree.head.hash);
  }

  get peers(): PeerDeskView {
    return this.#desk;
  }

  async submit(transaction: Transaction): Promise<Rejection | Submission> {
    const answer = await this.#intake.submit(transaction);
    if (!isRejection(answer)) this.#desk.spread({ transaction });
    return answer;
  }

  status(): EngineStatus {
    const { height, root } = this.#options.state;
    const head = this.#chain.toldHead;
    const pending = this.#mempool.size;
    return { height: head.height, finalHeight: height, headHash: head.hash, stateRoot: toHex(root), pending };
  }

  pending(): readonly Transaction[] {
    return [...this.#mempool].map(({ transaction }) => transaction);
  }

  unsettled(id: TransactionId): Transaction | undefined {
    return this.#mempool.get(id)?.transaction ?? this.#pool.includedOf(id);
  }

  finality(id: TransactionId): Finality | undefined {
    if (this.#options.state.placeOf(id) !== undefined) return 'final';
    if (this.#pool.placeOf(id) !== undefined) return 'included';
    return this.#mempool.has(id) ? 'pending' : undefined;
  }

  placeOf(id: TransactionId) {
    return this.#options.state.placeOf(id) ?? this.#pool.placeOf(id);
  }

  async whenFinal(id: TransactionId, timeoutMs: number): Promise<Finality | undefined> {
    const finality = this.finality(id);
    if (finality === undefined || finality === 'final') return finality;
    if (this.#stopped !== undefined) throw this.#stopped;
    await this.#waiters.wait(id, timeoutMs);
    return this.finality(id);
  }

  mine(): Promise<Block> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    const wish = this.#wishes.wait();
    this.#producer.wake();
    return wish;
  }

  onFinal(listener: (final: FinalBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#stop(new Error('The ledger engine is closed'));
    await this.#desk.close();
    await this.#producer.close();
    await this.#course.ended();
  }

  async #takeOwn(made: MadeBlock, draft: Draft): Promise<void> {
    const wishes = this.#wishes.now();
    try {
      const isTaken = await this.#course.takeOwn(made, draft);
      if (isTaken) this.#wishes.end(wishes, (wish) => wish.resolve(made.block));
    } catch (error) {
      this.#wishes.end(wishes, (wish) => wish.reject(error as Error));
    }
  }

  #announce(settled: readonly SettledBlock[]): void {
    for (const { block, hash, ids } of settled) {
      for (const id of ids) this.#waiters.final(id);
      for (const listener of this.#listeners) listener({ block, hash, ids });
    }
    this.#activation.look();
  }

  #fail(error: Error): void {
    if (this.#stopped !== undefined) return;
    this.#stop(error);
    this.#options.onFault?.(error);
  }

  #stop(error: Error): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = error;
    this.#course.stop(error);
    this.#activation.close();
    this.#producer.stop();
    this.#desk.stop();
    this.#intake.close(error);
    this.#waiters.dropAll(error);
    this.#wishes.end(this.#wishes.now(), (wish) => wish.reject(error));
  }
}
