/** What a member must not forget about votes, beside blocks and state: none of it follows from final blocks alone. */
import type { Misbehaviour, SupermajorityLink, Vote } from './vote.ts';

export interface TipBlock {
  readonly height: number;
  readonly hash: string;
  /** Canonical bytes. */
  readonly bytes: Uint8Array;
}

/** Two votes that contradict each other, as they came. */
export interface Evidence {
  readonly kind: Misbehaviour;
  readonly first: Vote;
  readonly second: Vote;
}

/** Everything is durable when a method returns; a method that throws has changed nothing that can be relied on. */
export interface ConsensusStore {
  /**
   * Whether it knows every vote this member has ever sent. False in a new file of a chain that has blocks already: restored from a
   * backup, or wiped; then nothing is voted until the other members have told what they hold (`remember`).
   */
  readonly knowsOwnVotes: boolean;
  /** Blocks above the final one, lowest first. */
  tipBlocks(): readonly TipBlock[];
  /** Own votes: the newest ever, and all with a target above the final block; lowest target first. */
  ownVotes(): readonly Vote[];
  /**
   * The vote, the blocks it rests on that are not kept yet, and the votes of others that justify its source, in one step. Without these a
   * member that starts anew could not show why its source is justified, and with a lower one it may not vote.
   */
  saveVote(vote: Vote, blocks: readonly TipBlock[], heard: readonly Vote[]): void;
  /** Votes of others that were kept with own ones, with targets above the final block. */
  heardVotes(): readonly Vote[];
  /** Own votes as the other members hold them; from now on they are known. */
  remember(votes: readonly Vote[]): void;
  /** Blocks up to this height are final and elsewhere: their tips go, the links that made them so stay. */
  settle(finalHeight: number, links: readonly SupermajorityLink[]): void;
  /** The kept link with this source, or with the lowest source above it: what makes the block at `height` final. */
  linkFrom(height: number): SupermajorityLink | undefined;
  addEvidence(evidence: Evidence): void;
  evidence(): readonly Evidence[];
  close(): void;
}
