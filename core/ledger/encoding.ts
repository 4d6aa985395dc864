/**
 * Canonical bytes: RFC 8785 JSON whose numbers are safe integers. Bytes that are not their own
 * canonical form are refused, so one value has exactly one encoding and one hash.
 */
import { equalBytes, fromUtf8, utf8 } from '@clearchart/crypto';
import canonicalize from 'canonicalize';
import { type Rejection, reject } from './rejection.ts';

export type Json = string | number | null | readonly Json[] | { readonly [name: string]: Json };

/** Members nested deeper than this are refused. */
const DEEPEST = 16;

/** @throws TypeError when the value holds what the ledger's JSON cannot say: that is a bug of the caller. */
export function encodeCanonical(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('encoding: the value has no canonical form');
  return utf8(text);
}

/** The value of canonical bytes; duplicate keys, floats, lone surrogates and other spellings are refused. */
export function decodeCanonical(bytes: Uint8Array): Json | Rejection {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    return reject('encoding-not-canonical', { why: 'not JSON in UTF-8' });
  }
  const fault = faultOf(value, 0);
  if (fault !== undefined) return reject('encoding-not-canonical', { why: fault });
  if (!equalBytes(encodeCanonical(value), bytes)) {
    return reject('encoding-not-canonical', { why: 'not the canonical spelling of its value' });
  }
  return value as Json;
}

/** Why a parsed value is not the ledger's JSON; undefined when it is. */
function faultOf(value: unknown, depth: number): string | undefined {
  if (depth > DEEPEST) return 'nested too deeply';
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? undefined : 'a lone surrogate';
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? undefined : 'a number that is no safe integer';
    case 'object': {
      if (value === null) return undefined;
      for (const [name, member] of Object.entries(value)) {
        if (name === '__proto__' || !name.isWellFormed()) return 'a forbidden name';
        const fault = faultOf(member, depth + 1);
        if (fault !== undefined) return fault;
      }
      return undefined;
    }
    default:
      return 'a value that is neither text, integer, list nor object';
  }
}
