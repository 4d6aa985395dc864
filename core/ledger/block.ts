import { sha256, toHex } from '@clearchart/crypto';
import { decodeCanonical, encodeCanonical } from './encoding.ts';
import { type Header, parseHeaderValue } from './header.ts';
import type { Hash } from './identifiers.ts';
import { merkleRoot } from './merkle.ts';
import { isRejection, type Rejection, reject } from './rejection.ts';
import { encodeTransaction, parseTransactionValue, type Transaction } from './transaction.ts';

export interface Block {
  readonly header: Header;
  readonly transactions: readonly Transaction[];
}

/** The leaves of the transactions tree: SHA-256 of each transaction's full bytes, signatures included. */
export function transactionLeaves(transactions: readonly Transaction[]): Uint8Array[] {
  return transactions.map((transaction) => sha256(encodeTransaction(transaction)));
}

export function transactionsRoot(transactions: readonly Transaction[]): Hash {
  return toHex(merkleRoot(transactionLeaves(transactions))) as Hash;
}

export function encodeBlock(block: Block): Uint8Array {
  return encodeCanonical({ header: block.header, transactions: block.transactions });
}

export function parseBlock(bytes: Uint8Array): Block | Rejection {
  const value = decodeCanonical(bytes);
  return isRejection(value) ? value : parseBlockValue(value);
}

export function parseBlockValue(value: unknown): Block | Rejection {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) {
    return reject('shape-invalid', { what: 'block' });
  }
  const { header: headerValue, transactions: list } = value as Record<string, unknown>;
  const header = parseHeaderValue(headerValue);
  if (isRejection(header)) return header;
  if (!Array.isArray(list)) return reject('shape-invalid', { what: 'block' });
  const transactions: Transaction[] = [];
  for (const one of list) {
    const transaction = parseTransactionValue(one);
    if (isRejection(transaction)) return transaction;
    transactions.push(transaction);
  }
  return { header, transactions };
}
