import { nodeVerifier } from '@clearchart/node-crypto';
import { DraftQueue } from './draft-queue.ts';
import type { MadeChain } from './made-chain.fixture.ts';
import type { Waiting } from './mempool.ts';
import { waitingOf } from './waiting.fixture.ts';

/** `checked` counts how often a transaction was applied. A decision counts as final at once. */
export function queueOn(made: MadeChain) {
  const { genesis } = made.network;
  const { tree } = made.chain;
  const seen = { checked: 0, dropped: [] as string[], now: Date.now() };
  const drafts = new DraftQueue({
    genesis,
    head: tree.head,
    base: tree.stateAfter(tree.head.hash),
    finalHeight: () => 9,
    clock: { now: () => seen.now, after: () => () => undefined },
    checkSignature: ({ publicKey, message, signature }) => {
      seen.checked += 1;
      return nodeVerifier.verify(publicKey, message, signature);
    },
    onDropped: (_id, { code }) => seen.dropped.push(code),
  });
  const rebuild = (waiting: Iterable<Waiting>) => drafts.rebuild(tree.head, tree.stateAfter(tree.head.hash), waiting);
  /** As if each first draft had become the head. */
  const drain = () => {
    const ids: string[][] = [];
    while (!drafts.placeInFirst());
    for (let first = drafts.first; first !== undefined && first.waiting.length > 0; first = drafts.first) {
      ids.push(first.waiting.map(({ id }) => id));
      drafts.advance({ height: first.height, hash: 'ab'.repeat(32), time: first.time }, first.ahead());
      while (!drafts.placeInFirst());
    }
    return ids;
  };
  return { drafts, seen, rebuild, drain };
}

export const enrolments = (made: MadeChain, member: number, count: number): Waiting[] =>
  Array.from({ length: count }, () => waitingOf(made.network.enrolment(member)));
