/** How much there is: altogether, and how many of each. */
export class Tally {
  readonly #of = new Map<string, number>();
  #count = 0;
  #bytes = 0;

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  of(whom: string): number {
    return this.#of.get(whom) ?? 0;
  }

  add(whom: string, bytes: number): void {
    this.#count += 1;
    this.#bytes += bytes;
    this.#of.set(whom, this.of(whom) + 1);
  }

  /** Of what was added before. */
  remove(whom: string, bytes: number): void {
    this.#count -= 1;
    this.#bytes -= bytes;
    const left = this.of(whom) - 1;
    if (left > 0) this.#of.set(whom, left);
    else this.#of.delete(whom);
  }
}
