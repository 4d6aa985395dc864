// When this member makes a block, and of what. Members take turns by height, so that they seldom make two at once; whose turn is
// later begins later. The next block waits for its parent to be justified, but not for ever: it is what the votes can gather on.
import { fromHex } from '@clearchart/crypto';
import {
  type BlockParent,
  type ConsensusStore,
  type Genesis,
  isAlone,
  type MemberSet,
  memberOf,
} from '@clearchart/ledger';
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
import { ownUse } from './tree-room.ts';
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
  /** This member does not vote for the block, as it leaves out what waits here. */
  readonly isWithheldFrom: (hash: string) => boolean;
  /** Enough members were heard a moment ago. */
  readonly isQuorumThere: (set: MemberSet) => boolean;
  /** Dates all drafts anew; `isEmptyFirst`: with an empty one before them. */
  readonly rebuild: (isEmptyFirst: boolean) => void;
  readonly take: (made: MadeBlock, draft: Draft) => Promise<void>;
  readonly onFault: (error: Error) => void;
}

interface Place {
  readonly head: BlockParent;
  readonly set: MemberSet;
  /** When it became the head, and from when on it may be built on; clock times. */
  readonly since: number;
  freeAt: number;
  readonly turn: number | undefined;
  readonly isAlone: boolean;
}

/** Parents that no votes can justify any more are passed over at once, so many in a row. */
const HOPELESS_IN_A_ROW = 3;

export class Producer {
  readonly #ports: ProducerPorts;
  /** Of the head: who may begin when. */
  #place: Place | undefined;
  #wantedSince: number | undefined;
  #timer: { due: number; cancel: () => void } | undefined;
  #making: { parent: string; done: Promise<void> } | undefined;
  #restUntil = 0;
  /** The head it built on had gone; it may be back before the search has ended. */
  #isSearchStopped = false;
  #isStopped = false;
  #endPause: () => void = () => undefined;

  constructor(ports: ProducerPorts) {
    this.#ports = ports;
  }

  /** Looks whether a block is due, now or later. Called whenever something has changed. */
  wake(): void {
    if (this.#isStopped) return;
    const { clock, chain, drafts, miner } = this.#ports;
    if (this.#making !== undefined) {
      // A block on a parent that is no longer the head would be nobody's next.
      if (this.#making.parent === chain.tree.head.hash) return;
      this.#isSearchStopped = true;
      miner.stop();
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
    this.#endPause();
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
    const room = this.#room();
    const isWanted = isWished() || (!place.isAlone && this.#needsChild());
    const isUrgent = isWanted || drafts.isFirstFull || (drafts.isBehind && hasWaiting());
    if (room === 'none' || (room === 'empty' && !isWanted)) return undefined;
    // One that does not know how it voted may be missing blocks that it made final itself.
    if (!consensus.knowsOwnVotes || place.turn === undefined || !(isUrgent || hasWaiting())) {
      this.#wantedSince = undefined;
      return undefined;
    }
    this.#wantedSince ??= clock.now();
    const begun = Math.max(this.#wantedSince, place.since) + (isUrgent ? 0 : LINGER_MS);
    const rest = isUrgent ? 0 : this.#restUntil;
    if (place.isAlone) return Math.max(begun, rest);
    return Math.max(begun, rest, this.#freeAt(place)) + place.turn * TURN_MS;
  }

  /** Turns count from then, not from when it became the head: all have waited for its votes, and would all begin at once. */
  #freeAt(place: Place): number {
    const wait = this.#parentWait();
    place.freeAt = wait > 0 ? place.since + wait : Math.min(place.freeAt, this.#ports.clock.now());
    return place.freeAt;
  }

  #placeOn(head: BlockParent): Place {
    if (this.#place?.head.hash === head.hash) return this.#place;
    const { chain, clock, proposer } = this.#ports;
    const set = membersOf(chain.tree.stateAfter(head.hash));
    const key = memberOf(set, proposer.organization)?.publicKey;
    // A node without its organization's key, restored from an old backup maybe, goes on reading.
    const hasKey = key !== undefined && proposer.signerFor(fromHex(key)) !== undefined;
    const turn = hasKey ? turnOf(set, proposer.organization, head.height + 1) : undefined;
    this.#wantedSince = undefined;
    this.#place = { head, set, since: clock.now(), freeAt: Infinity, turn, isAlone: isAlone(set) };
    return this.#place;
  }

  /** Whether transactions stand in blocks that only a further block can make final. */
  #needsChild(): boolean {
    const { tree } = this.#ports.chain;
    for (const block of tree.pathDown(tree.headBlock)) if (block.ids.length > 0) return true;
    return false;
  }

  /** What the others would take from it now. Empty blocks are what votes can gather on until there is room for more. */
  #room(): 'any' | 'empty' | 'none' {
    const { chain, isQuorumThere, proposer } = this.#ports;
    const { tree } = chain;
    const { set } = this.#placeOn(tree.head);
    const { ofBlocks, ofBytes } = ownUse(tree, proposer.organization, set);
    // Room is left for the blocks that enough members make final when they are there again.
    if (Math.max(ofBlocks, ofBytes) >= 0.5 && !isQuorumThere(set)) return 'none';
    if (ofBlocks >= 1 || tree.rowOf(tree.head.hash, proposer.organization) >= BLOCKS_IN_A_ROW) return 'none';
    return ofBytes >= 1 ? 'empty' : 'any';
  }

  #parentWait(): number {
    const { chain, clock, consensus, isQuorumThere, isWithheldFrom } = this.#ports;
    const { tree, book } = chain;
    const head = tree.headBlock;
    // What this member itself does not vote for it only has to mend.
    if (head === undefined || head.isJustified || isWithheldFrom(head.hash)) return 0;
    // Nobody votes for what is this old. When enough members are there again they only need a block of now.
    const isTooOld = clock.now() - head.time > VOTE_CLOCK_MS;
    if (isTooOld && isQuorumThere(head.votingSet)) return 0;
    const depth = head.height - tree.justified.height;
    const { height, hash, votingSet } = head;
    const isChildHopeless = book.isHopeless({ height: height + 1, hash }, votingSet);
    const isHopeless = book.isHopeless(head, votingSet);
    if (isChildHopeless || (isHopeless && depth <= HOPELESS_IN_A_ROW)) return 0;
    if (isHopeless) return PARENT_WAIT_MS;
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

  /** Lets the loop of events go on. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#endPause = resolve;
      this.#ports.clock.after(0, resolve);
    });
  }

  async #make(): Promise<void> {
    const { chain, clock, drafts, genesis, miner, proposer, rebuild, isWished, take } = this.#ports;
    const { head } = chain.tree;
    const isEmptyFirst = this.#room() === 'empty';
    if (isEmptyFirst || clock.now() - drafts.firstOrEmpty().time > STALE_DRAFT_MS) rebuild(isEmptyFirst);
    while (!isEmptyFirst && !drafts.placeInFirst()) {
      await this.#pause();
      if (this.#isStopped || chain.tree.head.hash !== head.hash || drafts.head.hash !== head.hash) return;
    }
    const draft = drafts.firstOrEmpty();
    // All that waited has expired: nobody wants this block.
    if (draft.waiting.length === 0 && !isWished() && !this.#needsChild()) return;
    const header = proposeHeader(draft, head, genesis, proposer);
    this.#isSearchStopped = false;
    const nonce = await miner.search(nonceSearchOf(header));
    if (this.#isStopped) return;
    if (nonce === undefined && !this.#isSearchStopped) throw new Error('The miner stopped by itself');
    if (nonce !== undefined) await take(finishBlock(header, nonce, draft), draft);
  }
}
