import type { Clock } from '@clearchart/exchange';
import type { DatabaseSync } from 'node:sqlite';
import type { Definitions } from './definitions/definitions.ts';
import type { IndexHash } from './index-hash.ts';
import type { IndexRowMaker } from './index-rows.ts';
import type { KeptOutcomes } from './kept-outcomes.ts';
import type { Outbox } from './outbox.ts';
import type { Patients } from './patients.ts';
import type { Cursors } from './search/cursor.ts';
import type { Statements } from './search/statements.ts';
import type { Dictionary } from './tables.ts';
import type { Versions } from './versions.ts';
import type { WriteQueue } from './write-queue.ts';

/** The parts of one hospital's store, joined once in `store.ts`. */
export interface StoreParts {
  readonly database: DatabaseSync;
  readonly definitions: Definitions;
  readonly hash: IndexHash;
  readonly rows: IndexRowMaker;
  readonly types: Dictionary;
  readonly parameters: Dictionary;
  readonly patients: Patients;
  readonly versions: Versions;
  readonly outbox: Outbox;
  readonly keptOutcomes: KeptOutcomes;
  readonly queue: WriteQueue;
  readonly statements: Statements;
  readonly cursors: Cursors;
  readonly clock: Clock;
}
