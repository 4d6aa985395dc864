// What goes out to the other members and what comes in from them. Nothing that comes in is believed: blocks and transactions are
// checked by the rules, votes and heads by their signatures; who sends what no honest member would is banned for a while.
import {
  type Block,
  type ChainId,
  type Checkpoint,
  MOST_MEMBERS,
  NOBODY_ASKED,
  type MemberSet,
  type OrganizationId,
  type Rejection,
  type SignedHead,
  type Transaction,
  type Vote,
  headerHash,
  isHeadOf,
  isQuorum,
  isRejection,
  isVoteOf,
} from '@clearchart/ledger';
import type { SignatureVerifier } from '@clearchart/crypto';
import { type BlockOutcome, type Chain, type VoteOutcome, membersOf } from './chain.ts';
import type { EngineClock } from './clock.ts';
import { EarlyVotes } from './early-votes.ts';
import { EARLY_LOOK_MS, FRESH_HEAD_MS, HEAD_INTERVAL_MS, VOTES_REPEATED } from './peer-limits.ts';
import { type PeerMessage, encodeMessage, parseMessage } from './peer-messages.ts';
import type { PeerNetwork } from './peer-network.ts';
import { Outgoing } from './outgoing.ts';
import type { PeerRecord } from './peer-record.ts';

export interface GossipPorts {
  readonly chainId: ChainId;
  /** The own one. */
  readonly organization: OrganizationId;
  readonly chain: Chain;
  readonly network: PeerNetwork;
  readonly record: PeerRecord;
  readonly clock: EngineClock;
  readonly verifier: SignatureVerifier;
  readonly takeBlock: (block: Block, from: OrganizationId) => Promise<BlockOutcome>;
  readonly takeVotes: (votes: readonly Vote[]) => Promise<readonly VoteOutcome[]>;
  readonly takeTransaction: (transaction: Transaction, from: OrganizationId) => Promise<Rejection | undefined>;
  readonly signHead: (nonce: string) => SignedHead | undefined;
  /** The peer has blocks that are not here. */
  readonly onBehind: (peer: OrganizationId) => void;
}

/** Penalty points: one forged thing bans at once, clumsiness only when it goes on. */
const FORGED = 100;
const MALFORMED = 50;
const CLUMSY = 1;

/** Points for a refused transaction; none for what an honest node sends too, before it knows what we know. */
const BLAME: ReadonlyMap<string, number> = new Map([
  ['chain-id-wrong', FORGED],
  // The key may have changed a moment ago.
  ['signature-invalid', CLUMSY],
]);

export class Gossip {
  readonly #ports: GossipPorts;
  readonly #early: EarlyVotes;
  readonly #heads = new Map<OrganizationId, SignedHead>();
  readonly #outgoing = new Outgoing((message) => this.#toAll(message));
  #asked = 0;
  #cancelHead: () => void;

  constructor(ports: GossipPorts) {
    this.#ports = ports;
    this.#early = new EarlyVotes(ports.clock);
    this.#cancelHead = ports.clock.after(0, () => this.#tellHead());
  }

  close(): void {
    this.#cancelHead();
  }

  /** The newest signed head of each member, as far as it was heard. */
  heads(): readonly SignedHead[] {
    return [...this.#heads.values()];
  }

  /** Whether so many members were heard a moment ago that votes of a quorum can be hoped for. */
  isQuorumThere(set: MemberSet): boolean {
    const least = this.#ports.clock.now() - FRESH_HEAD_MS;
    const there = this.heads().filter(({ time }) => time >= least);
    return isQuorum(set, new Set(there.map(({ organization }) => organization)));
  }

  spread(item: { transaction?: Transaction; block?: Block; vote?: Vote }): void {
    this.#outgoing.add(item);
  }

  async receive(from: OrganizationId, bytes: Uint8Array): Promise<void> {
    if (this.#ports.record.isBanned(from)) return;
    const message = parseMessage(bytes);
    if (message === undefined) return this.#ports.record.blame(from, MALFORMED, 'message-malformed');
    for (const head of message.heads) this.#hear(from, head);
    await Promise.all([
      this.#receiveTransactions(from, message.transactions),
      this.#receiveBlocks(from, message).then(() => this.#receiveVotes(from, message.votes)),
    ]);
    const [tip] = message.tips;
    if (tip !== undefined && this.#isAhead(tip)) this.#ports.onBehind(from);
  }

  /** Votes that came before this block. */
  async blockCame(hash: string): Promise<void> {
    const votes = this.#early.take(hash);
    if (votes.length > 0) await this.#ports.takeVotes(votes);
  }

  #isAhead({ height, hash }: Checkpoint): boolean {
    const { tree } = this.#ports.chain;
    return height > tree.final.height && !tree.has(hash);
  }

  async #receiveTransactions(from: OrganizationId, transactions: readonly Transaction[]): Promise<void> {
    const outcomes = await Promise.all(transactions.map((one) => this.#ports.takeTransaction(one, from)));
    for (const rejection of outcomes) {
      if (rejection === undefined) continue;
      const points = BLAME.get(rejection.code);
      if (points !== undefined) this.#ports.record.blame(from, points, rejection.code);
    }
  }

  async #receiveBlocks(from: OrganizationId, { blocks }: PeerMessage): Promise<void> {
    for (const block of blocks) {
      // What came before the ban is not worked off after it.
      if (this.#ports.record.isBanned(from)) return;
      const outcome = await this.#ports.takeBlock(block, from);
      if (isRejection(outcome)) this.#ports.record.blame(from, FORGED, outcome.code);
      else if (outcome === 'orphan') this.#ports.onBehind(from);
      else if (outcome === 'added') await this.blockCame(headerHash(block.header));
    }
  }

  async #receiveVotes(from: OrganizationId, votes: readonly Vote[]): Promise<void> {
    const { record, takeVotes } = this.#ports;
    if (votes.length === 0 || record.isBanned(from)) return;
    const outcomes = await takeVotes(votes);
    let isDoubtful = false;
    const counted = new Set<OrganizationId>();
    for (const [index, vote] of votes.entries()) {
      const outcome = outcomes[index];
      if (outcome === 'invalid') record.blame(from, FORGED, 'vote-invalid');
      else if (outcome === 'doubtful') record.blame(from, CLUMSY, 'vote-doubtful');
      else if (outcome === 'target-unknown') isDoubtful = !this.#keepEarly(from, vote) || isDoubtful;
      else if (outcome === 'counted') {
        this.#passOn(from, vote);
        counted.add(vote.organization);
      }
    }
    // One point for all of them, as votes are told again and again.
    if (isDoubtful) record.blame(from, CLUMSY, 'vote-doubtful');
    const early = [...counted].flatMap((organization) => this.#early.of(organization));
    // What came before its block may contradict what has counted now.
    if (early.length > 0) await takeVotes(early);
  }

  /** Kept until its block comes, so it must be somebody's; false when it seems to be nobody's. */
  #keepEarly(from: OrganizationId, vote: Vote): boolean {
    const { chain, verifier } = this.#ports;
    if (this.#early.has(vote) || !this.#early.mayLook(from)) return true;
    const set = membersOf(chain.tree.stateAfter(chain.tree.head.hash));
    // Above the head its key may be that of a block that is not here yet: who is behind would ban all whom it could learn from.
    if (!isVoteOf(vote, set, verifier)) return vote.target.height > chain.tree.head.height;
    this.#early.keep(vote);
    this.#lookLater(from, vote);
    return true;
  }

  /** Members that cannot reach each other hear of each other's votes through those that both reach. */
  #passOn(from: OrganizationId, vote: Vote): void {
    const message = encodeMessage({ votes: [vote] });
    for (const peer of this.#ports.network.peers()) {
      if (peer !== from && peer !== vote.organization) this.#ports.network.send(peer, message);
    }
  }

  /** A vote often comes a moment before its block. */
  #lookLater(from: OrganizationId, { target }: Vote): void {
    this.#ports.clock.after(EARLY_LOOK_MS, () => {
      if (this.#isAhead(target)) this.#ports.onBehind(from);
    });
  }

  #hear(from: OrganizationId, head: SignedHead): void {
    const { chain, chainId, clock, record, verifier } = this.#ports;
    if (head.chainId !== chainId) return record.blame(from, FORGED, 'head-invalid');
    // Of tomorrow: its member would count as being there until then, and be heard no more.
    if (head.time > clock.now() + FRESH_HEAD_MS) return;
    const known = this.#heads.get(head.organization);
    if (known !== undefined && known.time >= head.time) return;
    const set = membersOf(chain.tree.stateAfter(chain.tree.final.hash));
    // Members that are only about to be admitted have no word yet.
    if (![...set.members, ...(set.next?.members ?? [])].some((one) => one.organization === head.organization)) return;
    if (!isHeadOf(head, set, verifier)) return record.blame(from, CLUMSY, 'head-invalid');
    this.#heads.set(head.organization, head);
    // It may have the votes that are missing here for a block both have.
    if (head.organization === from && head.final.height > chain.tree.final.height) this.#ports.onBehind(from);
  }

  #tellHead(): void {
    const { chain, clock, network, signHead } = this.#ports;
    this.#cancelHead = clock.after(HEAD_INTERVAL_MS, () => this.#tellHead());
    const peers = network.peers();
    if (peers.length === 0) return;
    const head = signHead(NOBODY_ASKED);
    const { height, hash } = chain.tree.head;
    if (head !== undefined) this.#heads.set(head.organization, head);
    // Nobody tells one that is no member anything: it asks one after another.
    else this.#ports.onBehind(peers[(this.#asked += 1) % peers.length] as OrganizationId);
    this.#toAll(
      encodeMessage({
        heads: head === undefined ? [] : [head],
        tips: [{ height, hash }],
        votes: this.#votesToRepeat(),
      }),
    );
  }

  /** While something is not final: why the own source is justified, and the own vote, for whoever missed them. */
  #votesToRepeat(): Vote[] {
    const { chain, organization } = this.#ports;
    if (chain.tree.headBlock === undefined) return [];
    const own = chain.book
      .votesOf(organization, VOTES_REPEATED)
      .filter(({ target }) => target.height > chain.tree.final.height);
    return [...chain.book.votesFor(chain.tree.justified.hash).slice(0, MOST_MEMBERS), ...own];
  }

  #toAll(message: Uint8Array): void {
    const { network, record } = this.#ports;
    for (const peer of network.peers()) if (!record.isBanned(peer)) network.send(peer, message);
  }
}
