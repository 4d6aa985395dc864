/** Replacement of a person's key on the ledger, as this hospital asks for it and completes it. */
import type { Signer } from '@clearchart/crypto';
import {
  decodeValue,
  type Engine,
  encodeTransaction,
  isRejection,
  KEY_REPLACEMENT_WAIT_MS,
  keyReplacementKey,
  type KeyReplacementState,
  type OrganizationId,
  parseTransaction,
  personKey,
  type PersonState,
  type Pseudonym,
  type PublicKey,
  signatureOf,
  type StateKey,
  type StateStore,
  type Transaction,
  type TransactionDraft,
  type TransactionId,
  transactionId,
  withSignatures,
} from '@clearchart/ledger';
import { setTimeout } from 'node:timers/promises';
import type { LedgerKeys } from '../accounts/index.ts';
import type { Outbox } from '../clinical/index.ts';
import type { OrganizationTransactions } from '../ledger/organization-transactions.ts';

export interface LedgerKeysPorts {
  readonly own: OrganizationTransactions;
  readonly organization: OrganizationId;
  readonly signer: Signer;
  readonly state: StateStore;
  readonly engine: Pick<Engine, 'finality'>;
  readonly outbox: Pick<Outbox, 'waitingOf'>;
  /** Puts it into the outbox, on disk before it resolves. */
  readonly enter: (kind: Transaction['type'], id: TransactionId, bytes: Uint8Array) => void;
}

/** How long a sign-in waits for the block that completes a replacement. */
const FINAL_WITHIN_MS = 15_000;
const LOOK_AGAIN_MS = 20;

export function ledgerKeys({ own, organization, signer, state, engine, outbox, enter }: LedgerKeysPorts): LedgerKeys {
  function read<Value>(key: StateKey<Value>): Value | undefined {
    const bytes = state.get(key);
    return bytes === undefined ? undefined : (decodeValue(bytes) as Value);
  }
  const waiting = (pseudonym: string) => read<KeyReplacementState>(keyReplacementKey(pseudonym as Pseudonym));
  /** It goes by way of the outbox: the engine may not know it yet. `isOver`: it can change nothing any more. */
  async function untilFinal(id: TransactionId, isOver = () => false): Promise<void> {
    for (let waited = 0; waited < FINAL_WITHIN_MS; waited += LOOK_AGAIN_MS) {
      if (engine.finality(id) === 'final' || isOver()) return;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
  /** What the hospital says alone about a replacement that waits. */
  async function decide(
    type: 'complete-key-replacement' | 'withdraw-key-replacement',
    pseudonym: string,
  ): Promise<void> {
    const { id, bytes } = own.sign(type, { organization, pseudonym: pseudonym as Pseudonym });
    enter(type, id as TransactionId, bytes);
    // Another decision may have come before this one.
    await untilFinal(id as TransactionId, () => waiting(pseudonym) === undefined);
  }

  return {
    waitMs: KEY_REPLACEMENT_WAIT_MS,
    waiting,
    isOnItsWay: (pseudonym) =>
      outbox.waitingOf('request-key-replacement' satisfies Transaction['type']).some(({ bytes }) => {
        const request = parseTransaction(bytes);
        return !isRejection(request) && 'pseudonym' in request.body && request.body.pseudonym === pseudonym;
      }),
    current: (pseudonym) => read<PersonState>(personKey(pseudonym as Pseudonym))?.publicKey ?? undefined,
    draftRequest: (pseudonym, publicKey) =>
      own.draft('request-key-replacement', {
        organization,
        pseudonym: pseudonym as Pseudonym,
        publicKey: publicKey as PublicKey,
      }),
    draftVeto: (pseudonym) => own.draft('veto-key-replacement', { pseudonym: pseudonym as Pseudonym }),
    async submit(given, signature) {
      const draft = given as TransactionDraft;
      const id = transactionId(draft);
      const isVeto = given.type === 'veto-key-replacement';
      const byPerson = { signer: given.body.pseudonym, role: isVeto ? 'person' : 'new-key', signature } as const;
      const byUs = isVeto ? [] : [signatureOf(draft, { signer: organization, role: 'organization', key: signer })];
      enter(given.type, id, encodeTransaction(withSignatures(draft, [...byUs, byPerson]) as Transaction));
      await untilFinal(id, () => isVeto && waiting(given.body.pseudonym) === undefined);
    },
    complete: (pseudonym) => decide('complete-key-replacement', pseudonym),
    withdraw: (pseudonym) => decide('withdraw-key-replacement', pseudonym),
  };
}
