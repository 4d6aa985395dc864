/** One of each sender in turn, each sender's in their order: who sends thousands holds back only its own. */
export class TurnQueue<Item> {
  readonly #bySender = new Map<string, Item[]>();

  get isEmpty(): boolean {
    return this.#bySender.size === 0;
  }

  add(sender: string, item: Item): void {
    const queue = this.#bySender.get(sender);
    if (queue === undefined) this.#bySender.set(sender, [item]);
    else queue.push(item);
  }

  take(most = Infinity): Item[] {
    const taken: Item[] = [];
    for (const [sender, queue] of this.#bySender) {
      if (taken.length >= most) break;
      taken.push(queue.shift() as Item);
      // Behind the others, where this loop comes to it again.
      this.#bySender.delete(sender);
      if (queue.length > 0) this.#bySender.set(sender, queue);
    }
    return taken;
  }

  /** All that it holds, one sender's after another's. */
  items(): Item[] {
    return [...this.#bySender.values()].flat();
  }
}
