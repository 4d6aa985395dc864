import { type Rejection, type Transaction, encodeTransaction, transactionId } from '@clearchart/ledger';
import type { Draft } from './draft.ts';
import type { DraftQueue } from './draft-queue.ts';
import type { Waiting } from './mempool.ts';
import { UNKNOWN_SENDER } from './sender.ts';

/** As the intake makes it, once its organization's signature is found to hold. */
export function waitingOf(transaction: Transaction): Waiting {
  const bytes = encodeTransaction(transaction).length;
  const sender = transaction.signatures.find(({ role }) => role === 'organization')?.signer ?? UNKNOWN_SENDER;
  return { id: transactionId(transaction), transaction, bytes, sender, heldSince: 0 };
}

/** The answer, after as many turns as it takes. */
export function admit(drafts: DraftQueue, waiting: Waiting): Rejection | Draft {
  let given: Rejection | Draft | undefined;
  drafts.admit({ waiting, checkRoom: () => undefined, answer: (answer) => (given = answer) });
  while (given === undefined) drafts.place();
  return given;
}
