/** accounts.db, open: its tables, and the secret that OPAQUE keeps on the server, sealed. */
import type { Aead, Random } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import { server } from '@serenity-kit/opaque';
import { DatabaseSync } from 'node:sqlite';
import { AccountTable } from './account-table.ts';
import { ApartTable } from './apart-table.ts';
import { AnswerTable } from './answer-table.ts';
import { CodeTable } from './code-table.ts';
import { FeedTable } from './feed-table.ts';
import { CustodyTable } from './custody-table.ts';
import { LetterTable } from './letter-table.ts';
import { ReminderTable } from './reminder-table.ts';
import { Sealing } from './sealing.ts';
import { SessionTable } from './session-table.ts';
import { prepareAccounts } from './tables.ts';
import { TokenTable } from './token-table.ts';

export interface AccountStorePorts {
  /** Where accounts.db is or shall be. */
  readonly path: string;
  /** 32 bytes; everything here that names a person is hashed or sealed under it. */
  readonly key: Uint8Array;
  readonly aead: Aead;
  readonly random: Random;
  readonly clock: Clock;
}

export interface AccountStore {
  readonly accounts: AccountTable;
  readonly sessions: SessionTable;
  readonly codes: CodeTable;
  readonly tokens: TokenTable;
  readonly custody: CustodyTable;
  /** Of a demo. */
  readonly letters: LetterTable;
  readonly reminders: ReminderTable;
  readonly feeds: FeedTable;
  readonly apart: ApartTable;
  readonly answers: AnswerTable;
  readonly sealing: Sealing;
  readonly random: Random;
  readonly clock: Clock;
  /** All of it or nothing; on disk when it returns. */
  transaction<Result>(work: () => Result): Result;
  /** OPAQUE's server setup; made at its first use. */
  opaqueSetup(): string;
  close(): void;
}

const OPAQUE_SETUP = 'opaque-setup';

export function openAccountStore({ path, key, aead, random, clock }: AccountStorePorts): AccountStore {
  const database = new DatabaseSync(path);
  prepareAccounts(database);
  const sealing = new Sealing({ key, aead, random });
  let setup: string | undefined;

  function transaction<Result>(work: () => Result): Result {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  function readOrMakeSetup(): string {
    const row = database.prepare('SELECT sealed FROM secrets WHERE name = ?').get(OPAQUE_SETUP);
    if (row !== undefined) return sealing.open<string>(OPAQUE_SETUP, row['sealed'] as Uint8Array);
    const made = server.createSetup();
    database
      .prepare('INSERT INTO secrets (name, sealed) VALUES (?, ?)')
      .run(OPAQUE_SETUP, sealing.seal(OPAQUE_SETUP, made));
    return made;
  }

  return {
    accounts: new AccountTable(database, sealing),
    sessions: new SessionTable(database, sealing, random),
    codes: new CodeTable(database, sealing, random),
    tokens: new TokenTable(database, sealing, random),
    custody: new CustodyTable(database, sealing),
    letters: new LetterTable(database, sealing, random),
    reminders: new ReminderTable(database, sealing),
    feeds: new FeedTable(database, sealing, random),
    apart: new ApartTable(database, sealing),
    answers: new AnswerTable(database, sealing, () => clock.now()),
    sealing,
    random,
    clock,
    transaction,
    opaqueSetup() {
      setup ??= transaction(readOrMakeSetup);
      return setup;
    },
    close: () => database.close(),
  };
}
