// One member's copy of the chain: the final blocks in the stores, those above them in the tree, and the votes on these. A block is
// justified when a quorum links it from a justified one, and final when it is justified and a quorum links its direct child from it.
import {
  type Block,
  type BlockParent,
  type BlockStore,
  type ConsensusStore,
  type Evidence,
  type FinalBlock,
  type Genesis,
  type Header,
  MEMBERS_KEY,
  type MemberSet,
  type Rejection,
  type StateChanges,
  type StateReader,
  type StateStore,
  type SupermajorityLink,
  type TransactionId,
  type Vote,
  chainIdOf,
  checkProposer,
  decodeValue,
  encodeBlock,
  headerHash,
  isAlone,
  isRejection,
  isVoteOf,
  meetsTarget,
  parseBlock,
  reject,
  transactionId,
} from '@clearchart/ledger';
import type { SignatureVerifier } from '@clearchart/crypto';
import { AheadReader } from './ahead-reader.ts';
import { BlockTree, type NewBlock, type TreeBlock } from './block-tree.ts';
import { checkBlock } from './check-block.ts';
import type { EngineClock } from './clock.ts';
import { LastVotes } from './last-votes.ts';
import { VOTE_CLOCK_MS } from './limits.ts';
import { newestLinks } from './link-votes.ts';
import { isTooMuch } from './tree-room.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';
import { VoteBook } from './vote-book.ts';

export interface ChainPorts {
  readonly genesis: Genesis;
  readonly blocks: BlockStore;
  readonly state: StateStore;
  readonly consensus: ConsensusStore;
  readonly signatures: VerifiedSignatures;
  readonly verifier: SignatureVerifier;
  readonly clock: EngineClock;
}

/** `orphan`: its parent is not here. `unwanted`: one too many, or below the final block. */
export type BlockOutcome = 'added' | 'known' | 'orphan' | 'unwanted' | Rejection;
/** `doubtful`: it would contradict another of its member, and is signed with no key that counts now. */
export type VoteOutcome = 'counted' | 'known' | 'too-old' | 'target-unknown' | 'doubtful' | 'invalid';

/** A block that has become final, as the tree knew it. */
export interface SettledBlock extends FinalBlock {
  readonly settled: TreeBlock;
}

export class Chain {
  readonly tree: BlockTree;
  readonly book = new VoteBook();
  readonly lastVotes = new LastVotes();
  readonly #ports: ChainPorts;
  #lastLink: SupermajorityLink | undefined;
  /** The process ended between the final block and the link that made it so: readers would see nobody confirm it. */
  #isLinkMissing: boolean;
  /** The highest block that is final and not in the stores yet, and the link that made it so. */
  #decided: { block: TreeBlock; link: SupermajorityLink | undefined } | undefined;

  constructor(ports: ChainPorts, final: BlockParent) {
    this.#ports = ports;
    this.tree = new BlockTree(final, ports.state);
    this.#isLinkMissing = ports.consensus.linkFrom(final.height) === undefined;
  }

  /** The head that may be told of: what is only about to be stored is not. */
  get toldHead(): BlockParent {
    const { head, final } = this.tree;
    return head.height <= (this.#decided?.block.height ?? 0) ? final : head;
  }

  /** Takes up what was above the final block when the process ended. Final blocks found so are committed. */
  async restore(): Promise<void> {
    const { consensus } = this.#ports;
    for (const { bytes } of consensus.tipBlocks()) {
      const block = parseBlock(bytes);
      if (isRejection(block) || !this.follows(block)) continue;
      const added = await this.check(block);
      if (!isRejection(added)) this.add(added).isKept = true;
    }
    this.lastVotes.recall(newestLinks(consensus, this.tree.final.height));
    for (const vote of [...consensus.heardVotes(), ...consensus.ownVotes()]) this.#count(vote, undefined);
    await this.settle();
  }

  /** Whether the block's parent is here and the block is not. */
  follows({ header }: Block): boolean {
    return this.tree.has(header.previousHash) && !this.tree.has(headerHash(header));
  }

  /** @param isVotedFor When it was asked for: what is voted for is taken, however much else is here. */
  async take(block: Block, from: string, isVotedFor?: (hash: string) => boolean): Promise<BlockOutcome> {
    const { height, previousHash, time } = block.header;
    if (height <= this.tree.final.height) return 'known';
    if (!this.tree.has(previousHash)) return 'orphan';
    if (!this.follows(block)) return 'known';
    // Nobody votes for it before its time has come, so nobody builds on it: one block of next year would stop all.
    if (time > this.#ports.clock.now() + VOTE_CLOCK_MS) return 'unwanted';
    const set = membersOf(this.tree.stateAfter(previousHash));
    if (isTooMuch(this.tree, block, from, set, isVotedFor !== undefined) && !isVotedFor?.(headerHash(block.header)))
      return 'unwanted';
    const added = await this.check(block);
    if (isRejection(added)) return added;
    this.add(added, from);
    return 'added';
  }

  /** A block that follows one which is here, with all it changes. What costs least is looked at first. */
  async check(block: Block): Promise<NewBlock | Rejection> {
    const { genesis, signatures } = this.#ports;
    const { header } = block;
    const parent = this.tree.parentFor(header.previousHash);
    const state = this.tree.stateAfter(header.previousHash);
    const votingSet = membersOf(state);
    if (!meetsTarget(headerHash(header), genesis.target))
      return reject('block-work-too-small', { height: header.height });
    const refused = checkProposer(header, votingSet, signatures.check);
    if (refused !== undefined) return refused;
    const changes = await checkBlock(block, state, parent, genesis, signatures);
    return isRejection(changes) ? changes : newBlock(block, changes, new AheadReader(state, changes), votingSet);
  }

  /** @returns the block in the tree; the one that was there when it came twice. */
  add(added: NewBlock, from?: string): TreeBlock {
    const known = this.tree.get(added.hash);
    if (known !== undefined) return known;
    const block = this.tree.add(added, from);
    if (isAlone(block.votingSet)) {
      this.tree.justify(block);
      this.#decide(block, undefined);
    }
    this.#weigh(block);
    return block;
  }

  addVote(vote: Vote): VoteOutcome {
    return this.#count(vote, this.#ports.clock.now());
  }

  /** @param heardAt Undefined for a vote that was heard before this start. */
  #count(vote: Vote, heardAt: number | undefined): VoteOutcome {
    const { chainId, target } = vote;
    if (chainId !== chainIdOf(this.#ports.genesis)) return 'invalid';
    const block = this.tree.get(target.hash);
    if (target.height <= this.tree.final.height || block?.height !== target.height) {
      if (!this.#holdAgainst(vote)) return 'doubtful';
      return target.height <= this.tree.final.height ? 'too-old' : 'target-unknown';
    }
    if (!this.book.wants(vote, block.votingSet)) return 'known';
    if (!isVoteOf(vote, block.votingSet, this.#ports.verifier)) return 'invalid';
    this.#keep(this.book.contradictionOf(vote));
    this.book.add(vote);
    this.lastVotes.hear(vote, heardAt);
    this.#weigh(block);
    return 'counted';
  }

  /** A vote that does not count here may contradict one that did; false when it would and nobody has signed it. */
  #holdAgainst(vote: Vote): boolean {
    const evidence = this.book.contradictionOf(vote);
    if (evidence === undefined) return true;
    const set = membersOf(this.tree.stateAfter(this.tree.head.hash));
    if (!isVoteOf(vote, set, this.#ports.verifier)) return false;
    this.#keep(evidence);
    return true;
  }

  #keep(evidence: Evidence | undefined): void {
    if (evidence === undefined) return;
    this.#ports.consensus.addEvidence(evidence);
    this.book.tell(evidence);
  }

  /** Evidence that is kept. */
  evidence(): readonly Evidence[] {
    return this.#ports.consensus.evidence();
  }

  /** Puts into the stores what has become final, lowest first; each is durable before it is returned. */
  async settle(): Promise<SettledBlock[]> {
    const { blocks, state, consensus } = this.#ports;
    const decided = this.#decided;
    if (decided === undefined) return [];
    const path = [...this.tree.pathDown(decided.block)].reverse();
    for (const one of path) {
      await blocks.append(one.height, one.bytes);
      state.commit({ header: one.block.header, hash: one.hash, ids: one.ids }, one.changes);
      one.state.settle(state);
    }
    const hasTips = path.some(({ isKept }) => isKept);
    const links = [...this.#linksAtChanges(path), ...this.#linksToKeep(decided.link)];
    if (links.length > 0 || hasTips) consensus.settle(decided.block.height, links);
    if (decided.link !== undefined) this.#isLinkMissing = false;
    this.tree.settle(decided.block);
    this.book.settle(decided.block.height);
    this.#decided = undefined;
    return path.map((settled) => ({ block: settled.block, hash: settled.hash, ids: settled.ids, settled }));
  }

  /** A change of the members is shown by a link that lies below its coming into force (L49), however far ahead the newest one is. */
  #linksAtChanges(path: readonly TreeBlock[]): SupermajorityLink[] {
    const links: SupermajorityLink[] = [];
    let isWanted = false;
    for (const [index, child] of path.entries()) {
      const block = path[index - 1];
      if (block === undefined) continue;
      isWanted ||= block.block.header.memberSetHash !== child.block.header.memberSetHash;
      const ofBlock = isWanted ? this.book.linksTo(child, child.votingSet) : [];
      const link = ofBlock.find(({ source }) => source.hash === block.hash);
      if (link === undefined) continue;
      links.push(link);
      isWanted = false;
    }
    return links;
  }

  /** The new link, and the one before it once more: readers see who voted for it late, too. */
  #linksToKeep(link: SupermajorityLink | undefined): SupermajorityLink[] {
    const before = this.#lastLink === undefined ? undefined : this.book.gathered(this.#lastLink);
    this.#lastLink = link;
    return [before, link].filter((one) => one !== undefined);
  }

  /** Looks whether the votes make the block justified, or its parent final. */
  #weigh(block: TreeBlock): void {
    for (const link of this.book.linksTo(block, block.votingSet)) {
      // Where the source is justified is not asked: more than two thirds say so, and one of them at least is honest.
      if (!this.tree.holds(block, link.source)) continue;
      if (!block.isJustified) this.tree.justify(block, link.source);
      if (block.parent?.hash === link.source.hash) this.#decide(block.parent, link);
      if (this.#isLinkMissing && link.source.height === this.tree.final.height) this.#keepMissing(block, link);
    }
  }

  #keepMissing({ height }: TreeBlock, link: SupermajorityLink): void {
    const { final } = this.tree;
    if (final.height === 0 || height !== final.height + 1) return;
    this.#ports.consensus.settle(final.height, [link]);
    this.#isLinkMissing = false;
  }

  #decide(block: TreeBlock, link: SupermajorityLink | undefined): void {
    if (this.#decided === undefined || block.height > this.#decided.block.height) this.#decided = { block, link };
  }
}

export function newBlock(
  block: Block,
  changes: StateChanges,
  state: AheadReader,
  votingSet: MemberSet,
  ids: readonly TransactionId[] = block.transactions.map(transactionId),
  bytes = encodeBlock(block),
): NewBlock {
  const { next } = votingSet;
  const putsInForce = membersOf(state).next === undefined ? next?.decidedAt : undefined;
  return { block, hash: headerHash(block.header as Header), bytes, ids, changes, state, votingSet, putsInForce };
}

export function membersOf(state: StateReader): MemberSet {
  const members = state.get(MEMBERS_KEY);
  if (members === undefined) throw new Error('The state has no member set');
  return decodeValue(members) as MemberSet;
}
