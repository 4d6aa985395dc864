// How a peer has behaved: points for what no honest member sends, forgiven with time; with too many of them it is banned for a while.
import type { EngineClock } from './clock.ts';
import { BAN_MS, BAN_POINTS, FORGIVEN_MS } from './peer-limits.ts';

type Standing = { points: number; at: number; bannedUntil: number; bans: number };

export class PeerRecord {
  readonly #clock: EngineClock;
  /** Members alone can send anything, so it is as bounded as they are. */
  readonly #standings = new Map<string, Standing>();

  constructor(clock: EngineClock) {
    this.#clock = clock;
  }

  isBanned(peer: string): boolean {
    return (this.#standings.get(peer)?.bannedUntil ?? 0) > this.#clock.now();
  }

  blame(peer: string, points: number): void {
    const now = this.#clock.now();
    const before = this.#standings.get(peer) ?? { points: 0, at: now, bannedUntil: 0, bans: 0 };
    const left = Math.max(0, before.points - Math.floor((now - before.at) / FORGIVEN_MS));
    const isTooMuch = left + points >= BAN_POINTS;
    this.#standings.set(peer, {
      points: isTooMuch ? 0 : left + points,
      at: now,
      bannedUntil: isTooMuch ? now + BAN_MS : before.bannedUntil,
      bans: before.bans + (isTooMuch ? 1 : 0),
    });
  }

  bansOf(peer: string): number {
    return this.#standings.get(peer)?.bans ?? 0;
  }
}
