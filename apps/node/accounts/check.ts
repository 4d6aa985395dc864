/** Opens every envelope of accounts.db in its place, beside the columns it is bound to (./row-places.ts). */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import {
  answerPlace,
  codePlace,
  custodyPlace,
  feedPlace,
  identityPlace,
  letterPlace,
  sessionPlace,
  tokenPlace,
} from './row-places.ts';
import type { Sealing } from './sealing.ts';

export interface AccountsFault {
  readonly code: 'accounts-row-wrong' | 'database-damaged';
  /** Table and id of the row; never content. */
  readonly where: string;
  readonly detail: string;
}

type Row = Record<string, SQLOutputValue>;

const ENVELOPES: Readonly<Record<string, readonly (readonly [column: string, place: (row: Row) => string])[]>> = {
  accounts: [
    ['identity', identityPlace],
    ['password_record', ({ id }) => `account/${String(id)}/password`],
    ['vault', ({ id }) => `account/${String(id)}/vault`],
    ['binding', ({ id }) => `account/${String(id)}/binding`],
    ['new_key', ({ id }) => `account/${String(id)}/new-key`],
  ],
  answers: [['sealed', answerPlace]],
  codes: [['about', codePlace]],
  feeds: [['bound', feedPlace]],
  custody_keys: [['sealed', custodyPlace]],
  letters: [['letter', letterPlace]],
  secrets: [['sealed', ({ name }) => String(name)]],
  sessions: [['device', sessionPlace]],
  tokens: [['about', tokenPlace]],
  told_apart: [['about', () => 'apart']],
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
        if (opens(sealing, place(row), row[column])) continue;
        const detail = `${column} does not open: it, its place or a column it is bound to was changed`;
        yield { code: 'accounts-row-wrong', where, detail };
      }
    }
  }
}

function opens(sealing: Sealing, place: string, sealed: unknown): boolean {
  try {
    sealing.open(place, sealed as Uint8Array);
    return true;
  } catch {
    return false;
  }
}
