// Fetching what another member has and this one lacks, and answering when others ask for the same. The asker names blocks it has,
// newest first; the answer is what follows the first of them on the other's chain, final blocks straight from its disk.
import {
  type Block,
  type BlockStore,
  type Checkpoint,
  type ConsensusStore,
  type Genesis,
  type OrganizationId,
  type StateStore,
  type SupermajorityLink,
  type Vote,
  chainIdOf,
  headerHash,
  isRejection,
} from '@clearchart/ledger';
import type { SignatureVerifier } from '@clearchart/crypto';
import { type BlockOutcome, type Chain, membersOf } from './chain.ts';
import type { EngineClock } from './clock.ts';
import { votesOfLink } from './link-votes.ts';
import {
  ANSWER_BLOCKS,
  ANSWER_BYTES,
  ASK_AGAIN_MS,
  ASKED_AT_ONCE,
  LOCATOR_PLACES,
  LONGEST_ASK_PAUSE_MS,
  MESSAGE_VOTES,
} from './peer-limits.ts';
import { encodeChainAnswer, encodeQuestion, parseChainAnswer } from './peer-messages.ts';
import type { PeerNetwork } from './peer-network.ts';
import type { PeerRecord } from './peer-record.ts';
import { votedBlocks } from './voted-blocks.ts';

export interface CatchUpPorts {
  readonly genesis: Genesis;
  readonly chain: Chain;
  readonly blocks: BlockStore;
  readonly state: StateStore;
  readonly consensus: ConsensusStore;
  readonly network: PeerNetwork;
  readonly record: PeerRecord;
  readonly clock: EngineClock;
  readonly verifier: SignatureVerifier;
  readonly takeBlocks: (
    blocks: readonly Block[],
    from: OrganizationId,
    isVotedFor: (hash: string) => boolean,
  ) => Promise<readonly BlockOutcome[]>;
  readonly takeVotes: (votes: readonly Vote[]) => Promise<unknown>;
}

/** How far below the last block of an answer the link is looked for that makes the blocks before it final. */
const LINK_LOOK_BACK = 32;
const FORGED = 100;

export class CatchUp {
  readonly #ports: CatchUpPorts;
  readonly #running = new Map<OrganizationId, Promise<void>>();
  /** After answers that brought nothing the pause doubles: a peer that only claims to be ahead costs little. */
  readonly #pauses = new Map<OrganizationId, { until: number; pause: number }>();
  #isStopped = false;

  constructor(ports: CatchUpPorts) {
    this.#ports = ports;
  }

  /** Fetches until the peer has nothing more; does nothing while a fetch from it is under way. */
  from(peer: OrganizationId): Promise<void> {
    const { clock, record } = this.#ports;
    const running = this.#running.get(peer);
    if (running !== undefined) return running;
    const isTooSoon = (this.#pauses.get(peer)?.until ?? 0) > clock.now();
    if (this.#isStopped || isTooSoon || this.#running.size >= ASKED_AT_ONCE || record.isBanned(peer))
      return Promise.resolve();
    const fetching = this.#fetch(peer)
      .catch(() => false)
      .then((hasBrought) => {
        this.#running.delete(peer);
        const before = hasBrought ? undefined : this.#pauses.get(peer);
        const pause = Math.min(LONGEST_ASK_PAUSE_MS, before === undefined ? ASK_AGAIN_MS : before.pause * 2);
        this.#pauses.set(peer, { until: clock.now() + pause, pause });
      });
    this.#running.set(peer, fetching);
    return fetching;
  }

  stop(): void {
    this.#isStopped = true;
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  /** Whether there was anything new. */
  async #fetch(peer: OrganizationId): Promise<boolean> {
    const { chain, genesis, network, record, takeBlocks, takeVotes, verifier } = this.#ports;
    for (let hasBrought = false; ; hasBrought = true) {
      const question = encodeQuestion({ kind: 'chain', locator: this.locator() });
      const bytes = await network.ask(peer, question).catch(() => undefined);
      // It may have asked for a pause after what it gave.
      if (bytes === undefined) return hasBrought;
      const answer = parseChainAnswer(bytes);
      if (answer === undefined) {
        record.blame(peer, FORGED, 'answer-malformed');
        return false;
      }
      const votes = [...answer.links.flatMap((link) => votesOfLink(link, genesis)), ...answer.votes];
      const set = membersOf(chain.tree.stateAfter(chain.tree.head.hash));
      const isVotedFor = votedBlocks(answer.blocks, votes, chainIdOf(genesis), set, verifier);
      const outcomes = await takeBlocks(answer.blocks, peer, isVotedFor);
      const refused = outcomes.filter(isRejection);
      if (refused.length > 0) {
        record.blame(peer, FORGED, ...refused.map(({ code }) => code));
        return false;
      }
      await takeVotes(votes);
      // Without a new block there is nothing to go on from.
      if (this.#isStopped || !outcomes.includes('added')) return hasBrought;
    }
  }

  /** Places on this member's chain: every one near the head, then ever wider apart down to the final block, then that. */
  locator(): Checkpoint[] {
    const { tree } = this.#ports.chain;
    const path = [...tree.pathDown(tree.headBlock)];
    const places: Checkpoint[] = [];
    for (let at = 0, step = 1; at < path.length && places.length < LOCATOR_PLACES - 1; at += step) {
      places.push(checkpointOf(path[at] ?? tree.final));
      if (places.length > 16) step *= 2;
    }
    return [...places, checkpointOf(tree.final)];
  }

  async answer(locator: readonly Checkpoint[]): Promise<Uint8Array> {
    const { chain, consensus } = this.#ports;
    const { tree } = chain;
    const after = this.#heightOfFirst(locator);
    const blocks: Uint8Array[] = [];
    let height = after ?? tree.head.height;
    for (let size = 0; blocks.length < ANSWER_BLOCKS; ) {
      const bytes = await this.#bytesAt(height + 1);
      if (bytes === undefined || (size > 0 && size + bytes.length > ANSWER_BYTES)) break;
      height += 1;
      size += bytes.length;
      blocks.push(bytes);
    }
    const links: SupermajorityLink[] = [];
    // The asker's last place is its final block: it may lack the votes for blocks that it has.
    const newest = Math.min(height - 1, tree.final.height);
    const oldest = Math.max(locator.at(-1)?.height ?? 0, newest - LINK_LOOK_BACK);
    for (let source = newest; source >= oldest; source -= 1) {
      const link = consensus.linkFrom(source);
      if (link === undefined || link.target.height > height) continue;
      links.push(link);
      break;
    }
    links.unshift(...this.#linksAtChanges(after ?? height, height).filter((link) => !links.includes(link)));
    const onPath = [...tree.pathDown(tree.headBlock)].filter((block) => block.height <= height);
    const votes = onPath.flatMap(({ hash }) => chain.book.votesFor(hash)).slice(0, MESSAGE_VOTES);
    const { head } = tree;
    return encodeChainAnswer({ blocks, links, votes, tip: checkpointOf(head) });
  }

  /** Those by which changes of the members are shown (L49): who catches up needs them to show the changes in turn. */
  #linksAtChanges(after: number, upTo: number): SupermajorityLink[] {
    const { consensus, state } = this.#ports;
    const setAt = (height: number): string | undefined => state.header(height)?.memberSetHash;
    const links: SupermajorityLink[] = [];
    for (let height = Math.max(1, after); height < upTo; height += 1) {
      const next = setAt(height + 1);
      const link = next === undefined || next === setAt(height) ? undefined : consensus.linkFrom(height);
      if (link !== undefined && link.target.height <= upTo && link.source !== links.at(-1)?.source) links.push(link);
    }
    return links;
  }

  /** Height of the first named block that is on this chain. */
  #heightOfFirst(locator: readonly Checkpoint[]): number | undefined {
    return locator.find(({ height, hash }) => this.#hashAt(height) === hash)?.height;
  }

  #hashAt(height: number): string | undefined {
    const { chain, state, genesis } = this.#ports;
    const { tree } = chain;
    if (height === 0) return chainIdOf(genesis);
    if (height > tree.final.height)
      return tree.headBlock === undefined ? undefined : tree.ancestorAt(tree.headBlock, height)?.hash;
    const header = state.header(height);
    return header === undefined ? undefined : headerHash(header);
  }

  async #bytesAt(height: number): Promise<Uint8Array | undefined> {
    const { chain, blocks } = this.#ports;
    if (height <= chain.tree.final.height) return blocks.read(height);
    const { headBlock } = chain.tree;
    return headBlock === undefined ? undefined : chain.tree.ancestorAt(headBlock, height)?.bytes;
  }
}

function checkpointOf({ height, hash }: Checkpoint): Checkpoint {
  return { height, hash };
}
