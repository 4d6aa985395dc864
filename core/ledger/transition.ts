/**
 * The state transition: what a block changes, or why it is refused. Pure and the same in every engine; whether a signature
 * is valid is asked through a port, so that many can be verified beforehand on all cores.
 */
import { fromHex, type SignatureCheck, toHex } from '@clearchart/crypto';
import { type Block, blockBytes as lengthOf, transactionsRoot } from './block.ts';
import { chainIdOf, type Genesis } from './genesis.ts';
import { type Header, headerHash, headerSignatureMessage } from './header.ts';
import type { ChainId, Hash } from './identifiers.ts';
import { memberOf, memberSetHash, type MemberSet } from './member-set.ts';
import { isRejection, type Rejection, reject } from './rejection.ts';
import { MEMBERS_KEY, replayHour, type StateChanges, StateOverlay, type StateReader } from './state.ts';
import { meetsTarget } from './target.ts';
import {
  type CoveredSignature,
  coveredSignatures,
  encodeTransaction,
  LONGEST_TRANSACTION_BYTES,
  LONGEST_VALIDITY_MS,
  type Transaction,
  transactionId,
} from './transaction.ts';
import { RULES, type TransactionRule } from './transactions/index.ts';

export type { SignatureCheck };

export type CheckSignature = (check: SignatureCheck) => boolean;

export interface TransitionContext {
  readonly chainId: ChainId;
  readonly height: number;
  /** Block time, milliseconds. */
  readonly time: number;
  readonly checkSignature: CheckSignature;
}

function ruleOf(transaction: Transaction): TransactionRule<unknown> {
  return RULES[transaction.type] as TransactionRule<unknown>;
}

/**
 * The signatures that must verify: the transaction's, in its order, then those of statements in its body. The set of signers must be
 * exactly the type's.
 */
export function signaturesOf(transaction: Transaction, state: StateOverlay): SignatureCheck[] | Rejection {
  const rule = ruleOf(transaction);
  const required = rule.signers(transaction.body, state);
  if (isRejection(required)) return required;
  const covered = coveredSignatures(transaction);
  const checks: SignatureCheck[] = [];
  for (const [index, { signer, role }] of transaction.signatures.entries()) {
    const match = required.find((one) => one.signer === signer && one.role === role);
    if (match === undefined) return reject('signature-unexpected', { signer, role });
    checks.push({ publicKey: fromHex(match.publicKey), ...(covered[index] as CoveredSignature) });
  }
  if (checks.length < required.length) return reject('signature-missing');
  const stated = rule.statements?.(transaction.body, transaction.chainId) ?? [];
  return isRejection(stated) ? stated : [...checks, ...stated];
}

/** Applies one transaction to the overlay, wholly or not at all. */
export function applyTransaction(
  transaction: Transaction,
  state: StateOverlay,
  context: TransitionContext,
): Rejection | undefined {
  const id = transactionId(transaction);
  const rejection = checkEnvelope(transaction, state, context);
  if (rejection !== undefined) return rejection;
  const checks = signaturesOf(transaction, state);
  if (isRejection(checks)) return checks;
  if (!checks.every((check) => context.checkSignature(check))) return reject('signature-invalid');
  const layer = state.layer();
  const refused = ruleOf(transaction).apply(transaction.body, layer, {
    ...context,
    transactionId: id,
  });
  if (refused !== undefined) return refused;
  layer.use(replayHour(transaction.validUntil), id);
  state.absorb(layer);
  return undefined;
}

function checkEnvelope(
  transaction: Transaction,
  state: StateOverlay,
  context: TransitionContext,
): Rejection | undefined {
  const bytes = encodeTransaction(transaction).length;
  if (bytes > LONGEST_TRANSACTION_BYTES) return reject('transaction-too-large', { bytes });
  if (transaction.chainId !== context.chainId) return reject('chain-id-wrong');
  const { validUntil } = transaction;
  if (validUntil < context.time) return reject('transaction-expired', { validUntil, time: context.time });
  if (validUntil > context.time + LONGEST_VALIDITY_MS)
    return reject('valid-until-too-far', { validUntil, time: context.time });
  if (state.isUsed(transactionId(transaction))) return reject('transaction-replayed');
  return undefined;
}

/** What a block builds on. */
export interface BlockParent {
  readonly height: number;
  /** Header hash, or the chain id below block 1. */
  readonly hash: string;
  /** Block time, or the genesis file's. */
  readonly time: number;
}

export function genesisParent(genesis: Genesis): BlockParent {
  return { height: 0, hash: chainIdOf(genesis), time: genesis.createdAt };
}

export function parentOf(header: Header): BlockParent {
  return { height: header.height, hash: headerHash(header), time: header.time };
}

/** Everything a block's validity needs, proof of work included. `state` is the one after the parent. */
export function applyBlock(
  block: Block,
  state: StateReader,
  parent: BlockParent,
  genesis: Genesis,
  checkSignature: CheckSignature,
): StateChanges | Rejection {
  const overlay = new StateOverlay(state);
  const { header, transactions } = block;
  const rejection = checkHeader(header, parent, genesis, overlay, checkSignature) ?? checkSize(block, genesis);
  if (rejection !== undefined) return rejection;
  if (header.transactionsRoot !== transactionsRoot(transactions)) return reject('block-transactions-root-wrong');
  const context = { chainId: header.chainId, height: header.height, time: header.time, checkSignature };
  for (const [position, transaction] of transactions.entries()) {
    const refused = applyTransaction(transaction, overlay, context);
    if (refused !== undefined) return { code: refused.code, detail: { ...refused.detail, position } };
  }
  const changes = overlay.finish(header.time);
  if (toHex(changes.root) !== header.stateRoot) return reject('block-state-root-wrong');
  return changes;
}

function checkSize({ transactions, header }: Block, genesis: Genesis): Rejection | undefined {
  const { transactionsPerBlock, blockBytes } = genesis.limits;
  if (transactions.length > transactionsPerBlock)
    return reject('block-too-large', { transactions: transactions.length });
  const bytes = lengthOf({ header, transactions });
  return bytes > blockBytes ? reject('block-too-large', { bytes }) : undefined;
}

function checkHeader(
  header: Header,
  parent: BlockParent,
  genesis: Genesis,
  state: StateOverlay,
  checkSignature: CheckSignature,
): Rejection | undefined {
  if (header.chainId !== chainIdOf(genesis)) return reject('chain-id-wrong');
  if (header.height !== parent.height + 1) return reject('block-height-wrong', { height: header.height });
  if (header.previousHash !== parent.hash) return reject('block-previous-hash-wrong', { height: header.height });
  if (header.time <= parent.time) return reject('block-time-not-rising', { height: header.height });
  if (header.target !== genesis.target) return reject('block-target-wrong', { height: header.height });
  if (!meetsTarget(headerHash(header), header.target)) return reject('block-work-too-small', { height: header.height });
  const set = state.read(MEMBERS_KEY);
  if (set === undefined) throw new Error('ledger: the state has no member set');
  return checkProposer(header, set, checkSignature);
}

/** That the header names this set and one of its members signed it. */
export function checkProposer(header: Header, set: MemberSet, checkSignature: CheckSignature): Rejection | undefined {
  if (header.memberSetHash !== memberSetHash(set)) return reject('block-member-set-wrong', { height: header.height });
  const proposer = memberOf(set, header.proposer);
  if (proposer === undefined) return reject('block-proposer-unknown', { height: header.height });
  const valid = checkSignature({
    publicKey: fromHex(proposer.publicKey),
    message: headerSignatureMessage(header),
    signature: fromHex(header.signature),
  });
  return valid ? undefined : reject('block-signature-invalid', { height: header.height });
}

/** Everything in a header that mining does not change. */
export type HeaderTemplate = Omit<Header, 'nonce' | 'signature'>;

/** What a proposer would sign over the given transactions, and what they change; each must be acceptable. */
export function draftBlock(
  transactions: readonly Transaction[],
  state: StateReader,
  parent: BlockParent,
  genesis: Genesis,
  proposer: Header['proposer'],
  time: number,
  checkSignature: CheckSignature,
): { template: HeaderTemplate; changes: StateChanges } | Rejection {
  const overlay = new StateOverlay(state);
  const set = overlay.read(MEMBERS_KEY);
  if (set === undefined) throw new Error('ledger: the state has no member set');
  const context = { chainId: chainIdOf(genesis), height: parent.height + 1, time, checkSignature };
  for (const [position, transaction] of transactions.entries()) {
    const refused = applyTransaction(transaction, overlay, context);
    if (refused !== undefined) return { code: refused.code, detail: { ...refused.detail, position } };
  }
  const changes = overlay.finish(time);
  const template: HeaderTemplate = {
    version: 1,
    chainId: context.chainId,
    height: context.height,
    previousHash: parent.hash as Header['previousHash'],
    time,
    transactionsRoot: transactionsRoot(transactions),
    stateRoot: toHex(changes.root) as Hash,
    memberSetHash: memberSetHash(set),
    proposer,
    target: genesis.target,
  };
  return { template, changes };
}
