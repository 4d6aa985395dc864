// What the person's new key is asked to sign: checked here before it is signed, whatever the node says it is.
import {
  type Pseudonym,
  type PublicKey,
  signatureMessage,
  type TransactionDraft,
  transactionId,
} from '@clearchart/ledger';
import { toHex } from '@clearchart/crypto';
import type { SigningKey } from './signing-key.ts';

/** A draft that is not what this person is doing is never signed. */
export class DraftRefused extends Error {
  override readonly name = 'DraftRefused';
}

/** Milliseconds: the ledger takes nothing that is good for longer. */
const LONGEST_VALIDITY_MS = 25 * 60 * 60 * 1000;
const HEX = /^[0-9a-f]+$/;
const MEMBERS = ['body', 'chainId', 'nonce', 'type', 'validUntil', 'version'];

export interface CheckedDraft {
  readonly chainId: string;
  readonly organizationId: string;
  readonly pseudonym: string;
  /** 128 hexadecimal digits, in the role "new-key". */
  sign(key: SigningKey): Promise<string>;
}

type KeyDraftType = 'enrol-person' | 'bind-person-key' | 'hand-over-custody' | 'request-key-replacement';

/** @throws DraftRefused unless it enrols or binds exactly this key (or what else is said), on the expected chain. */
export function checkPersonalDraft(
  value: unknown,
  publicKey: string,
  now: number,
  expectedChainId: string | undefined,
  types: readonly KeyDraftType[] = ['enrol-person', 'bind-person-key', 'hand-over-custody'],
): CheckedDraft {
  const draft = value as TransactionDraft<KeyDraftType>;
  const body = (draft as { body?: unknown }).body as
    | { organization: string; pseudonym: Pseudonym; publicKey: PublicKey }
    | undefined;
  const good =
    isDraftOf(draft, types, now, expectedChainId) &&
    body !== undefined &&
    Object.keys(body).sort().join() === 'organization,pseudonym,publicKey' &&
    isHex(body.organization, 32) &&
    isHex(body.pseudonym, 32) &&
    body.publicKey === publicKey;
  if (!good || body === undefined) throw new DraftRefused('The node asks to sign something else; nothing was signed');
  return {
    chainId: draft.chainId,
    organizationId: body.organization,
    pseudonym: body.pseudonym,
    sign: async (key) => toHex(await key.sign(signatureMessage(transactionId(draft), 'new-key'))),
  };
}

/** Signs for the person's present key. @throws DraftRefused unless it vetoes the replacement of this person's own key. */
export function checkVetoDraft(
  value: unknown,
  pseudonym: string | null,
  now: number,
  expectedChainId: string | undefined,
): (key: SigningKey) => Promise<string> {
  const draft = value as TransactionDraft<'veto-key-replacement'>;
  const body = (draft as { body?: unknown }).body as { pseudonym: string } | undefined;
  const good =
    isDraftOf(draft, ['veto-key-replacement'], now, expectedChainId) &&
    body !== undefined &&
    Object.keys(body).join() === 'pseudonym' &&
    body.pseudonym === pseudonym;
  if (!good) throw new DraftRefused('The node asks to sign something else; nothing was signed');
  return async (key) => toHex(await key.sign(signatureMessage(transactionId(draft), 'person')));
}

function isDraftOf(
  draft: TransactionDraft,
  types: readonly string[],
  now: number,
  expectedChainId: string | undefined,
): boolean {
  return (
    Object.keys(draft).sort().join() === MEMBERS.join() &&
    draft.version === 1 &&
    types.includes(draft.type) &&
    isHex(draft.chainId, 64) &&
    (expectedChainId === undefined || draft.chainId === expectedChainId) &&
    isHex(draft.nonce, 32) &&
    Number.isSafeInteger(draft.validUntil) &&
    draft.validUntil <= now + LONGEST_VALIDITY_MS
  );
}

function isHex(value: unknown, digits: number): boolean {
  return typeof value === 'string' && value.length === digits && HEX.test(value);
}
