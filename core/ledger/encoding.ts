/**
 * Canonical bytes: RFC 8785 JSON whose numbers are safe integers, so that one value has exactly one encoding
 * and one hash. Bytes that are not their own canonical form are refused.
 */
import { fromUtf8, utf8 } from '@clearchart/crypto';
import { type Rejection, reject } from './rejection.ts';

export type Json = string | number | null | readonly Json[] | { readonly [name: string]: Json };

/** Lists and objects inside one another, at most. */
export const DEEPEST_NESTING = 16;

/** A value that the ledger's JSON cannot say; the message says why. */
class NotCanonical extends TypeError {}

/** @throws TypeError when the value holds what the ledger's JSON cannot say: that is a bug of the caller. */
export function encodeCanonical(value: unknown): Uint8Array {
  return utf8(canonicalText(value));
}

/** @throws TypeError like `encodeCanonical`. */
export function canonicalText(value: unknown): string {
  return textOf(value, 0);
}

/** Whether `encodeCanonical` takes the value. */
export function isCanonicalValue(value: unknown): value is Json {
  try {
    canonicalText(value);
    return true;
  } catch (fault) {
    if (fault instanceof NotCanonical) return false;
    throw fault;
  }
}

/** The value of canonical bytes; duplicate keys, fractions, lone surrogates and other spellings are refused. */
export function decodeCanonical(bytes: Uint8Array): { readonly value: Json } | Rejection {
  const parsed = parseJson(bytes);
  if (parsed === undefined) return reject('encoding-not-canonical', { why: 'not JSON in UTF-8' });
  try {
    if (canonicalText(parsed.value) === parsed.text) return { value: parsed.value as Json };
    return reject('encoding-not-canonical', { why: 'not the canonical spelling of its value' });
  } catch (fault) {
    if (fault instanceof NotCanonical) return reject('encoding-not-canonical', { why: fault.message });
    throw fault;
  }
}

/** Undefined unless the bytes are JSON in UTF-8. Whether its spelling is canonical is for the caller to compare. */
export function parseJson(bytes: Uint8Array): { readonly text: string; readonly value: unknown } | undefined {
  try {
    const text = fromUtf8(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Printable ASCII without quote and backslash stands for itself. */
const PLAIN = /^[ !#-[\]-~]*$/;

function textOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new NotCanonical('a number that is no safe integer');
    return `${value}`;
  }
  if (value === null) return 'null';
  if (typeof value !== 'object') throw new NotCanonical('a value that is neither text, integer, list nor object');
  if (depth >= DEEPEST_NESTING) throw new NotCanonical('nested too deeply');
  return Array.isArray(value) ? listText(value, depth + 1) : objectText(value as Record<string, unknown>, depth + 1);
}

function stringText(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new NotCanonical('a lone surrogate');
  return JSON.stringify(value);
}

function listText(list: readonly unknown[], depth: number): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) text += (index === 0 ? '' : ',') + textOf(list[index], depth);
  return `${text}]`;
}

function objectText(object: Record<string, unknown>, depth: number): string {
  const names = Object.keys(object);
  if (!isSorted(names)) names.sort();
  let text = '{';
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    if (name === '__proto__') throw new NotCanonical('a forbidden name');
    text += `${index === 0 ? '' : ','}${stringText(name)}:${textOf(object[name], depth)}`;
  }
  return `${text}}`;
}

/** By UTF-16 code units (RFC 8785 §3.2.3), as JavaScript compares strings. */
function isSorted(names: readonly string[]): boolean {
  for (let index = 1; index < names.length; index += 1) {
    if ((names[index - 1] as string) > (names[index] as string)) return false;
  }
  return true;
}
