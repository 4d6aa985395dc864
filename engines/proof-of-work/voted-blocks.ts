// Which blocks of an answer must be taken however many their proposer has made beside them: one honest member at least stands for them.
import {
  type Block,
  type ChainId,
  type MemberSet,
  type Vote,
  headerHash,
  isQuorum,
  isVoteOf,
} from '@clearchart/ledger';
import type { SignatureVerifier } from '@clearchart/crypto';
import { everybodyOf } from './vote-book.ts';

/** Whether the block, or one of these on it, has so many votes that no quorum is left without them. Signatures are looked at when first asked. */
export function votedBlocks(
  blocks: readonly Block[],
  votes: readonly Vote[],
  chainId: ChainId,
  set: MemberSet,
  verifier: SignatureVerifier,
): (hash: string) => boolean {
  let voted: Set<string> | undefined;
  return (hash) => {
    voted ??= find();
    return voted.has(hash);
  };

  function find(): Set<string> {
    const found = new Set<string>();
    for (const { header } of [...blocks].reverse()) {
      const hash = headerHash(header);
      if (found.has(hash) || isVoted(hash)) found.add(hash).add(header.previousHash);
    }
    return found;
  }

  function isVoted(hash: string): boolean {
    const left = everybodyOf(set);
    for (const vote of votes) {
      if (vote.target.hash !== hash || vote.chainId !== chainId || !left.has(vote.organization)) continue;
      if (isVoteOf(vote, set, verifier)) left.delete(vote.organization);
    }
    return !isQuorum(set, left);
  }
}
