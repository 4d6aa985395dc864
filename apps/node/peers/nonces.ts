/** Requests that were taken, kept as long as one of them could come again. */
import { CLOCK_TOLERANCE_MS, MOST_NONCES_OF_SENDER } from './limits.ts';

/** Nonces whose times lie in the same span are forgotten together. */
const SPAN_MS = 30_000;

export class Nonces {
  /** By sender, then by span of the request's time. */
  readonly #seen = new Map<string, Map<number, Set<string>>>();

  /** For tests of its limits. */
  get size(): number {
    return [...this.#seen.values()].flatMap((spans) => [...spans.values()]).reduce((sum, { size }) => sum + size, 0);
  }

  has(sender: string, time: number, nonce: string): boolean {
    return this.#seen.get(sender)?.get(spanOf(time))?.has(nonce) === true;
  }

  /** False when there is no room. Times are within the tolerance of `now`. */
  add(sender: string, time: number, nonce: string, now: number): boolean {
    this.#forgetBefore(now - CLOCK_TOLERANCE_MS);
    const spans = this.#seen.get(sender) ?? new Map<number, Set<string>>();
    const kept = [...spans.values()].reduce((sum, { size }) => sum + size, 0);
    if (kept >= MOST_NONCES_OF_SENDER) return false;
    const span = spans.get(spanOf(time)) ?? new Set<string>();
    this.#seen.set(sender, spans.set(spanOf(time), span.add(nonce)));
    return true;
  }

  /** Its request was not taken after all. */
  remove(sender: string, time: number, nonce: string): void {
    this.#seen.get(sender)?.get(spanOf(time))?.delete(nonce);
  }

  #forgetBefore(time: number): void {
    for (const [sender, spans] of this.#seen) {
      for (const span of spans.keys()) if (span < spanOf(time)) spans.delete(span);
      if (spans.size === 0) this.#seen.delete(sender);
    }
  }
}

function spanOf(time: number): number {
  return Math.floor(time / SPAN_MS);
}
