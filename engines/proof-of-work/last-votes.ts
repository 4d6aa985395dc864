// The newest vote of each member that counted here, and when it came: what people are shown. Nothing is decided by it.
import type { LastVote, OrganizationId, SupermajorityLink, Vote } from '@clearchart/ledger';

export class LastVotes {
  /** Votes count of members alone, so there are no more than ever were members. */
  readonly #newest = new Map<OrganizationId, LastVote>();

  /** What the kept links say, newest first: a member that is asleep has voted in one of them. */
  recall(links: Iterable<SupermajorityLink>): void {
    for (const { signatures, source, target } of links)
      for (const { organization } of signatures) this.#add({ organization, source, target });
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
