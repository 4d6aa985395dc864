/** What this hospital says on the ledger, signed with its key: pure computing, nothing is sent from here. */
import { type Random, type Signer, toHex } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import {
  type AccessEntry,
  type AnchoredRecord,
  type ChainId,
  draftTransaction,
  encodeTransaction,
  type OrganizationId,
  signTransaction,
  type Transaction,
  type TransactionBody,
  type TransactionDraft,
  transactionId,
  type TransactionType,
} from '@clearchart/ledger';
import type { AnchorEntry, SignedTransaction } from '../clinical/index.ts';

/** The ledger takes at most 24 hours; an hour less leaves room for a clock that is behind. */
export const VALID_FOR_MS = 23 * 60 * 60 * 1000;

export interface OrganizationPorts {
  readonly chainId: ChainId;
  readonly organization: OrganizationId;
  readonly signer: Signer;
  readonly random: Random;
  readonly clock: Clock;
}

export interface OrganizationTransactions {
  draft<T extends TransactionType>(type: T, body: TransactionBody<T>): TransactionDraft<T>;
  /** Signed by the organization alone. */
  sign<T extends TransactionType>(type: T, body: TransactionBody<T>): SignedTransaction;
  anchor(records: readonly AnchorEntry[]): SignedTransaction;
  enrol(pseudonym: string): SignedTransaction;
  logAccesses(entries: readonly AccessEntry[], completeUpTo: number | null): SignedTransaction;
  /** The same body again under a new id: what was waiting too long has expired. */
  signAnew(transaction: Transaction): SignedTransaction | undefined;
}

function signedOf(transaction: Transaction): SignedTransaction {
  return { id: transactionId(transaction), bytes: encodeTransaction(transaction) };
}

export function organizationTransactions(ports: OrganizationPorts): OrganizationTransactions {
  const { chainId, organization, signer, random, clock } = ports;

  function draft<T extends TransactionType>(type: T, body: TransactionBody<T>): TransactionDraft<T> {
    return draftTransaction({
      chainId,
      type,
      body,
      validUntil: clock.now() + VALID_FOR_MS,
      nonce: toHex(random.bytes(16)),
    });
  }

  function sign<T extends TransactionType>(type: T, body: TransactionBody<T>): SignedTransaction {
    const transaction = signTransaction(draft(type, body), [
      { signer: organization, role: 'organization', key: signer },
    ]);
    return signedOf(transaction as Transaction);
  }

  return {
    draft,
    sign,
    anchor: (records) => sign('anchor-records', { organization, records: records as readonly AnchoredRecord[] }),
    enrol: (pseudonym) =>
      sign('enrol-person', { organization, pseudonym, publicKey: null } as TransactionBody<'enrol-person'>),
    logAccesses: (entries, completeUpTo) => sign('log-accesses', { organization, entries: [...entries], completeUpTo }),
    signAnew(transaction) {
      if (transaction.type === 'anchor-records') return sign('anchor-records', transaction.body);
      if (transaction.type === 'log-accesses') {
        // A later declaration may stand already; the events are what must not be lost.
        const { entries } = transaction.body;
        return entries.length === 0 ? undefined : sign('log-accesses', { organization, entries, completeUpTo: null });
      }
      const isOursAlone = transaction.type === 'enrol-person' && transaction.body.publicKey === null;
      // What a person signed too cannot be signed anew without that person.
      return isOursAlone ? sign('enrol-person', transaction.body) : undefined;
    },
  };
}
