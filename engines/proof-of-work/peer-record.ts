// How a peer has behaved: points for what no honest member sends, forgiven with time; with too many of them it is banned for a while.
import type { EngineClock } from './clock.ts';
import { BAN_MS, BAN_POINTS, FORGIVEN_MS } from './peer-limits.ts';

type Standing = { points: number; at: number; bannedUntil: number; bans: number; reasons: readonly string[] };

/** Reasons kept of one peer. */
const MOST_REASONS = 16;

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

  /** @param reasons Codes, for the operator; what the peer said itself is none. */
  blame(peer: string, points: number, ...reasons: readonly string[]): void {
    const now = this.#clock.now();
    const before = this.#standings.get(peer) ?? { points: 0, at: now, bannedUntil: 0, bans: 0, reasons: [] };
    const left = Math.max(0, before.points - Math.floor((now - before.at) / FORGIVEN_MS));
    const isTooMuch = left + points >= BAN_POINTS;
    this.#standings.set(peer, {
      points: isTooMuch ? 0 : left + points,
      at: now,
      bannedUntil: isTooMuch ? now + BAN_MS : before.bannedUntil,
      bans: before.bans + (isTooMuch ? 1 : 0),
      reasons: eachOnce([...before.reasons, ...reasons]).slice(-MOST_REASONS),
    });
  }

  bansOf(peer: string): number {
    return this.#standings.get(peer)?.bans ?? 0;
  }

  /** What it was blamed for, each reason once, the newest last. */
  reasonsOf(peer: string): readonly string[] {
    return this.#standings.get(peer)?.reasons ?? [];
  }
}

/** Where it stood last. */
function eachOnce(all: readonly string[]): string[] {
  return all.filter((one, at) => all.lastIndexOf(one) === at);
}
