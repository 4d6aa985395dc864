// The consensus store's promise, and its freedom: each change happens wholly or not at all, is durable when it returns, and a crash
// right after it may keep the caller from ever hearing of it.
import type { ConsensusStore, Evidence, SupermajorityLink, TipBlock, Vote } from '@clearchart/ledger';
import type { Power } from './power.ts';

/** What lies in the file: it outlives the process. */
export class ConsensusFile {
  knowsOwnVotes: boolean;
  tips: readonly TipBlock[] = [];
  votes: readonly Vote[] = [];
  /** Of others. */
  heard: readonly Vote[] = [];
  readonly links = new Map<number, SupermajorityLink>();
  readonly evidence: Evidence[] = [];

  constructor(knowsOwnVotes: boolean) {
    this.knowsOwnVotes = knowsOwnVotes;
  }
}

/** A process's hold on the file. */
export function openSimulatedConsensus(file: ConsensusFile, power: Power): ConsensusStore {
  const store: ConsensusStore = {
    get knowsOwnVotes() {
      return file.knowsOwnVotes;
    },
    tipBlocks: () => file.tips,
    ownVotes: () => file.votes,
    heardVotes: () => file.heard,
    saveVote(vote, blocks, heard) {
      power.step(() => {
        file.heard = [...file.heard, ...heard];
        file.votes = [...file.votes, vote];
        file.tips = [...file.tips, ...blocks.map(({ height, hash, bytes }) => ({ height, hash, bytes }))];
      });
    },
    remember(votes) {
      power.step(() => {
        file.votes = [...votes].sort((one, other) => one.target.height - other.target.height);
        file.knowsOwnVotes = true;
      });
    },
    settle(finalHeight, links) {
      power.step(() => {
        file.heard = file.heard.filter(({ target }) => target.height > finalHeight);
        file.tips = file.tips.filter(({ height }) => height > finalHeight);
        file.votes = file.votes.filter((vote, at) => vote.target.height > finalHeight || at === file.votes.length - 1);
        for (const link of links) file.links.set(link.source.height, link);
      });
    },
    linkFrom(height) {
      const sources = [...file.links.keys()].filter((source) => source >= height);
      return sources.length === 0 ? undefined : file.links.get(Math.min(...sources));
    },
    addEvidence(evidence) {
      power.step(() => file.evidence.push(evidence));
    },
    evidence: () => file.evidence,
    close: () => undefined,
  };
  return store;
}
