import type { Waiting } from './mempool.ts';

/** One of each organization in turn, the oldest first: who sends thousands holds back only its own. */
export function* inTurns(waiting: Iterable<Waiting>): Generator<Waiting> {
  const queues = new Map<string, Waiting[]>();
  for (const one of waiting) {
    const queue = queues.get(senderOf(one));
    if (queue === undefined) queues.set(senderOf(one), [one]);
    else queue.push(one);
  }
  for (let round = 0; queues.size > 0; round += 1) {
    for (const [sender, queue] of queues) {
      const next = queue[round];
      if (next === undefined) queues.delete(sender);
      else yield next;
    }
  }
}

/** The organization that signed it; the first signer when none did. */
function senderOf({ transaction: { signatures } }: Waiting): string {
  return (signatures.find(({ role }) => role === 'organization') ?? signatures[0])?.signer ?? '';
}
