// Every vote that is known and may still matter, and what contradicts what. Votes that contradict each other all count where they
// point to: which of them comes first differs from node to node, and a link must be one link for everybody.
import {
  type Checkpoint,
  type Evidence,
  type Link,
  type MemberSet,
  type SupermajorityLink,
  type Vote,
  conflictOf,
  isQuorum,
  isSameCheckpoint,
  isSameLink,
} from '@clearchart/ledger';
import { VOTES_BELOW_FINAL, VOTES_PER_HEIGHT, VOTES_PER_MEMBER } from './limits.ts';

export class VoteBook {
  readonly #byMember = new Map<string, Vote[]>();
  readonly #byTarget = new Map<string, Vote[]>();

  /** False for a vote that is known, or one too many. @param set Whose votes count on its target. */
  wants(vote: Vote, set: MemberSet): boolean {
    const own = this.#byMember.get(vote.organization) ?? [];
    if (own.some((known) => isSameLink(known, vote))) return false;
    const ofHeight = own.filter(({ target }) => target.height === vote.target.height).length;
    // An honest member's link may need this one, and others may have seen it with a quorum: they would never come together again.
    return (own.length < VOTES_PER_MEMBER && ofHeight < VOTES_PER_HEIGHT) || this.#isSupported(vote, set);
  }

  /** Whether no quorum is left without those who voted for the link: one of them at least is honest, and honest ones vote once a height. */
  #isSupported(link: Link, set: MemberSet): boolean {
    const left = everybodyOf(set);
    for (const vote of this.votesFor(link.target.hash)) if (isSameLink(vote, link)) left.delete(vote.organization);
    return !isQuorum(set, left);
  }

  /** The caller has asked whether it is wanted and checked its signature. Returns what it contradicts. */
  add(vote: Vote): Evidence[] {
    const own = this.#byMember.get(vote.organization) ?? [];
    const evidence = own.flatMap((known) => {
      const kind = conflictOf(known, vote);
      return kind === undefined ? [] : [{ kind, first: known, second: vote }];
    });
    this.#byMember.set(vote.organization, [...own, vote]);
    this.#byTarget.set(vote.target.hash, [...(this.#byTarget.get(vote.target.hash) ?? []), vote]);
    return evidence;
  }

  /** Sources from which a quorum of the set votes for the target. */
  linksTo({ height, hash }: Checkpoint, set: MemberSet): SupermajorityLink[] {
    const target = { height, hash };
    const links: SupermajorityLink[] = [];
    const votes = this.#byTarget.get(target.hash) ?? [];
    for (const { source } of votes) {
      if (links.some((link) => isSameCheckpoint(link.source, source))) continue;
      const alike = votes.filter((vote) => isSameCheckpoint(vote.source, source));
      if (!isQuorum(set, new Set(alike.map(({ organization }) => organization)))) continue;
      links.push({
        source,
        target,
        signatures: alike.map(({ organization, signature }) => ({ organization, signature })),
      });
    }
    return links;
  }

  /** The link with all its votes, also those that came after it had enough. */
  gathered({ source, target }: Link): SupermajorityLink {
    const alike = this.votesFor(target.hash).filter((vote) => isSameLink(vote, { source, target }));
    return { source, target, signatures: alike.map(({ organization, signature }) => ({ organization, signature })) };
  }

  /** Whether so many voted for something else at this height or above that no quorum is left for it: targets only rise. */
  isHopeless({ height, hash }: Checkpoint, set: MemberSet): boolean {
    const left = everybodyOf(set);
    for (const [member, votes] of this.#byMember) {
      const from = votes.filter(({ target }) => target.height >= height);
      if (from.length > 0 && from.every(({ target }) => target.hash !== hash)) left.delete(member);
    }
    return !isQuorum(set, left);
  }

  /** The newest of a member's votes, highest target last. */
  votesOf(organization: string, most: number): readonly Vote[] {
    const votes = [...(this.#byMember.get(organization) ?? [])].sort(
      (one, other) => one.target.height - other.target.height,
    );
    return votes.slice(-most);
  }

  votesFor(targetHash: string): readonly Vote[] {
    return this.#byTarget.get(targetHash) ?? [];
  }

  /** Votes far below the final block can neither count nor be contradicted in a way that matters. */
  settle(finalHeight: number): void {
    const least = finalHeight - VOTES_BELOW_FINAL;
    for (const [member, votes] of this.#byMember) {
      if (votes.every(({ target }) => target.height >= least)) continue;
      this.#byMember.set(
        member,
        votes.filter(({ target }) => target.height >= least),
      );
    }
    for (const [hash, votes] of this.#byTarget) {
      if ((votes[0]?.target.height ?? 0) < least) this.#byTarget.delete(hash);
    }
  }
}

/** Those in force and those to come. */
export function everybodyOf({ members, next }: MemberSet): Set<string> {
  return new Set([...members, ...(next?.members ?? [])].map(({ organization }) => organization));
}
