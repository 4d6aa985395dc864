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
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
export const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most && value === value.normalize('NFC');
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
export const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const names = Object.keys(value);
    return (
      names.length === Object.keys(members).length &&
      names.every((name) => Object.hasOwn(members, name) && members[name]?.((value as Record<string, unknown>)[name]))
    );
  };
export const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

export type { Check };

export function checkShape(check: Check, value: unknown, what: string): Rejection | undefined {
  return check(value) ? undefined : reject('shape-invalid', { what });
}
