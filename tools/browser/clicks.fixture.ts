/** Counts what a person presses, for the click budgets of the interface. Typing is not counted. */
import type { Locator } from 'playwright-core';

export class Clicks {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  async press(target: Locator): Promise<void> {
    this.#count += 1;
    await target.click();
  }
}
