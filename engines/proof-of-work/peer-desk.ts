// The engine's side towards the other members: gossip, catching up, and answers to their questions.
import {
  type Block,
  type BlockStore,
  type ConsensusStore,
  type Genesis,
  type LastVote,
  NOBODY_ASKED,
  type MemberSet,
  type OrganizationId,
  type Rejection,
  type SignedHead,
  type StateStore,
  type Transaction,
  type Vote,
  chainIdOf,
  isAlone,
  isQuorum,
  isVoteOf,
  signHead,
  votingKeys,
} from '@clearchart/ledger';
import { type SignatureVerifier, fromHex, utf8 } from '@clearchart/crypto';
import { CatchUp } from './catch-up.ts';
import { type BlockOutcome, type Chain, type VoteOutcome, membersOf } from './chain.ts';
import type { EngineClock } from './clock.ts';
import { Gossip } from './gossip.ts';
import { newestLinks, votesOfLink } from './link-votes.ts';
import type { Proposer } from './make-block.ts';
import { MESSAGE_VOTES, REMEMBER_AGAIN_MS, REMEMBER_PATIENCE_MS } from './peer-limits.ts';
import {
  encodeHeadAnswer,
  encodeQuestion,
  encodeVotesAnswer,
  parseHeadAnswer,
  parseQuestion,
  parseVotesAnswer,
} from './peer-messages.ts';
import type { PeerHandler, PeerNetwork } from './peer-network.ts';
import { PeerRecord } from './peer-record.ts';

export interface PeerDeskPorts {
  readonly genesis: Genesis;
  readonly proposer: Proposer;
  readonly blocks: BlockStore;
  readonly state: StateStore;
  readonly consensus: ConsensusStore;
  readonly network: PeerNetwork;
  readonly verifier: SignatureVerifier;
  readonly clock: EngineClock;
  readonly chain: Chain;
  /** @param isVotedFor When they were asked for. */
  readonly takeBlocks: (
    blocks: readonly Block[],
    from: OrganizationId,
    isVotedFor?: (hash: string) => boolean,
  ) => Promise<readonly BlockOutcome[]>;
  readonly takeVotes: (votes: readonly Vote[]) => Promise<readonly VoteOutcome[]>;
  readonly takeTransaction: (transaction: Transaction, from: OrganizationId) => Promise<Rejection | undefined>;
  /** From now on this member may vote and make blocks. */
  readonly onRemembered: () => void;
  /** A store has failed. */
  readonly onFault: (error: Error) => void;
}

/** What the node sees of it. */
export interface PeerDeskView extends PeerHandler {
  /** The newest signed head heard of each member, the own one too. */
  heads(): readonly SignedHead[];
  /** Heads that the members sign now over this nonce, 64 digits; of those that answer in time. */
  headsOver(nonce: string): Promise<readonly SignedHead[]>;
  bansOf(peer: OrganizationId): number;
  /** The newest vote of each member that counted here, the own one too. */
  lastVotes(): readonly LastVote[];
  /** Codes of what it was blamed for, each once, the newest last. */
  reasonsOf(peer: OrganizationId): readonly string[];
  /** Fetches from all members what they have and this one lacks: the paper's "resolve". */
  resolve(): Promise<void>;
}

export class PeerDesk implements PeerDeskView {
  readonly #ports: PeerDeskPorts;
  readonly #record: PeerRecord;
  readonly #gossip: Gossip;
  readonly #catchUp: CatchUp;
  readonly #patientUntil: number;
  #cancelRemember: () => void = () => undefined;
  #isStopped = false;

  constructor(ports: PeerDeskPorts) {
    this.#ports = ports;
    this.#record = new PeerRecord(ports.clock);
    this.#patientUntil = ports.clock.now() + REMEMBER_PATIENCE_MS;
    this.#catchUp = new CatchUp({ ...ports, record: this.#record });
    this.#gossip = new Gossip({
      ...ports,
      chainId: chainIdOf(ports.genesis),
      organization: ports.proposer.organization,
      record: this.#record,
      takeBlock: async (block, from) => (await ports.takeBlocks([block], from))[0] ?? 'unwanted',
      signHead: (nonce) => this.#signHead(nonce),
      onBehind: (peer) => void this.#catchUp.from(peer),
    });
    if (!ports.consensus.knowsOwnVotes) this.#rememberIn(0);
  }

  isQuorumThere(set: MemberSet): boolean {
    return this.#gossip.isQuorumThere(set);
  }

  spread(item: { transaction?: Transaction; block?: Block; vote?: Vote }): void {
    this.#gossip.spread(item);
  }

  isBanned(peer: OrganizationId): boolean {
    return this.#record.isBanned(peer);
  }

  bansOf(peer: OrganizationId): number {
    return this.#record.bansOf(peer);
  }

  reasonsOf(peer: OrganizationId): readonly string[] {
    return this.#record.reasonsOf(peer);
  }

  heads(): readonly SignedHead[] {
    return this.#gossip.heads();
  }

  lastVotes(): readonly LastVote[] {
    return this.#ports.chain.lastVotes.list();
  }

  receive(from: OrganizationId, message: Uint8Array): void {
    // It ends only when the engine does, and that is told elsewhere.
    this.#gossip.receive(from, message).catch(() => undefined);
  }

  async answer(_from: OrganizationId, question: Uint8Array): Promise<Uint8Array> {
    const asked = parseQuestion(question);
    // Strangers ask too, and are not remembered for it; how often anybody may ask is the network's limit.
    if (asked === undefined) return utf8('null');
    if (asked.kind === 'chain') return await this.#catchUp.answer(asked.locator);
    if (asked.kind === 'votes') return encodeVotesAnswer(this.#votesOf(asked.organization));
    const head = this.#signHead(asked.nonce);
    return head === undefined ? utf8('null') : encodeHeadAnswer(head);
  }

  async headsOver(nonce: string): Promise<readonly SignedHead[]> {
    const { network } = this.#ports;
    const question = encodeQuestion({ kind: 'head', nonce });
    const own = this.#signHead(nonce);
    const asked = network.peers().map(async (peer) => parseHeadAnswer(await network.ask(peer, question)));
    const answers = await Promise.all(asked.map((one) => one.catch(() => undefined)));
    return [own, ...answers].filter((head) => head !== undefined);
  }

  async resolve(): Promise<void> {
    for (const peer of this.#ports.network.peers()) await this.#catchUp.from(peer);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelRemember();
    this.#gossip.close();
    this.#catchUp.stop();
  }

  async close(): Promise<void> {
    this.stop();
    await this.#catchUp.close();
  }

  /** What was heard of its votes; and the newest that helped to make a block final, which is all that a start leaves of them. */
  #votesOf(organization: string): Vote[] {
    const { chain, consensus, genesis } = this.#ports;
    const heard = chain.book.votesOf(organization, MESSAGE_VOTES - 1);
    for (const link of newestLinks(consensus, chain.tree.final.height)) {
      const own = votesOfLink(link, genesis).find((vote) => vote.organization === organization);
      if (own !== undefined) return [own, ...heard];
    }
    return [...heard];
  }

  #signHead(nonce: string = NOBODY_ASKED): SignedHead | undefined {
    const { chain, clock, genesis, proposer, state } = this.#ports;
    const { organization } = proposer;
    const { height, hash } = chain.tree.final;
    const key = votingKeys(membersOf(state), organization)
      .map((one) => proposer.signerFor(fromHex(one)))
      .find((one) => one !== undefined);
    if (key === undefined) return undefined;
    return signHead(
      { chainId: chainIdOf(genesis), organization, final: { height, hash }, time: clock.now(), nonce },
      key,
    );
  }

  #rememberIn(delayMs: number): void {
    const { clock, onFault } = this.#ports;
    this.#cancelRemember = clock.after(delayMs, () => void this.#remember().catch(onFault));
  }

  /**
   * A restored or wiped member asks the others how it has voted. It waits a while for all of them: the one that is missing may be
   * the only one to have seen the last vote. Then a quorum is enough, itself counted.
   */
  async #remember(): Promise<void> {
    const { chain, clock, consensus, network, onRemembered, proposer, state, verifier } = this.#ports;
    const { organization } = proposer;
    await this.resolve();
    const peers = network.peers();
    // By the head: the vote of one that is about to join is needed before the block that admits it can be final.
    const { tree } = chain;
    const set = membersOf(tree.stateAfter(tree.head.hash));
    const sets = [set, membersOf(state)];
    if (peers.length === 0 && isAlone(set)) {
      consensus.remember([]);
      return onRemembered();
    }
    const question = encodeQuestion({ kind: 'votes', organization });
    const answers = await Promise.all(
      peers
        .map(async (peer) => ({ peer, votes: parseVotesAnswer(await network.ask(peer, question)) }))
        .map((one) => one.catch(() => undefined)),
    );
    if (this.#isStopped) return;
    const told = answers.filter((answer) => answer?.votes !== undefined);
    const knowing = new Set<string>([organization, ...told.map((answer) => answer?.peer ?? '')]);
    // One that is only about to be a member votes too.
    const isMember = votingKeys(set, organization).length > 0 && !isAlone(set);
    // The members of a chain that few have shown may be those few: as many are needed of all that are known.
    const isMost = isQuorum(set, knowing) && (told.length + 1) * 3 > (peers.length + 1) * 2;
    const isEnough = told.length === peers.length || (isMost && clock.now() >= this.#patientUntil);
    if (isMember && isEnough) {
      const votes = told.flatMap((answer) => answer?.votes ?? []);
      const isOwn = (vote: Vote) => sets.some((one) => isVoteOf(vote, one, verifier));
      consensus.remember(votes.filter((vote) => vote.organization === organization && isOwn(vote)));
      onRemembered();
    } else this.#rememberIn(REMEMBER_AGAIN_MS);
  }
}
