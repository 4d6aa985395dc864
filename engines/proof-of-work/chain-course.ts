// What changes the chain, one thing at a time: a block made here, blocks and votes that come in. After each, what has become final goes
// into the stores, the pool follows the head, and this member votes if it can. A fault of a store ends it for good.
import { type Block, type Vote, isAlone } from '@clearchart/ledger';
import { type BlockOutcome, type Chain, type SettledBlock, type VoteOutcome, membersOf, newBlock } from './chain.ts';
import type { Draft } from './draft.ts';
import type { MadeBlock } from './make-block.ts';
import type { Pool } from './pool.ts';
import type { Voter } from './voter.ts';

export interface ChainCoursePorts {
  readonly chain: Chain;
  readonly pool: Pool;
  readonly voter: Voter;
  /** Tells the other members. */
  readonly spread: (item: { block?: Block; vote?: Vote }) => void;
  /** These are final and durable, lowest first. */
  readonly onSettled: (settled: readonly SettledBlock[]) => void;
  /** The head may be another now, or justified. */
  readonly onMoved: () => void;
  readonly onFault: (error: Error) => void;
}

export class ChainCourse {
  readonly #ports: ChainCoursePorts;
  #turn: Promise<unknown> = Promise.resolve();
  #stopped: Error | undefined;

  constructor(ports: ChainCoursePorts) {
    this.#ports = ports;
  }

  /** @returns false when another's block came first: what is in this one still waits. */
  takeOwn(made: MadeBlock, draft: Draft): Promise<boolean> {
    const { chain, spread } = this.#ports;
    return this.#inTurn(async () => {
      const { head } = chain.tree;
      if (head.hash !== made.block.header.previousHash || draft.height !== head.height + 1) return false;
      const ids = draft.waiting.map(({ id }) => id);
      const added = newBlock(made.block, draft.seal().changes, draft.ahead(), membersOf(draft.base), ids, made.bytes);
      chain.add(added);
      // What one member makes alone is final for whoever sees it: then it must lie on disk before.
      const isFinalAtOnce = isAlone(added.votingSet);
      if (!isFinalAtOnce) spread({ block: made.block });
      await this.#advance(made.hash);
      if (isFinalAtOnce) spread({ block: made.block });
      return true;
    });
  }

  /** @param isVotedFor When the blocks were asked for. */
  takeBlocks(
    blocks: readonly Block[],
    from: string,
    isVotedFor?: (hash: string) => boolean,
  ): Promise<readonly BlockOutcome[]> {
    return this.#inTurn(async () => {
      const outcomes: BlockOutcome[] = [];
      for (const block of blocks) outcomes.push(await this.#ports.chain.take(block, from, isVotedFor));
      if (outcomes.includes('added')) await this.#advance();
      return outcomes;
    });
  }

  takeVotes(votes: readonly Vote[]): Promise<readonly VoteOutcome[]> {
    return this.#inTurn(async () => {
      const outcomes = votes.map((vote) => this.#ports.chain.addVote(vote));
      if (outcomes.includes('counted')) await this.#advance();
      return outcomes;
    });
  }

  /** Whether a vote is due, when nothing has come in. */
  look(): void {
    void this.#inTurn(() => this.#advance()).catch(() => undefined);
  }

  /** What comes from now on is answered with the error. */
  stop(error: Error): void {
    this.#stopped ??= error;
  }

  /** When what is under way has ended. */
  async ended(): Promise<void> {
    await this.#turn;
  }

  async #advance(own?: string): Promise<void> {
    const { chain, onMoved, onSettled, pool, spread, voter } = this.#ports;
    const settled = await chain.settle();
    pool.follow(
      settled.map((one) => one.settled),
      own,
    );
    if (settled.length > 0) onSettled(settled);
    const vote = voter.vote();
    if (vote !== undefined) {
      chain.addVote(vote);
      spread({ vote });
      await this.#advance();
    }
    onMoved();
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(() => {
      if (this.#stopped !== undefined) throw this.#stopped;
      return act();
    });
    this.#turn = result.catch((error: unknown) => this.#ports.onFault(error as Error));
    return result;
  }
}
