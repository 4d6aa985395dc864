/** People and their keys on the ledger: drafts for the person to check and sign, then the hospital's signature and the outbox. */
import { type Random, type Signer, toHex } from '@clearchart/crypto';
import {
  type Engine,
  encodeTransaction,
  type OrganizationId,
  type Pseudonym,
  type PublicKey,
  signatureOf,
  type StateStore,
  type Transaction,
  type TransactionId,
  transactionId,
  type TransactionDraft,
  withSignatures,
} from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import type { LedgerPeople } from '../accounts/index.ts';
import type { Outbox } from '../clinical/index.ts';
import type { OrganizationTransactions } from '../ledger/organization-transactions.ts';
import { ledgerCustody } from './ledger-custody.ts';
import { ledgerKeys } from './ledger-keys.ts';

export interface LedgerPeoplePorts {
  readonly own: OrganizationTransactions;
  readonly organization: OrganizationId;
  readonly signer: Signer;
  /** Of 32 bytes. */
  readonly signerOf: (seed: Uint8Array) => Signer;
  readonly random: Random;
  /** The database of the outbox. */
  readonly database: DatabaseSync;
  readonly outbox: Outbox;
  readonly state: StateStore;
  readonly engine: Pick<Engine, 'finality'>;
}

export function ledgerPeople(ports: LedgerPeoplePorts): LedgerPeople {
  const { own, organization, signer, signerOf, random, database, outbox, state, engine } = ports;
  const selectState = database.prepare('SELECT state FROM outbox WHERE transaction_id = ?');

  function enter(kind: Transaction['type'], id: TransactionId, bytes: Uint8Array): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      outbox.add(kind, { id, bytes });
      database.exec('COMMIT');
    } catch (fault) {
      database.exec('ROLLBACK');
      throw fault;
    }
    outbox.announce();
  }

  const custody = ledgerCustody({ own, organization, signer, signerOf, state, engine, enter });
  return {
    keys: ledgerKeys({ own, organization, signer, state, engine, outbox, enter }),
    custody,
    stands(id) {
      const state = selectState.get(id)?.['state'];
      return state === 'waiting' || state === 'final';
    },
    draftEnrol(publicKey) {
      const pseudonym = toHex(random.bytes(16)) as Pseudonym;
      return own.draft('enrol-person', { organization, pseudonym, publicKey: publicKey as PublicKey });
    },
    draftBind(pseudonym, publicKey) {
      const body = { organization, pseudonym: pseudonym as Pseudonym, publicKey: publicKey as PublicKey };
      const isKept = custody.of(pseudonym)?.endedAt === null;
      return isKept ? own.draft('hand-over-custody', body) : own.draft('bind-person-key', body);
    },
    async submit(draft, personSignature, keptSeed) {
      const id = transactionId(draft);
      if (outbox.find(id) !== undefined) return { transactionId: id };
      const { pseudonym } = draft.body;
      const isHandOver = draft.type === 'hand-over-custody';
      if (isHandOver && keptSeed === undefined) throw new Error('there is no key to hand over');
      const byKept =
        isHandOver && keptSeed !== undefined
          ? [signatureOf(draft as TransactionDraft, { signer: pseudonym, role: 'person', key: signerOf(keptSeed) })]
          : [];
      const signed = withSignatures(draft as TransactionDraft, [
        signatureOf(draft as TransactionDraft, { signer: organization, role: 'organization', key: signer }),
        { signer: pseudonym, role: 'new-key', signature: personSignature },
        ...byKept,
      ]);
      enter(draft.type, id, encodeTransaction(signed as Transaction));
      return { transactionId: id };
    },
  };
}
