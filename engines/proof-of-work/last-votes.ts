// The newest vote of each member that counted here, and when it came: what people are shown. Nothing is decided by it.
import type { LastVote, OrganizationId, SupermajorityLink, Vote } from '@clearchart/ledger';

/** Links looked at, newest first, for votes heard before this start. */
const LINKS_LOOKED_AT = 64;

export class LastVotes {
  /** Votes count of members alone, so there are no more than ever were members. */
  readonly #newest = new Map<OrganizationId, LastVote>();

  /** What the kept links say: a member that is asleep has voted in one of them. */
  recall(linkFrom: (height: number) => SupermajorityLink | undefined, finalHeight: number): void {
    for (let height = finalHeight; height > 0 && height > finalHeight - LINKS_LOOKED_AT; height -= 1) {
      const link = linkFrom(height);
      if (link === undefined) continue;
      for (const { organization } of link.signatures)
        this.#add({ organization, source: link.source, target: link.target });
    }
  }

  /** @param heardAt Undefined for a vote that was kept on disk. */
  hear({ organization, source, target }: Vote, heardAt: number | undefined): void {
    this.#add({ organization, source, target, ...(heardAt === undefined ? {} : { heardAt }) });
  }

  list(): readonly LastVote[] {
    return [...this.#newest.values()];
  }

  #add(vote: LastVote): void {
    const known = this.#newest.get(vote.organization);
    if (known === undefined || known.target.height < vote.target.height) this.#newest.set(vote.organization, vote);
  }
}
