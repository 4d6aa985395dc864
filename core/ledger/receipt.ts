/** A receipt: all that somebody without an account needs to see that a record version stands on the chain they know. */
import { concatBytes, equalBytes, fromHex, hmacSha256, sha256, type SignatureVerifier, utf8 } from '@clearchart/crypto';
import canonicalize from 'canonicalize';
import type { Finality } from './engine.ts';
import type { Genesis } from './genesis.ts';
import { type Header, parseHeaderValue } from './header.ts';
import type { ChainId, Commitment, RecordId, TransactionId } from './identifiers.ts';
import type { MemberChange, Refusal } from './finality-proof.ts';
import { checkFinal } from './light-client.ts';
import { type InclusionProof, type StateProof, verifyInclusion, verifyState } from './proof.ts';
import { isRejection } from './rejection.ts';
import { hex, integer, literal, object, oneOf } from './shape.ts';
import { recordKey, type RecordState } from './state.ts';
import { parseTransactionValue, type Transaction, transactionId } from './transaction.ts';
import type { AnchoredRecord } from './transactions/anchor-records.ts';
import type { Checkpoint, SupermajorityLink } from './vote.ts';

/** Opens a commitment: given only to those who may read the content. */
export interface Opening {
  /** 32 bytes, hex. */
  readonly commitmentKey: string;
  /** SHA-256 of the sealed bytes, hex. */
  readonly sealedHash: string;
  /** 32 bytes, hex. */
  readonly salt: string;
  readonly content: unknown;
}

export interface Receipt {
  readonly version: 1;
  readonly record: RecordId;
  readonly recordVersion: number;
  readonly commitment: Commitment;
  readonly transactionId: TransactionId;
  readonly transaction: Transaction;
  readonly finality: Finality;
  readonly blockHeight: number;
  readonly genesis: Genesis;
  readonly memberChanges: readonly MemberChange[];
  /** Of the block at `blockHeight`: both proofs are under it. */
  readonly header: Header;
  readonly votes: readonly SupermajorityLink[];
  /** Up to the header that the votes are on, when that is not this one. */
  readonly following?: readonly Header[];
  readonly inclusionProof: InclusionProof;
  readonly stateProof: StateProof;
  readonly opening?: Opening;
}

const anything = (): boolean => true;
const members = {
  version: literal(1),
  record: hex(32),
  recordVersion: integer(1),
  commitment: hex(64),
  transactionId: hex(64),
  transaction: anything,
  finality: oneOf(['pending', 'included', 'final']),
  blockHeight: integer(1),
  genesis: anything,
  memberChanges: anything,
  header: anything,
  votes: anything,
  inclusionProof: anything,
  stateProof: anything,
};
/** What is let through here is looked at in its own place. */
const receiptShape = object(members, { following: anything, opening: anything });
const openingShape = object({ commitmentKey: hex(64), sealedHash: hex(64), salt: hex(64), content: anything });

export type Verdict = { readonly ok: true; readonly height: number; readonly header: Header } | Refusal;

const no = (reason: string): Refusal => ({ ok: false, reason });

/** The commitment to a content: HMAC-SHA-256(commitment key, SHA-256(sealed) ‖ SHA-256(salt ‖ canonical content)). */
export function commitmentBytes(
  commitmentKey: Uint8Array,
  sealedHash: Uint8Array,
  salt: Uint8Array,
  canonicalContent: Uint8Array,
): Uint8Array {
  return hmacSha256(commitmentKey, sealedHash, sha256(concatBytes(salt, canonicalContent)));
}

export function verifyOpening(opening: unknown, commitment: Commitment): boolean {
  if (!openingShape(opening)) return false;
  const { commitmentKey, sealedHash, salt, content } = opening as Opening;
  const canonical = canonicalContent(content);
  if (canonical === undefined) return false;
  const found = commitmentBytes(fromHex(commitmentKey), fromHex(sealedHash), fromHex(salt), utf8(canonical));
  return equalBytes(found, fromHex(commitment));
}

/** FHIR content has fractions and booleans: RFC 8785 in full. Undefined for what it cannot say. */
function canonicalContent(content: unknown): string | undefined {
  try {
    return canonicalize(content);
  } catch {
    return undefined;
  }
}

/**
 * Whether the receipt proves its record version on the chain with this id. Nothing in it is believed.
 * @param known As in `checkFinal`.
 */
export function verifyReceipt(
  value: unknown,
  chainId: ChainId,
  verifier: SignatureVerifier,
  known?: Checkpoint,
): Verdict {
  if (typeof value !== 'object' || value === null) return no('this is not a receipt');
  const receipt = value as Receipt;
  if (receipt.version !== 1) return no('this version of receipt is not known');
  if (!receiptShape(value)) return no('the receipt has other members than it should');
  if (receipt.finality !== 'final') return no('the receipt is not of a final block');
  const header = parseHeaderValue(receipt.header);
  if (isRejection(header)) return no('the receipt has no block header');
  if (header.chainId !== chainId) return no('the receipt is of another chain');
  if (header.height !== receipt.blockHeight) return no('the block header is of another height');
  const final = checkFinal(receipt, receipt.genesis, chainId, receipt.memberChanges, verifier, known);
  if (!final.ok) return final;
  return checkProofs(receipt, header) ?? { ok: true, height: header.height, header };
}

function checkProofs(receipt: Receipt, header: Header): Refusal | undefined {
  const anchor = checkAnchor(receipt, header);
  if (!anchor.ok) return anchor;
  const { record, recordVersion } = receipt;
  const found = anchor.records.find((one) => one.record === record && one.version === recordVersion);
  return checkVersion(receipt, found?.commitment, header);
}

/** That the transaction has its id, is one that anchors records, and is in the block. */
export function checkAnchor(
  anchor: Pick<Receipt, 'inclusionProof' | 'transaction' | 'transactionId'>,
  header: Header,
): { readonly ok: true; readonly records: readonly AnchoredRecord[] } | Refusal {
  const transaction = parseTransactionValue(anchor.transaction);
  if (isRejection(transaction) || transaction.type !== 'anchor-records') return no('the receipt has no anchor');
  if (transactionId(transaction) !== anchor.transactionId)
    return no('the transaction id is not the one of the transaction');
  if (!verifyInclusion(header.transactionsRoot, transaction, anchor.inclusionProof))
    return no('the transaction is not in the block');
  return { ok: true, records: transaction.body.records };
}

/** That the version is the one anchored, stands in the state under the header, and is opened by what opens it. */
export function checkVersion(
  version: Pick<Receipt, 'commitment' | 'opening' | 'record' | 'recordVersion' | 'stateProof'>,
  anchored: Commitment | undefined,
  header: Header,
): Refusal | undefined {
  const { record, recordVersion, commitment, stateProof } = version;
  if (anchored === undefined || anchored !== commitment) return no('the transaction does not anchor this version');
  if (stateProof?.key !== recordKey(record, recordVersion) || !verifyState(header.stateRoot, stateProof)) {
    return no('the ledger state does not hold this version');
  }
  if ((stateProof.value as RecordState | null)?.commitment !== commitment)
    return no('the ledger state holds another commitment');
  if (version.opening !== undefined && !verifyOpening(version.opening, commitment)) {
    return no('the content is not the one that was sealed');
  }
  return undefined;
}
