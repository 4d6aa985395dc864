// Votes for blocks that have not come yet, a few of each member.
import type { Vote } from '@clearchart/ledger';
import type { EngineClock } from './clock.ts';
import { EARLY_LOOKS, EARLY_LOOKS_PER_SECOND, EARLY_VOTES } from './peer-limits.ts';

export class EarlyVotes {
  readonly #clock: EngineClock;
  readonly #byMember = new Map<string, Vote[]>();
  /** By who told them; members alone tell anything. */
  readonly #looks = new Map<string, { left: number; at: number }>();

  constructor(clock: EngineClock) {
    this.#clock = clock;
  }

  has({ organization, signature }: Vote): boolean {
    return this.of(organization).some((kept) => kept.signature === signature);
  }

  of(organization: string): readonly Vote[] {
    return this.#byMember.get(organization) ?? [];
  }

  /** Whether the signature of one more that this peer tells may be checked now: its making costs as little as its check, and no block. */
  mayLook(from: string): boolean {
    const now = this.#clock.now();
    const before = this.#looks.get(from) ?? { left: EARLY_LOOKS, at: now };
    const gained = (Math.max(0, now - before.at) / 1000) * EARLY_LOOKS_PER_SECOND;
    const left = Math.min(EARLY_LOOKS, before.left + gained);
    this.#looks.set(from, { left: left < 1 ? left : left - 1, at: now });
    return left >= 1;
  }

  /** The oldest of a member goes when there are too many. */
  keep(vote: Vote): void {
    this.#byMember.set(vote.organization, [...this.of(vote.organization).slice(1 - EARLY_VOTES), vote]);
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
