// Votes for blocks that have not come yet, a few of each member.
import type { Vote } from '@clearchart/ledger';
import { EARLY_VOTES } from './peer-limits.ts';

export class EarlyVotes {
  readonly #byMember = new Map<string, Vote[]>();

  /** False when it was there. The oldest of a member goes when there are too many. */
  keep(vote: Vote): boolean {
    const kept = this.#byMember.get(vote.organization) ?? [];
    if (kept.some(({ signature }) => signature === vote.signature)) return false;
    this.#byMember.set(vote.organization, [...kept.slice(1 - EARLY_VOTES), vote]);
    return true;
  }

  take(targetHash: string): Vote[] {
    const taken: Vote[] = [];
    for (const [member, votes] of this.#byMember) {
      const rest = votes.filter((vote) => vote.target.hash !== targetHash || (taken.push(vote), false));
      if (rest.length === 0) this.#byMember.delete(member);
      else this.#byMember.set(member, rest);
    }
    return taken;
  }
}
