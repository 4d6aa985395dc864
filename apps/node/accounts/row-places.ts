/**
 * What the envelope of a row is bound to: its place, and every column beside it that decides rights or finds the row. A
 * column changed by hand, or a hash moved to another row, leaves an envelope that does not open, so the row gives nothing.
 */
import { toHex } from '@clearchart/crypto';
import type { SQLOutputValue } from 'node:sqlite';

/** Column by column, as it is stored. */
type Row = Readonly<Record<string, SQLOutputValue | Uint8Array>>;

const place = (...parts: (SQLOutputValue | Uint8Array | undefined)[]): string =>
  parts.map((part) => (part instanceof Uint8Array ? toHex(part) : String(part))).join('/');

export const identityPlace = ({ id, role, state, email_hash, person_hash }: Row): string =>
  place('account', id, 'identity', role, state, email_hash, person_hash);
export const codePlace = ({ id, code_hash, kind, person_hash, expires_at }: Row): string =>
  place('code', id, code_hash, kind, person_hash, expires_at);
export const sessionPlace = ({ id, secret_hash, account_id, created_at, seen_at }: Row): string =>
  place('session', id, secret_hash, account_id, created_at, seen_at);
export const letterPlace = ({ id, sent_at }: Row): string => place('letter', id, sent_at);
export const custodyPlace = ({ id, taken_at }: Row): string => place('custody', id, taken_at);
export const tokenPlace = ({ id, token_hash, role, person_hash, expires_at }: Row): string =>
  place('token', id, token_hash, role, person_hash, expires_at);
export const answerPlace = ({ id, owner, made }: Row): string => place('answer', id, owner, made);
export const feedPlace = ({ id, secret_hash, account_id, created_at }: Row): string =>
  place('feed', id, secret_hash, account_id, created_at);
