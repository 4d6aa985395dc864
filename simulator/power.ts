// The moment of the crash. Every act that touches the disk or the state counts one step; at the chosen step the power goes,
// and from then on nothing the old process does reaches anything.

export class PowerLoss extends Error {}

export class Power {
  #steps = 0;
  #cutAt = Number.POSITIVE_INFINITY;
  #isOff = false;

  get steps(): number {
    return this.#steps;
  }

  get isOff(): boolean {
    return this.#isOff;
  }

  cutAfter(steps: number): void {
    this.#cutAt = this.#steps + steps;
  }

  cut(): void {
    this.#isOff = true;
  }

  /** Throws when the power is off. `act` is done on the last step before the cut, but its caller never hears of it. */
  step<Result>(act: () => Result): Result {
    if (this.#isOff) throw new PowerLoss('The power is off');
    this.#steps += 1;
    if (this.#steps < this.#cutAt) return act();
    act();
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
