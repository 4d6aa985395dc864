/** Decisions that must not cross: each begins when the one before has been carried out, or has failed. */
export class OneByOne {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(decide: () => Promise<Result>): Promise<Result> {
    const decided = this.#last.then(decide, decide);
    this.#last = decided.catch(() => {});
    return decided;
  }
}
