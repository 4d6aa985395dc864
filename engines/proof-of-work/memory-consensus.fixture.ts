/** What a member must not forget, in memory. */
import type { ConsensusStore, Evidence, SupermajorityLink, TipBlock, Vote } from '@clearchart/ledger';

export class MemoryConsensus implements ConsensusStore {
  knowsOwnVotes: boolean;
  #tips: TipBlock[] = [];
  #votes: Vote[] = [];
  #heard: Vote[] = [];
  readonly #links: SupermajorityLink[] = [];
  readonly #evidence: Evidence[] = [];

  constructor(knowsOwnVotes = true) {
    this.knowsOwnVotes = knowsOwnVotes;
  }

  tipBlocks = () => this.#tips;
  ownVotes = () => this.#votes;
  evidence = () => this.#evidence;
  close = () => undefined;

  heardVotes = () => this.#heard;

  saveVote(vote: Vote, blocks: readonly TipBlock[], heard: readonly Vote[]): void {
    this.#heard.push(...heard);
    this.#votes.push(vote);
    this.#tips.push(...blocks.map(({ height, hash, bytes }) => ({ height, hash, bytes })));
  }

  remember(votes: readonly Vote[]): void {
    this.#votes = [...votes].sort((one, other) => one.target.height - other.target.height);
    this.knowsOwnVotes = true;
  }

  settle(finalHeight: number, links: readonly SupermajorityLink[]): void {
    this.#heard = this.#heard.filter(({ target }) => target.height > finalHeight);
    this.#tips = this.#tips.filter(({ height }) => height > finalHeight);
    this.#votes = this.#votes.filter(
      (vote, index) => vote.target.height > finalHeight || index === this.#votes.length - 1,
    );
    for (const link of links) {
      const at = this.#links.findIndex(({ source }) => source.height === link.source.height);
      if (at < 0) this.#links.push(link);
      else this.#links[at] = link;
    }
  }

  linkFrom(height: number): SupermajorityLink | undefined {
    return this.#links
      .filter(({ source }) => source.height >= height)
      .sort((one, other) => one.source.height - other.source.height)[0];
  }

  addEvidence(evidence: Evidence): void {
    this.#evidence.push(evidence);
  }
}
