/** Keys in custody on the ledger, as this hospital takes them. */
import { type Signer, toHex } from '@clearchart/crypto';
import {
  custodyKey,
  type CustodyState,
  decodeValue,
  type Engine,
  encodeTransaction,
  type OrganizationId,
  type Pseudonym,
  type PublicKey,
  signatureOf,
  type StateStore,
  type Transaction,
  type TransactionDraft,
  type TransactionId,
  transactionId,
  withSignatures,
} from '@clearchart/ledger';
import { setTimeout } from 'node:timers/promises';
import type { LedgerCustody } from '../accounts/index.ts';
import type { OrganizationTransactions } from '../ledger/organization-transactions.ts';

export interface LedgerCustodyPorts {
  readonly own: OrganizationTransactions;
  readonly organization: OrganizationId;
  readonly signer: Signer;
  readonly signerOf: (seed: Uint8Array) => Signer;
  readonly state: StateStore;
  readonly engine: Pick<Engine, 'finality'>;
  /** Puts it into the outbox, on disk before it resolves. */
  readonly enter: (kind: Transaction['type'], id: TransactionId, bytes: Uint8Array) => void;
}

/** How long the desk, or who claims, waits for the block. */
const FINAL_WITHIN_MS = 15_000;
const LOOK_AGAIN_MS = 20;

export function ledgerCustody(ports: LedgerCustodyPorts): LedgerCustody {
  const { own, organization, signer, signerOf, state, engine, enter } = ports;
  async function untilFinal(id: string): Promise<void> {
    for (let waited = 0; waited < FINAL_WITHIN_MS; waited += LOOK_AGAIN_MS) {
      if (engine.finality(id as TransactionId) === 'final') return;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
  return {
    untilFinal,
    of(pseudonym) {
      const bytes = state.get(custodyKey(pseudonym as Pseudonym));
      return bytes === undefined ? undefined : (decodeValue(bytes) as unknown as CustodyState);
    },
    sign: (seed, message) => signerOf(seed).sign(message),
    async take(text, seed) {
      const pseudonym = text as Pseudonym;
      const key = signerOf(seed);
      const publicKey = toHex(key.publicKey) as PublicKey;
      const draft = own.draft('take-custody', { organization, pseudonym, publicKey }) as TransactionDraft;
      const signed = withSignatures(draft, [
        signatureOf(draft, { signer: organization, role: 'organization', key: signer }),
        signatureOf(draft, { signer: pseudonym, role: 'new-key', key }),
      ]) as Transaction;
      const id = transactionId(draft);
      enter('take-custody', id, encodeTransaction(signed));
      await untilFinal(id);
    },
  };
}
