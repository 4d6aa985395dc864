// How much of the room above the final block a member may take. A block counts for who brings it: what a bad member shows of its own making
// fills its own share alone, and what it has filled keeps no block of its out that another member stands on.
import type { Block, MemberSet } from '@clearchart/ledger';
import type { BlockTree } from './block-tree.ts';
import { ASKED_RIVAL_BLOCKS, BLOCKS_IN_A_ROW, RIVAL_BLOCKS, TREE_BLOCKS, TREE_BYTES } from './limits.ts';
import { ANSWER_BLOCKS } from './peer-limits.ts';

/** Parts of what there is room for; from 1 on nothing more is taken. Empty blocks count by their number alone. */
export interface Use {
  readonly ofBlocks: number;
  readonly ofBytes: number;
}

/** Of its own making, and brought by itself: an equal share for each member. */
export function ownUse(tree: BlockTree, member: string, { members }: MemberSet): Use {
  return useOf(tree, (from, proposer) => from === member && proposer === member, members.length);
}

/** Of others' making: as much as a whole chain may be. Those who are no members share one such room. */
function broughtUse(tree: BlockTree, member: string, { members }: MemberSet): Use {
  const known = new Set<string>(members.map(({ organization }) => organization));
  const isSame = known.has(member) ? (from: string) => from === member : (from: string) => !known.has(from);
  return useOf(tree, (from, proposer) => from !== proposer && isSame(from), 1);
}

function useOf(tree: BlockTree, isCounted: (from: string, proposer: string) => boolean, shares: number): Use {
  let blocks = 0;
  let bytes = 0;
  for (const one of tree) {
    if (!isCounted(one.from, one.block.header.proposer)) continue;
    blocks += 1;
    if (one.ids.length > 0) bytes += one.bytes.length;
  }
  return { ofBlocks: (blocks * shares) / TREE_BLOCKS, ofBytes: (bytes * shares) / TREE_BYTES };
}

/** @param set The members after the block's parent. */
export function isTooMuch(tree: BlockTree, block: Block, from: string, set: MemberSet, isAsked: boolean): boolean {
  const { height, previousHash, proposer } = block.header;
  const isOwn = from === proposer;
  const { ofBlocks, ofBytes } = isOwn ? ownUse(tree, from, set) : broughtUse(tree, from, set);
  if (ofBlocks >= 1 || (ofBytes >= 1 && block.transactions.length > 0)) return true;
  if (!isOwn) return false;
  // What is fetched is final already, for the most part, and its votes come after it.
  const mostInARow = isAsked ? BLOCKS_IN_A_ROW + ANSWER_BLOCKS : BLOCKS_IN_A_ROW;
  if (tree.rowOf(previousHash, proposer) >= mostInARow) return true;
  const isRival = (one: { height: number; from: string; block: Block }) =>
    one.height === height && one.from === from && one.block.header.proposer === proposer;
  return [...tree].filter(isRival).length >= (isAsked ? ASKED_RIVAL_BLOCKS : RIVAL_BLOCKS);
}
