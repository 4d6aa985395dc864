// Which blocks of an answer are taken however many their proposer has made beside them. Without this a member that makes many could
// show each of the others as many different ones as they take, and none of them could follow the others any more.
import {
  type Block,
  type ChainId,
  type Header,
  type MemberSet,
  type Vote,
  headerHash,
  isQuorum,
  isVoteOf,
} from '@clearchart/ledger';
import type { SignatureVerifier } from '@clearchart/crypto';
import { everybodyOf } from './vote-book.ts';

export interface Support {
  /** One after the other, lowest first. */
  readonly blocks: readonly Block[];
  readonly votes: readonly Vote[];
  readonly chainId: ChainId;
  readonly set: MemberSet;
  readonly verifier: SignatureVerifier;
  /** Whether this one would be taken for itself: not too many of its proposer stand beside it. */
  readonly mayStand: (header: Header) => boolean;
}

/**
 * Whether so many voted for the block that no quorum is left without them, or another member built on it, or either holds for one on it.
 * Looked at when first asked.
 */
export function supportedBlocks(support: Support): (hash: string) => boolean {
  let found: ReadonlySet<string> | undefined;
  return (hash) => {
    found ??= find(support);
    return found.has(hash);
  };
}

function find(support: Support): Set<string> {
  const found = new Set<string>();
  const byHash = new Map(support.blocks.map((block) => [headerHash(block.header), block]));
  for (const [hash, { header }] of [...byHash].reverse()) {
    if (found.has(hash) || isVoted(hash, support)) found.add(hash).add(header.previousHash);
    const parent = byHash.get(header.previousHash)?.header;
    if (parent !== undefined && parent.proposer !== header.proposer && support.mayStand(header))
      found.add(header.previousHash);
  }
  return found;
}

function isVoted(hash: string, { votes, chainId, set, verifier }: Support): boolean {
  const left = everybodyOf(set);
  for (const vote of votes) {
    if (vote.target.hash !== hash || vote.chainId !== chainId || !left.has(vote.organization)) continue;
    if (isVoteOf(vote, set, verifier)) left.delete(vote.organization);
  }
  return !isQuorum(set, left);
}
