/** So many of something for each caller in a while: forgotten when the while is over, in memory, since nothing depends on it. */
export class Allowance {
  readonly #most: number;
  readonly #whileMs: number;
  #since = Number.NEGATIVE_INFINITY;
  readonly #used = new Map<string, number>();

  constructor(most: number, whileMs: number) {
    this.#most = most;
    this.#whileMs = whileMs;
  }

  /** False when it is used up. */
  take(name: string, now: number): boolean {
    if (now - this.#since >= this.#whileMs) {
      this.#used.clear();
      this.#since = now;
    }
    const used = this.#used.get(name) ?? 0;
    if (used >= this.#most) return false;
    this.#used.set(name, used + 1);
    return true;
  }
}
