// What waits for a block, kept in step with the head: what its chain holds waits no more, what a given-up block held waits again.
import {
  StateOverlay,
  type Transaction,
  type TransactionId,
  type TransactionPlace,
  encodeTransaction,
  transactionId,
} from '@clearchart/ledger';
import type { TreeBlock } from './block-tree.ts';
import type { Chain } from './chain.ts';
import type { DraftQueue } from './draft-queue.ts';
import type { Mempool, Waiting } from './mempool.ts';
import { senderOf } from './sender.ts';

export interface PoolPorts {
  readonly chain: Chain;
  readonly mempool: Mempool;
  readonly drafts: DraftQueue;
}

export class Pool {
  readonly #ports: PoolPorts;
  #headHash: string;
  /** The blocks from the head down to the final one. */
  #path: readonly TreeBlock[] = [];
  readonly #included = new Map<TransactionId, TransactionPlace>();

  constructor(ports: PoolPorts) {
    this.#ports = ports;
    this.#headHash = ports.chain.tree.head.hash;
    this.#follow(new Set(), undefined);
  }

  /** Where a transaction stands above the final block. */
  placeOf(id: TransactionId): TransactionPlace | undefined {
    return this.#included.get(id);
  }

  /** One that stands above the final block. */
  includedOf(id: TransactionId): Transaction | undefined {
    const place = this.#included.get(id);
    const block = this.#path.find(({ height }) => height === place?.height)?.block;
    return block?.transactions[place?.position ?? -1];
  }

  /** The head, or what is final, has changed. `own`: the block that was made of the first draft. */
  follow(settled: readonly TreeBlock[], own: string | undefined): void {
    const { chain, mempool } = this.#ports;
    for (const { ids } of settled) {
      for (const id of ids) {
        mempool.remove(id);
        this.#included.delete(id);
      }
    }
    if (chain.tree.head.hash !== this.#headHash) this.#follow(new Set(settled), own);
    else if (settled.length > 0) this.#path = [...chain.tree.pathDown(chain.tree.headBlock)];
  }

  /** Dates what waits anew. */
  rebuild(isEmptyFirst = false): void {
    const { chain, drafts, mempool } = this.#ports;
    const { head } = chain.tree;
    drafts.rebuild(head, chain.tree.stateAfter(head.hash), mempool, isEmptyFirst);
  }

  #follow(settled: ReadonlySet<TreeBlock>, own: string | undefined): void {
    const { chain, drafts, mempool } = this.#ports;
    const { head } = chain.tree;
    const path = [...chain.tree.pathDown(chain.tree.headBlock)];
    const on = new Set(path);
    const before = new Set(this.#path);
    const givenUp = this.#path.filter((block) => !on.has(block) && !settled.has(block)).reverse();
    for (const { ids } of givenUp) for (const id of ids) this.#included.delete(id);
    for (const block of path.filter((one) => !before.has(one))) {
      for (const [position, id] of block.ids.entries()) {
        this.#included.set(id, { height: block.height, position });
        mempool.remove(id);
      }
    }
    const returned = givenUp.flatMap((block) => this.#waitingOf(block));
    mempool.putBack(returned);
    this.#path = path;
    this.#headHash = head.hash;
    if (own === head.hash) drafts.advance(head, chain.tree.stateAfter(head.hash));
    else this.rebuild();
  }

  /** The transactions of a block that was given up, without those that the new chain holds. */
  #waitingOf({ block, height, state: after }: TreeBlock): Waiting[] {
    const { head } = this.#ports.chain.tree;
    const state = this.#ports.chain.tree.stateAfter(head.hash);
    const overlay = new StateOverlay(after);
    return block.transactions
      .map((transaction) => ({
        id: transactionId(transaction),
        transaction,
        bytes: encodeTransaction(transaction).length,
        sender: senderOf(transaction, overlay),
        heldSince: Math.min(height, head.height),
      }))
      .filter(({ id }) => !state.isUsed(id));
  }
}
