// The moment of the crash. Every act that touches the disk or the state counts one step; at the chosen step the power goes, right before
// the act or right after it, and from then on nothing the old process does reaches anything.

export class PowerLoss extends Error {}

export class Power {
  #steps = 0;
  #cutAt = Number.POSITIVE_INFINITY;
  #isLastDone = true;
  #isOff = false;

  get steps(): number {
    return this.#steps;
  }

  get isOff(): boolean {
    return this.#isOff;
  }

  /** @param isLastDone Whether the last of these acts is done: what was sent before it, while the power was still on, has gone out. */
  cutAfter(steps: number, isLastDone: boolean): void {
    this.#cutAt = this.#steps + steps;
    this.#isLastDone = isLastDone;
  }

  cut(): void {
    this.#isOff = true;
  }

  /** Throws when the power is off. On the last step before the cut the caller never hears whether `act` was done. */
  step<Result>(act: () => Result): Result {
    if (this.#isOff) throw new PowerLoss('The power is off');
    this.#steps += 1;
    if (this.#steps < this.#cutAt) return act();
    if (this.#isLastDone) act();
    this.#isOff = true;
    throw new PowerLoss('The power went');
  }

  /** Until the returned function is called nothing counts and nothing is off. */
  suspend(): () => void {
    const [steps, cutAt, isOff] = [this.#steps, this.#cutAt, this.#isOff];
    this.restore();
    return () => {
      this.#steps = steps;
      this.#cutAt = cutAt;
      this.#isOff = isOff;
    };
  }

  restore(): void {
    this.#isOff = false;
    this.#cutAt = Number.POSITIVE_INFINITY;
  }
}
