// When this member votes, and for what. The source is the highest justified block, the target the head. Targets only rise and
// sources never fall: so no two votes of one height, and none around another. The vote is on disk before anybody sees it.
import { fromHex } from '@clearchart/crypto';
import {
  type ChainId,
  type Checkpoint,
  type ConsensusStore,
  type MemberSet,
  type Transaction,
  StateOverlay,
  type Vote,
  applyTransaction,
  signVote,
  votingKeys,
} from '@clearchart/ledger';
import type { TreeBlock } from './block-tree.ts';
import type { Chain } from './chain.ts';
import type { EngineClock } from './clock.ts';
import { HELD_BLOCKS, HELD_LOOKED_AT, VOTE_CLOCK_MS } from './limits.ts';
import type { Proposer } from './make-block.ts';
import type { Waiting } from './mempool.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';

export interface VoterPorts {
  readonly chainId: ChainId;
  readonly chain: Chain;
  readonly consensus: ConsensusStore;
  readonly proposer: Proposer;
  readonly clock: EngineClock;
  readonly signatures: VerifiedSignatures;
  readonly limits: { readonly transactionsPerBlock: number; readonly blockBytes: number };
  /** What waits for a block here, oldest first; nothing of it is in the head's chain. */
  readonly waiting: () => Iterable<Waiting>;
  /** Called once for a head that gets no vote because it leaves these out: the others may never have heard of them. */
  readonly onOmitted?: (transactions: readonly Transaction[]) => void;
}

export class Voter {
  readonly #ports: VoterPorts;
  /** The head that left something out. */
  #blamed: TreeBlock | undefined;

  constructor(ports: VoterPorts) {
    this.#ports = ports;
  }

  /** The vote that is due now, already on disk; undefined when there is none. */
  vote(): Vote | undefined {
    const { chain, chainId, consensus, proposer } = this.#ports;
    const head = chain.tree.headBlock;
    if (head === undefined) return undefined;
    // A head that the others have justified already is confirmed all the same: their readers see who did.
    const source = head.isJustified ? head.justifiedFrom : chain.tree.justified;
    if (source === undefined || !this.#mayVote(head, source)) return undefined;
    const signer = votingKeys(head.votingSet, proposer.organization)
      .map((key) => proposer.signerFor(fromHex(key)))
      .find((one) => one !== undefined);
    if (signer === undefined) return undefined;
    const vote = signVote(chainId, proposer.organization, { source, target: head }, signer);
    const unkept = [...chain.tree.pathDown(head)].filter(({ isKept }) => !isKept).reverse();
    const heard = source.height > chain.tree.final.height ? chain.book.votesFor(source.hash) : [];
    consensus.saveVote(
      vote,
      unkept,
      heard.filter((one) => one.organization !== proposer.organization),
    );
    for (const block of unkept) block.isKept = true;
    return vote;
  }

  #mayVote(head: TreeBlock, source: Checkpoint): boolean {
    const { chain, clock, consensus, proposer } = this.#ports;
    if (!consensus.knowsOwnVotes) return false;
    // Others may know a newer vote than the disk does: somebody has put an older copy of it here.
    for (const last of [consensus.ownVotes().at(-1), ...chain.book.votesOf(proposer.organization, 1)]) {
      if (last === undefined) continue;
      if (head.height <= last.target.height || source.height < last.source.height) return false;
    }
    if (Math.abs(clock.now() - head.time) > VOTE_CLOCK_MS) return false;
    return this.#onlyChangesWhatIsFinal(head) && !this.#omitsWhatIsHeld(head);
  }

  /** A change of the members takes force only once the decision for it is final. */
  #onlyChangesWhatIsFinal(head: TreeBlock): boolean {
    const { tree } = this.#ports.chain;
    for (const { putsInForce } of tree.pathDown(head)) if ((putsInForce ?? 0) > tree.final.height) return false;
    return true;
  }

  #omitsWhatIsHeld(head: TreeBlock): boolean {
    const omitted = this.#omittedBy(head);
    if (omitted.length === 0) return false;
    if (this.#blamed !== head) this.#ports.onOmitted?.(omitted);
    this.#blamed = head;
    return true;
  }

  #omittedBy(head: TreeBlock): Transaction[] {
    const { chain, chainId, limits, signatures, waiting } = this.#ports;
    const omitted: Transaction[] = [];
    if (head.block.transactions.length >= limits.transactionsPerBlock) return omitted;
    const room = limits.blockBytes - head.bytes.length;
    const before = chain.tree.stateAfter(head.block.header.previousHash);
    let looked = 0;
    for (const { transaction, bytes, heldSince } of waiting()) {
      if (looked >= HELD_LOOKED_AT || heldSince > head.height - HELD_BLOCKS) break;
      looked += 1;
      if (bytes + 1 > room) continue;
      const context = { chainId, height: head.height, time: head.time, checkSignature: signatures.check };
      if (applyTransaction(transaction, new StateOverlay(before), context) === undefined) omitted.push(transaction);
    }
    return omitted;
  }
}

/** Which turn the member has at this height: 0 begins at once; undefined when it makes no blocks. */
export function turnOf(set: MemberSet, organization: string, height: number): number | undefined {
  const place = set.members.findIndex((member) => member.organization === organization);
  const count = set.members.length;
  return place < 0 ? undefined : (((place - height) % count) + count) % count;
}
