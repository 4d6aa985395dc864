// Complete logs: what a member's state says of a patient's accesses is the running hash over exactly those that were declared, in
// the order of the chain. Added up here from the blocks alone.
import {
  type Block,
  type Hash,
  type Pseudonym,
  type TransactionBody,
  EMPTY_ACCESS_LOG,
  accessLogKey,
  decodeValue,
  nextRunningHash,
} from '@clearchart/ledger';
import type { StateFile } from '../simulated-state.ts';
import { PromiseBroken } from './promise-broken.ts';

type Declared = { height: number; count: number; runningHash: Hash };

export class AccessLogs {
  /** Per patient, what holds from a height on. */
  readonly #declared = new Map<Pseudonym, Declared[]>();
  #height = 0;

  /** The next final block. */
  learn(block: Block): void {
    this.#height = block.header.height;
    for (const { type, body } of block.transactions) {
      if (type !== 'log-accesses') continue;
      const { organization, entries } = body as TransactionBody<'log-accesses'>;
      for (const entry of entries) {
        const history = this.#declared.get(entry.patient) ?? [];
        const { count, runningHash } = history.at(-1) ?? { count: 0, runningHash: EMPTY_ACCESS_LOG };
        const next = nextRunningHash(runningHash, { entry, organization });
        this.#declared.set(entry.patient, [...history, { height: this.#height, count: count + 1, runningHash: next }]);
      }
    }
  }

  /** @param since Height from which on the member's state has not been looked at. */
  check(file: StateFile, since: number): void {
    const height = file.headers.length;
    for (const [patient, history] of this.#declared) {
      if ((history.at(-1)?.height ?? 0) <= since) continue;
      const due = history.findLast((one) => one.height <= height);
      if (due === undefined) continue;
      const bytes = file.entries.get(accessLogKey(patient));
      const { count, runningHash } = (bytes === undefined ? {} : decodeValue(bytes)) as Partial<Declared>;
      if (count !== due.count || runningHash !== due.runningHash)
        throw new PromiseBroken(`The log of a patient’s accesses is not complete at block ${height}`);
    }
  }
}
