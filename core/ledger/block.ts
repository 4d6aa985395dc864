import { concatBytes, equalBytes, sha256, toHex, utf8 } from '@clearchart/crypto';
import { encodeCanonical, parseJson } from './encoding.ts';
import { type Header, parseHeaderValue } from './header.ts';
import type { Hash } from './identifiers.ts';
import { merkleRoot } from './merkle.ts';
import { isRejection, type Rejection, reject } from './rejection.ts';
import { encodeTransaction, parseTransactionValue, type Transaction } from './transaction.ts';

export interface Block {
  readonly header: Header;
  readonly transactions: readonly Transaction[];
}

/** No genesis file allows larger blocks. */
export const LONGEST_BLOCK_BYTES = 64 * 1024 * 1024;

/** The leaves of the transactions tree: SHA-256 of each transaction's full bytes, signatures included. */
export function transactionLeaves(transactions: readonly Transaction[]): Uint8Array[] {
  return transactions.map((transaction) => sha256(encodeTransaction(transaction)));
}

export function transactionsRoot(transactions: readonly Transaction[]): Hash {
  return toHex(merkleRoot(transactionLeaves(transactions))) as Hash;
}

const HEAD = utf8('{"header":');
const BETWEEN = utf8(',"transactions":[');
const COMMA = utf8(',');
const END = utf8(']}');

/** Canonical bytes, put together from those that its transactions have already. */
export function encodeBlock({ header, transactions }: Block): Uint8Array {
  const parts = [HEAD, encodeCanonical(header), BETWEEN];
  for (const [index, transaction] of transactions.entries()) {
    if (index > 0) parts.push(COMMA);
    parts.push(encodeTransaction(transaction));
  }
  parts.push(END);
  return concatBytes(...parts);
}

/** Whether canonical bytes of a block begin with exactly this header, given in canonical bytes; the rest is not looked at. */
export function isUnderHeader(block: Uint8Array, header: Uint8Array): boolean {
  const begin = concatBytes(HEAD, header, BETWEEN);
  return equalBytes(block.subarray(0, begin.length), begin);
}

/** Length of `encodeBlock` without making it. */
export function blockBytes({ header, transactions }: Block): number {
  const around = HEAD.length + encodeCanonical(header).length + BETWEEN.length + END.length;
  const inside = transactions.reduce((sum, transaction) => sum + encodeTransaction(transaction).length, 0);
  return around + inside + COMMA.length * Math.max(0, transactions.length - 1);
}

export function parseBlock(bytes: Uint8Array): Block | Rejection {
  if (bytes.length > LONGEST_BLOCK_BYTES) return reject('block-too-large', { bytes: bytes.length });
  const parsed = parseJson(bytes);
  if (parsed === undefined) return reject('encoding-not-canonical', { why: 'not JSON in UTF-8' });
  const block = parseBlockValue(parsed.value);
  if (isRejection(block) || equalBytes(encodeBlock(block), bytes)) return block;
  return reject('encoding-not-canonical', { why: 'not the canonical spelling of its value' });
}

/** The same for a value out of JSON. */
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
