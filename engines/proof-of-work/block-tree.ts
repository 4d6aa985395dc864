// The blocks above the final one. Any of them may still be given up, so none of their changes is in the store: each keeps its own
// and reads through its parent's. Fork choice starts at the highest justified block and takes the longest chain from there, which is
// the one with most work, as every block has the same target; between equals the lower hash, so that all choose alike. What puts a change
// of the members in force is passed over until the decision for it is final.
import {
  type Block,
  type BlockParent,
  type Checkpoint,
  type MemberSet,
  type StateChanges,
  type StateReader,
  type TransactionId,
} from '@clearchart/ledger';
import type { AheadReader } from './ahead-reader.ts';
import { TREE_BLOCKS, TREE_BYTES } from './limits.ts';

export interface NewBlock {
  readonly block: Block;
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly ids: readonly TransactionId[];
  /** What it changes, and the state after it. */
  readonly changes: StateChanges;
  readonly state: AheadReader;
  /** Whose votes count on it. */
  readonly votingSet: MemberSet;
  /** Height of the decision about the members that it puts in force. */
  readonly putsInForce: number | undefined;
}

export interface TreeBlock extends NewBlock {
  readonly height: number;
  readonly time: number;
  /** Undefined when it follows the final block. */
  parent: TreeBlock | undefined;
  isJustified: boolean;
  /** The source of the link that justified it. */
  justifiedFrom: Checkpoint | undefined;
  /** It lies in the consensus store. */
  isKept: boolean;
}

export class BlockTree {
  readonly #blocks = new Map<string, TreeBlock>();
  readonly #store: StateReader;
  #final: BlockParent;
  #justified: TreeBlock | undefined;
  #head: TreeBlock | undefined;
  #bytes = 0;

  constructor(final: BlockParent, store: StateReader) {
    this.#final = final;
    this.#store = store;
  }

  get final(): BlockParent {
    return this.#final;
  }

  /** What the next block builds on. */
  get head(): BlockParent {
    return this.#head ?? this.#final;
  }

  /** Undefined while the final block is the head. */
  get headBlock(): TreeBlock | undefined {
    return this.#head;
  }

  get justified(): Checkpoint {
    const { height, hash } = this.#justified ?? this.#final;
    return { height, hash };
  }

  /** From here on only blocks are made that enough members can make final. */
  get isHalfFull(): boolean {
    return this.#blocks.size >= TREE_BLOCKS / 2 || this.#bytes >= TREE_BYTES / 2;
  }

  get isFull(): boolean {
    return this.#blocks.size >= TREE_BLOCKS || this.#bytes >= TREE_BYTES;
  }

  get(hash: string): TreeBlock | undefined {
    return this.#blocks.get(hash);
  }

  /** In no order. */
  [Symbol.iterator](): IterableIterator<TreeBlock> {
    return this.#blocks.values();
  }

  /** Whether a block with this hash can be followed. */
  has(hash: string): boolean {
    return hash === this.#final.hash || this.#blocks.has(hash);
  }

  parentFor(hash: string): BlockParent {
    return this.#blocks.get(hash) ?? this.#final;
  }

  stateAfter(hash: string): StateReader {
    return this.#blocks.get(hash)?.state ?? this.#store;
  }

  /** The caller has checked that it follows a block that is here. */
  add(added: NewBlock): TreeBlock {
    const { height, time, previousHash } = added.block.header;
    const parent = this.#blocks.get(previousHash);
    const block: TreeBlock = {
      ...added,
      height,
      time,
      parent,
      isJustified: false,
      justifiedFrom: undefined,
      isKept: false,
    };
    this.#blocks.set(block.hash, block);
    this.#bytes += block.bytes.length;
    if (isBetter(block, this.#head) && this.#mayLead(block)) this.#head = block;
    return block;
  }

  justify(block: TreeBlock, from?: Checkpoint): void {
    block.isJustified = true;
    block.justifiedFrom = from;
    if (!isBetter(block, this.#justified)) return;
    this.#justified = block;
    this.#chooseHead();
  }

  /** The block itself and all below it down to the final one, highest first. */
  *pathDown(from: TreeBlock | undefined): Generator<TreeBlock> {
    for (let block = from; block !== undefined; block = block.parent) yield block;
  }

  /** How many blocks that are not justified the proposer has made one on the other, up to this one. */
  rowOf(hash: string, proposer: string): number {
    let row = 0;
    for (const block of this.pathDown(this.#blocks.get(hash))) {
      if (block.isJustified || block.block.header.proposer !== proposer) break;
      row += 1;
    }
    return row;
  }

  /** The ancestor of the block at a height above the final one, or itself. */
  ancestorAt(block: TreeBlock, height: number): TreeBlock | undefined {
    for (const one of this.pathDown(block)) {
      if (one.height === height) return one;
      if (one.height < height) return undefined;
    }
    return undefined;
  }

  /** Whether the checkpoint is the block itself, one below it, or the final block. */
  holds(block: TreeBlock, { height, hash }: Checkpoint): boolean {
    if (height === this.#final.height) return hash === this.#final.hash;
    return this.ancestorAt(block, height)?.hash === hash;
  }

  /** The lowest block is final and in the store: whatever does not follow it is given up. */
  settle(block: TreeBlock): void {
    this.#final = { height: block.height, hash: block.hash, time: block.time };
    for (const one of this.#blocks.values()) {
      if (one !== block && this.ancestorAt(one, block.height) === block) continue;
      this.#blocks.delete(one.hash);
      this.#bytes -= one.bytes.length;
    }
    for (const one of this.#blocks.values()) if (one.parent === block) one.parent = undefined;
    if (this.#justified !== undefined && !this.#blocks.has(this.#justified.hash)) this.#justified = undefined;
    this.#chooseHead();
  }

  #chooseHead(): void {
    this.#head = this.#justified;
    for (const block of this.#blocks.values()) {
      if (isBetter(block, this.#head) && this.#mayLead(block)) this.#head = block;
    }
  }

  /**
   * On the justified block, and nothing above that puts in force what is not final. Nobody votes for that yet, nor for what follows it: a
   * chain that had it for its head would stand still for ever.
   */
  #mayLead(block: TreeBlock): boolean {
    for (const one of this.pathDown(block)) {
      if (one === this.#justified) return true;
      if ((one.putsInForce ?? 0) > this.#final.height) return false;
    }
    return this.#justified === undefined;
  }
}

function isBetter(block: TreeBlock, than: TreeBlock | undefined): boolean {
  if (than === undefined) return true;
  return block.height === than.height ? block.hash < than.hash : block.height > than.height;
}
