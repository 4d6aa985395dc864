/** Blocks that somebody gave, before anything else is known of them. */
import { type Block, transactionsRoot } from './block.ts';
import { headerHash } from './header.ts';
import type { Checkpoint } from './vote.ts';

/** Whether each follows the one before and holds the transactions that its header says. */
export function isChain(before: Checkpoint, blocks: readonly Block[]): boolean {
  let { hash, height } = before;
  return blocks.every(({ header, transactions }) => {
    height += 1;
    const follows = header.previousHash === hash && header.height === height;
    hash = headerHash(header);
    return follows && transactionsRoot(transactions) === header.transactionsRoot;
  });
}
