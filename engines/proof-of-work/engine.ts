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
  type Vote,
  chainIdOf,
  isAlone,
  isRejection,
  TransactionDropped,
} from '@clearchart/ledger';
import { toHex } from '@clearchart/crypto';
import { Activation } from './activation.ts';
import { type BlockOutcome, Chain, type SettledBlock, type VoteOutcome, membersOf, newBlock } from './chain.ts';
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
  readonly #activation: Activation;
  readonly #desk: PeerDesk;
  readonly #listeners = new Set<(final: FinalBlock) => void>();
  readonly #wishes: Wishes;
  /** One thing at a time changes the chain. */
  #turn: Promise<unknown> = Promise.resolve();
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
      takeBlocks: (blocks, from, isVotedFor) => this.#takeBlocks(blocks, from, isVotedFor),
      takeVotes: (votes) => this.#takeVotes(votes),
      takeTransaction: async (transaction, from) => {
        const answer = await this.#intake.submit(transaction, from);
        return isRejection(answer) ? answer : undefined;
      },
      onRemembered: () => this.#look(),
      onFault: (error) => this.#fail(error),
    });
    this.#activation.look();
    this.#look();
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
    await this.#turn;
  }

  async #takeOwn(made: MadeBlock, draft: Draft): Promise<void> {
    const wishes = this.#wishes.now();
    try {
      const isTaken = await this.#inTurn(async () => {
        const { tree } = this.#chain;
        // Another's block came first: what is in this one still waits.
        if (tree.head.hash !== made.block.header.previousHash || draft.height !== tree.head.height + 1) return false;
        const ids = draft.waiting.map(({ id }) => id);
        const added = newBlock(made.block, draft.seal().changes, draft.ahead(), membersOf(draft.base), ids, made.bytes);
        this.#chain.add(added);
        // What one member makes alone is final for whoever sees it: then it must lie on disk before.
        const isFinalAtOnce = isAlone(added.votingSet);
        if (!isFinalAtOnce) this.#desk.spread({ block: made.block });
        await this.#advance([], made.hash);
        if (isFinalAtOnce) this.#desk.spread({ block: made.block });
        return true;
      });
      if (isTaken) this.#wishes.end(wishes, (wish) => wish.resolve(made.block));
    } catch (error) {
      this.#wishes.end(wishes, (wish) => wish.reject(error as Error));
    }
  }

  /** @param isVotedFor When the blocks were asked for. */
  #takeBlocks(
    blocks: readonly Block[],
    from: string,
    isVotedFor?: (hash: string) => boolean,
  ): Promise<readonly BlockOutcome[]> {
    return this.#inTurn(async () => {
      const outcomes: BlockOutcome[] = [];
      for (const block of blocks) outcomes.push(await this.#chain.take(block, from, isVotedFor));
      if (outcomes.includes('added')) await this.#advance([]);
      return outcomes;
    });
  }

  #takeVotes(votes: readonly Vote[]): Promise<readonly VoteOutcome[]> {
    return this.#inTurn(async () => {
      const outcomes = votes.map((vote) => this.#chain.addVote(vote));
      if (outcomes.includes('counted')) await this.#advance([]);
      return outcomes;
    });
  }

  #look(): void {
    void this.#inTurn(() => this.#advance([])).catch(() => undefined);
  }

  /** After anything new: what is final goes into the stores, the pool follows the head, and this member votes if it can. */
  async #advance(before: readonly SettledBlock[], own?: string): Promise<void> {
    const settled = [...before, ...(await this.#chain.settle())];
    this.#pool.follow(
      settled.map((one) => one.settled),
      own,
    );
    for (const final of settled) this.#announce(final);
    if (settled.length > 0) this.#activation.look();
    const vote = this.#voter.vote();
    if (vote !== undefined) {
      this.#chain.addVote(vote);
      this.#desk.spread({ vote });
      await this.#advance([]);
    }
    this.#producer.wake();
  }

  #announce({ block, hash, ids }: SettledBlock): void {
    for (const id of ids) this.#waiters.final(id);
    for (const listener of this.#listeners) listener({ block, hash, ids });
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(() => {
      if (this.#stopped !== undefined) throw this.#stopped;
      return act();
    });
    this.#turn = result.catch((error: unknown) => this.#fail(error as Error));
    return result;
  }

  #fail(error: Error): void {
    if (this.#stopped !== undefined) return;
    this.#stop(error);
    this.#options.onFault?.(error);
  }

  #stop(error: Error): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = error;
    this.#activation.close();
    this.#producer.stop();
    this.#desk.stop();
    this.#intake.close(error);
    this.#waiters.dropAll(error);
    this.#wishes.end(this.#wishes.now(), (wish) => wish.reject(error));
  }
}
