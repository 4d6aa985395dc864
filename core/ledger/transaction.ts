/**
 * A transaction: one typed sentence of an organization or a person, with one to four signatures over its
 * id and the signer's role. The id leaves the signatures out, so a co-signer cannot make a second id of one body.
 */
import { concatBytes, fromHex, labelledHash, sha256, type Signer, toHex, utf8 } from '@clearchart/crypto';
import { canonicalText, decodeCanonical, encodeCanonical } from './encoding.ts';
import type { ChainId, TransactionId } from './identifiers.ts';
import { isRejection, type Rejection, reject } from './rejection.ts';
import { ROLES, type SignatureRole } from './signature-role.ts';
import { checkShape, hex, integer, listOf, literal, object, oneOf } from './shape.ts';
import { RULES, type TransactionBody, type TransactionType } from './transactions/index.ts';

export const LONGEST_TRANSACTION_BYTES = 512 * 1024;
export const MOST_SIGNATURES = 4;
/** A transaction is good for at most this long after the block's time. */
export const LONGEST_VALIDITY_MS = 24 * 60 * 60 * 1000;

export interface TransactionSignature {
  /** OrganizationId or Pseudonym. */
  readonly signer: string;
  readonly role: SignatureRole;
  readonly signature: string;
}

export interface TransactionDraft<T extends TransactionType = TransactionType> {
  readonly version: 1;
  readonly chainId: ChainId;
  readonly type: T;
  readonly body: TransactionBody<T>;
  /** Milliseconds of block time. */
  readonly validUntil: number;
  /** 32 random hexadecimal digits. */
  readonly nonce: string;
}

interface SignedOf<T extends TransactionType> extends TransactionDraft<T> {
  readonly signatures: readonly TransactionSignature[];
}

/** One of the types; `type` tells which body it has. */
export type Transaction<T extends TransactionType = TransactionType> = { [One in T]: SignedOf<One> }[T];

const envelope = object({
  version: literal(1),
  chainId: hex(64),
  type: (value) => typeof value === 'string',
  body: (value) => typeof value === 'object' && value !== null,
  validUntil: integer(0),
  nonce: hex(32),
  signatures: listOf(object({ signer: hex(32), role: oneOf(ROLES), signature: hex(128) }), 1, MOST_SIGNATURES),
});

/** What is worked out once about a transaction; transactions are never changed after they are made. */
interface Remembered {
  bytes?: Uint8Array;
  id?: TransactionId;
  covered?: readonly CoveredSignature[];
}

/** A signature beside the bytes it must cover. */
export interface CoveredSignature {
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

const known = new WeakMap<object, Remembered>();

function remembered(transaction: object): Remembered {
  let entry = known.get(transaction);
  if (entry === undefined) {
    entry = {};
    known.set(transaction, entry);
  }
  return entry;
}

/** SHA-256 over the canonical bytes without the signatures. */
export function transactionId(transaction: TransactionDraft | Transaction): TransactionId {
  const entry = remembered(transaction);
  entry.id ??= toHex(sha256(bytesWithoutSignatures(transaction))) as TransactionId;
  return entry.id;
}

/** In canonical bytes the signatures stand between nonce and type, so that they can be cut out of the whole. */
function bytesWithoutSignatures(transaction: TransactionDraft | Transaction): Uint8Array {
  const { version, chainId, type, body, validUntil, nonce } = transaction;
  if (!('signatures' in transaction)) return encodeCanonical({ version, chainId, type, body, validUntil, nonce });
  const whole = encodeTransaction(transaction);
  const after = canonicalText({ type, validUntil, version }).length - 1;
  const cut = `"signatures":${canonicalText(transaction.signatures)},`.length;
  return concatBytes(whole.subarray(0, whole.length - after - cut), whole.subarray(whole.length - after));
}

/** Shared bytes: not to be written to. */
export function encodeTransaction(transaction: Transaction): Uint8Array {
  const entry = remembered(transaction);
  entry.bytes ??= encodeCanonical(transaction);
  return entry.bytes;
}

/** What a signer signs: a domain label, the id and the role. */
export function signatureMessage(id: TransactionId, role: SignatureRole): Uint8Array {
  return labelledHash('clearchart/transaction-signature/v0', fromHex(id), utf8(role));
}

/** In the order of the transaction's signatures. */
export function coveredSignatures(transaction: Transaction): readonly CoveredSignature[] {
  const entry = remembered(transaction);
  const id = transactionId(transaction);
  entry.covered ??= transaction.signatures.map(({ role, signature }) => ({
    message: signatureMessage(id, role),
    signature: fromHex(signature),
  }));
  return entry.covered;
}

export function draftTransaction<T extends TransactionType>(
  draft: Omit<TransactionDraft<T>, 'version'>,
): TransactionDraft<T> {
  return { version: 1, ...draft } as TransactionDraft<T>;
}

export interface SigningKey {
  readonly signer: string;
  readonly role: SignatureRole;
  readonly key: Signer;
}

export function signatureOf(draft: TransactionDraft, { signer, role, key }: SigningKey): TransactionSignature {
  return { signer, role, signature: toHex(key.sign(signatureMessage(transactionId(draft), role))) };
}

export function withSignatures<T extends TransactionType>(
  draft: TransactionDraft<T>,
  signatures: readonly TransactionSignature[],
): Transaction<T> {
  const { version, chainId, type, body, validUntil, nonce } = draft;
  const sorted = [...signatures].sort(compareSignatures);
  return { version, chainId, type, body, validUntil, nonce, signatures: sorted } as unknown as Transaction<T>;
}

export function signTransaction<T extends TransactionType>(
  draft: TransactionDraft<T>,
  keys: readonly SigningKey[],
): Transaction<T> {
  return withSignatures(
    draft,
    keys.map((key) => signatureOf(draft, key)),
  );
}

/** By signer, then role. */
function compareSignatures(left: TransactionSignature, right: TransactionSignature): number {
  return compareText(left.signer, right.signer) || compareText(left.role, right.role);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Reads a transaction from its canonical bytes; refuses everything that is not exactly one. */
export function parseTransaction(bytes: Uint8Array): Transaction | Rejection {
  if (bytes.length > LONGEST_TRANSACTION_BYTES) return reject('transaction-too-large', { bytes: bytes.length });
  const decoded = decodeCanonical(bytes);
  if (isRejection(decoded)) return decoded;
  const transaction = parseTransactionValue(decoded.value);
  if (!isRejection(transaction)) remembered(transaction).bytes = bytes;
  return transaction;
}

/** The same for a value that is known to be the ledger's JSON already, e.g. a member of a parsed block. */
export function parseTransactionValue(value: unknown): Transaction | Rejection {
  const fault = checkShape(envelope, value, 'transaction');
  if (fault !== undefined) return versionOrShape(value, fault);
  const transaction = value as Transaction;
  const rule = Object.hasOwn(RULES, transaction.type) ? RULES[transaction.type] : undefined;
  if (rule === undefined) return reject('type-unknown');
  const bodyFault = checkShape(rule.shape, transaction.body, transaction.type);
  if (bodyFault !== undefined) return bodyFault;
  const { signatures } = transaction;
  for (let index = 1; index < signatures.length; index += 1) {
    const [before, after] = [signatures[index - 1], signatures[index]];
    if (before !== undefined && after !== undefined && compareSignatures(before, after) >= 0) {
      return reject('signatures-not-sorted');
    }
  }
  return transaction;
}

function versionOrShape(value: unknown, fault: Rejection): Rejection {
  const version = (value as { version?: unknown } | null)?.version;
  return Number.isSafeInteger(version) && version !== 1 ? reject('version-unknown') : fault;
}
