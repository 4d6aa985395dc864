/** Checks of a parsed value against the shape a type gives it: exactly these members, nothing else. */
import { isHex } from './identifiers.ts';
import { type Rejection, reject } from './rejection.ts';

type Check = (value: unknown) => boolean;

export const hex =
  (digits: number): Check =>
  (value) =>
    isHex(value, digits);
export const integer =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most && !Object.is(value, -0);
/** Lengths in UTF-16 code units. */
export const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most && value.isWellFormed();
export const literal =
  (expected: unknown): Check =>
  (value) =>
    value === expected;
export const oneOf =
  (allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);
export const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
export const listOf =
  (check: Check, least: number, most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(check);
/** @param optional members that may be left out. */
export function object(
  members: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  const required = Object.keys(members);
  const checks = new Map(Object.entries({ ...members, ...optional }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const names = Object.keys(value);
    if (names.length < required.length || names.length > checks.size) return false;
    for (const name of names) if (checks.get(name)?.((value as Record<string, unknown>)[name]) !== true) return false;
    return names.length === checks.size || required.every((name) => Object.hasOwn(value, name));
  };
}
export const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

export type { Check };

export function checkShape(check: Check, value: unknown, what: string): Rejection | undefined {
  return check(value) ? undefined : reject('shape-invalid', { what });
}
