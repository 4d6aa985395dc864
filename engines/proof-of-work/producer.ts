// When this member makes a block, and of what. Members take turns by height, so that they seldom make two at once; whose turn is
// later begins later. The next block waits for its parent to be justified, but not for ever: it is what the votes can gather on.
import { type BlockParent, type ConsensusStore, type Genesis, isAlone, type MemberSet } from '@clearchart/ledger';
import { type Chain, membersOf } from './chain.ts';
import type { EngineClock } from './clock.ts';
import type { Draft } from './draft.ts';
import type { DraftQueue } from './draft-queue.ts';
import {
  BLOCKS_IN_A_ROW,
  LINGER_MS,
  LONGEST_PARENT_WAIT_MS,
  PARENT_WAIT_MS,
  REST_FACTOR,
  REST_LIMIT_MS,
  STALE_DRAFT_MS,
  TURN_MS,
  VOTE_CLOCK_MS,
} from './limits.ts';
import { type MadeBlock, type Proposer, finishBlock, nonceSearchOf, proposeHeader } from './make-block.ts';
import type { Miner } from './miner.ts';
import { turnOf } from './voter.ts';

export interface ProducerPorts {
  readonly genesis: Genesis;
  readonly proposer: Proposer;
  readonly chain: Chain;
  readonly consensus: ConsensusStore;
  readonly drafts: DraftQueue;
  readonly miner: Miner;
  readonly clock: EngineClock;
  /** Somebody asked for a block, empty or not. */
  readonly isWished: () => boolean;
  readonly hasWaiting: () => boolean;
  /** Enough members were heard a moment ago. */
  readonly isQuorumThere: (set: MemberSet) => boolean;
  /** Dates all drafts anew. */
  readonly rebuild: () => void;
  readonly take: (made: MadeBlock, draft: Draft) => Promise<void>;
  readonly onFault: (error: Error) => void;
}

/** Parents that no votes can justify any more are passed over at once, so many in a row. */
const HOPELESS_IN_A_ROW = 3;

export class Producer {
  readonly #ports: ProducerPorts;
  /** Of the head: who may begin when. */
  #place: { head: BlockParent; since: number; turn: number | undefined; isAlone: boolean } | undefined;
  #wantedSince: number | undefined;
  #timer: { due: number; cancel: () => void } | undefined;
  #making: { parent: string; done: Promise<void> } | undefined;
  #restUntil = 0;
  #isStopped = false;

  constructor(ports: ProducerPorts) {
    this.#ports = ports;
  }

  /** Looks whether a block is due, now or later. Called whenever something has changed. */
  wake(): void {
    if (this.#isStopped) return;
    const { clock, chain, drafts, miner } = this.#ports;
    if (this.#making !== undefined) {
      // A block on a parent that is no longer the head would be nobody's next.
      if (this.#making.parent !== chain.tree.head.hash) miner.stop();
      return;
    }
    // The head moves a moment before what waits follows it; a draft of the old head would make a wrong block of the new one.
    if (drafts.head.hash !== chain.tree.head.hash) return;
    const due = this.#due();
    if (this.#timer?.due === due && due !== undefined) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (due === undefined) return;
    if (due <= clock.now()) this.#begin();
    else this.#timer = { due, cancel: clock.after(due - clock.now(), () => this.#timeIsUp()) };
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#ports.miner.stop();
  }

  async close(): Promise<void> {
    this.stop();
    await this.#making?.done;
    await this.#ports.miner.close();
  }

  #timeIsUp(): void {
    this.#timer = undefined;
    this.wake();
  }

  /** Clock time at which the next block is begun; undefined when none is wanted, or none of this member's. */
  #due(): number | undefined {
    const { chain, clock, consensus, drafts, isWished, hasWaiting } = this.#ports;
    const place = this.#placeOn(chain.tree.head);
    const isUrgent = isWished() || drafts.isFirstFull || (!place.isAlone && this.#needsChild());
    if (this.#isRowFull()) return undefined;
    // One that does not know how it voted may be missing blocks that it made final itself.
    if (!consensus.knowsOwnVotes || place.turn === undefined || !(isUrgent || hasWaiting())) {
      this.#wantedSince = undefined;
      return undefined;
    }
    this.#wantedSince ??= clock.now();
    const begun = Math.max(this.#wantedSince, place.since) + (isUrgent ? 0 : LINGER_MS);
    const rest = isUrgent ? 0 : this.#restUntil;
    if (place.isAlone) return Math.max(begun, rest);
    return Math.max(begun, rest, place.since + this.#parentWait()) + place.turn * TURN_MS;
  }

  #placeOn(head: BlockParent) {
    if (this.#place?.head.hash === head.hash) return this.#place;
    const { chain, clock, proposer } = this.#ports;
    const set = membersOf(chain.tree.stateAfter(head.hash));
    const turn = turnOf(set, proposer.organization, head.height + 1);
    this.#wantedSince = undefined;
    this.#place = { head, since: clock.now(), turn, isAlone: isAlone(set) };
    return this.#place;
  }

  /** Whether transactions stand in blocks that only a further block can make final. */
  #needsChild(): boolean {
    const { tree } = this.#ports.chain;
    for (const block of tree.pathDown(tree.headBlock)) if (block.ids.length > 0) return true;
    return false;
  }

  /** The others would not take one more. */
  #isRowFull(): boolean {
    const { chain, isQuorumThere, proposer } = this.#ports;
    const { tree } = chain;
    // Room is left for the blocks that enough members make final when they are there again.
    if (tree.isHalfFull && !isQuorumThere(membersOf(tree.stateAfter(tree.head.hash)))) return true;
    return tree.isFull || tree.rowOf(tree.head.hash, proposer.organization) >= BLOCKS_IN_A_ROW;
  }

  #parentWait(): number {
    const { chain, clock, consensus, isQuorumThere } = this.#ports;
    const { tree, book } = chain;
    const head = tree.headBlock;
    if (head === undefined || head.isJustified) return 0;
    // Nobody votes for what is this old. When enough members are there again they only need a block of now.
    const isTooOld = clock.now() - head.time > VOTE_CLOCK_MS;
    if (isTooOld && isQuorumThere(head.votingSet)) return 0;
    const depth = head.height - tree.justified.height;
    const { height, hash, votingSet } = head;
    const isChildHopeless = book.isHopeless({ height: height + 1, hash }, votingSet);
    if (isChildHopeless || (depth <= HOPELESS_IN_A_ROW && book.isHopeless(head, votingSet))) return 0;
    // Who has voted for something higher on another branch must help this one past it before it can vote again.
    const last = consensus.ownVotes().at(-1)?.target;
    const longest = (last?.height ?? 0) > height ? PARENT_WAIT_MS : LONGEST_PARENT_WAIT_MS;
    return Math.min(PARENT_WAIT_MS * 2 ** (depth - 1), longest);
  }

  #begin(): void {
    const { clock, chain, onFault } = this.#ports;
    const begun = clock.now();
    const done = this.#make()
      .catch((error: unknown) => {
        if (!this.#isStopped) onFault(error as Error);
      })
      .finally(() => {
        this.#making = undefined;
        this.#restUntil = clock.now() + Math.min(REST_LIMIT_MS, REST_FACTOR * (clock.now() - begun));
        this.wake();
      });
    this.#making = { parent: chain.tree.head.hash, done };
  }

  async #make(): Promise<void> {
    const { chain, clock, drafts, genesis, miner, proposer, rebuild, isWished, take } = this.#ports;
    const { head } = chain.tree;
    if (clock.now() - drafts.firstOrEmpty().time > STALE_DRAFT_MS) rebuild();
    const draft = drafts.firstOrEmpty();
    // All that waited has expired: nobody wants this block.
    if (draft.waiting.length === 0 && !isWished() && !this.#needsChild()) return;
    const header = proposeHeader(draft, head, genesis, proposer);
    const nonce = await miner.search(nonceSearchOf(header));
    if (this.#isStopped) return;
    if (nonce === undefined && chain.tree.head.hash === head.hash) throw new Error('The miner stopped by itself');
    if (nonce !== undefined) await take(finishBlock(header, nonce, draft), draft);
  }
}
