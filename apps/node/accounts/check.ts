/** Opens every envelope of accounts.db in its place and makes every keyed hash again that its content gives. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { equalBytes } from '@clearchart/crypto';
import { codePlace, identityPlace, sessionPlace, tokenPlace } from './row-places.ts';
import { normalEmail, type Sealing } from './sealing.ts';

export interface AccountsFault {
  readonly code: 'accounts-row-wrong' | 'database-damaged';
  /** Table and id of the row; never content. */
  readonly where: string;
  readonly detail: string;
}

type Row = Record<string, SQLOutputValue>;
interface About {
  readonly email?: string;
  readonly person?: string;
}

const ENVELOPES: Readonly<Record<string, readonly (readonly [column: string, place: (row: Row) => string])[]>> = {
  accounts: [
    ['identity', identityPlace],
    ['password_record', ({ id }) => `account/${String(id)}/password`],
    ['vault', ({ id }) => `account/${String(id)}/vault`],
    ['binding', ({ id }) => `account/${String(id)}/binding`],
  ],
  codes: [['about', codePlace]],
  secrets: [['sealed', ({ name }) => String(name)]],
  sessions: [['device', sessionPlace]],
  tokens: [['about', tokenPlace]],
};

export function* checkAccounts(database: DatabaseSync, sealing: Sealing): Generator<AccountsFault> {
  for (const row of database.prepare('PRAGMA integrity_check(20)').all()) {
    const text = String(row['integrity_check']);
    if (text !== 'ok') yield { code: 'database-damaged', where: 'accounts.db', detail: text.slice(0, 200) };
  }
  for (const [table, envelopes] of Object.entries(ENVELOPES)) {
    for (const row of database.prepare(`SELECT * FROM ${table}`).iterate()) {
      const id = String(row['id'] ?? row['name']);
      const where = `${table}/${id}`;
      for (const [column, place] of envelopes) {
        if (row[column] === null) continue;
        const content = opened(sealing, place(row), row[column]);
        const detail =
          content === undefined
            ? `${column} does not open: it, its place or a column it is bound to was changed`
            : hashFault(column, row, content, sealing);
        if (detail !== undefined) yield { code: 'accounts-row-wrong', where, detail };
      }
    }
  }
}

function opened(sealing: Sealing, place: string, sealed: unknown): { value: unknown } | undefined {
  try {
    return { value: sealing.open(place, sealed as Uint8Array) };
  } catch {
    return undefined;
  }
}

function hashFault(column: string, row: Row, { value }: { value: unknown }, sealing: Sealing): string | undefined {
  if (column !== 'identity' && column !== 'about') return undefined;
  const { email, person } = value as About;
  const personHash = row['person_hash'] as Uint8Array | null;
  if (!sameHash(personHash, person === undefined ? null : sealing.hash('person', person))) {
    return 'the person is not the one that was sealed';
  }
  if (column === 'about') return undefined;
  const emailHash = row['email_hash'] as Uint8Array;
  return sameHash(emailHash, sealing.hash('email', normalEmail(email ?? ''))) ? undefined : 'the e-mail is another';
}

function sameHash(left: Uint8Array | null, right: Uint8Array | null): boolean {
  return left === null || right === null ? left === right : equalBytes(left, right);
}
