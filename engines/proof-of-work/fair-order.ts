import type { Waiting } from './mempool.ts';

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
      taken.push(...queue.splice(0, 1));
      // Behind the others, where this loop comes to it again.
      this.#bySender.delete(sender);
      if (queue.length > 0) this.#bySender.set(sender, queue);
    }
    return taken;
  }
}

/** The organizations in turn, the one whose waits longest first. */
export function inTurns(waiting: Iterable<Waiting>): Waiting[] {
  const queue = new TurnQueue<Waiting>();
  for (const one of waiting) queue.add(senderOf(one), one);
  return queue.take();
}

/** The organization that signed it; the first signer when none did. */
export function senderOf({ transaction: { signatures } }: Waiting): string {
  return (signatures.find(({ role }) => role === 'organization') ?? signatures[0])?.signer ?? '';
}
