/**
 * What the envelope of a row is bound to: its place, and the columns beside it that decide rights. A column changed by hand
 * leaves an envelope that does not open, so the row gives nothing.
 */
import type { SQLOutputValue } from 'node:sqlite';

type Row = Record<string, SQLOutputValue>;

const place = (...parts: (SQLOutputValue | undefined)[]): string => parts.map(String).join('/');

export const identityPlace = ({ id, role, state }: Row): string => place('account', id, 'identity', role, state);
export const codePlace = ({ id, kind, expires_at }: Row): string => place('code', id, kind, expires_at);
export const sessionPlace = ({ id, account_id, created_at }: Row): string =>
  place('session', id, account_id, created_at);
export const tokenPlace = ({ id, role, expires_at }: Row): string => place('token', id, role, expires_at);
