// What goes out to all, gathered for one turn, and cut into messages that every receiver takes.
import { type Block, type Transaction, type Vote, encodeTransaction } from '@clearchart/ledger';
import { MESSAGE_BYTES, MESSAGE_TRANSACTIONS } from './peer-limits.ts';
import { encodeMessage } from './peer-messages.ts';

export class Outgoing {
  readonly #send: (message: Uint8Array) => void;
  #transactions: Transaction[] = [];
  #blocks: Block[] = [];
  #votes: Vote[] = [];
  #isWaiting = false;

  constructor(send: (message: Uint8Array) => void) {
    this.#send = send;
  }

  add({ transaction, block, vote }: { transaction?: Transaction; block?: Block; vote?: Vote }): void {
    if (transaction !== undefined) this.#transactions.push(transaction);
    if (block !== undefined) this.#blocks.push(block);
    if (vote !== undefined) this.#votes.push(vote);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    // One turn later, so that what comes together goes in one message.
    void Promise.resolve().then(() => this.#flush());
  }

  /** A block goes alone, as it may be half of what a message holds; votes after the blocks they are for. */
  #flush(): void {
    this.#isWaiting = false;
    let part: Transaction[] = [];
    let bytes = 0;
    for (const transaction of this.#transactions.splice(0)) {
      const { length } = encodeTransaction(transaction);
      if (part.length >= MESSAGE_TRANSACTIONS || (part.length > 0 && bytes + length > MESSAGE_BYTES)) {
        this.#send(encodeMessage({ transactions: part }));
        part = [];
        bytes = 0;
      }
      part.push(transaction);
      bytes += length + 1;
    }
    if (part.length > 0) this.#send(encodeMessage({ transactions: part }));
    for (const block of this.#blocks.splice(0)) this.#send(encodeMessage({ blocks: [block] }));
    const votes = this.#votes.splice(0);
    if (votes.length > 0) this.#send(encodeMessage({ votes }));
  }
}
