/** One hospital's clinical store. Callers get a session bound to their scope; the node gets outbox, map and check. */
import type { CheckFault } from './check-fault.ts';
import { type CommitmentLookup, checkStore } from './check.ts';
import { parameterNames } from './definitions/search-parameter.ts';
import { IndexHash } from './index-hash.ts';
import { IndexRowMaker } from './index-rows.ts';
import { type KeyedRequest, KeptOutcomes, type Once } from './kept-outcomes.ts';
import { Outbox } from './outbox.ts';
import { Patients } from './patients.ts';
import { contentOf } from './opened-version.ts';
import type { AccessScope, ClinicalStorePorts } from './ports.ts';
import { Cursors } from './search/cursor.ts';
import { Statements } from './search/statements.ts';
import { ClinicalSession, type SessionOptions, type VersionWithOpening } from './session.ts';
import type { StoreParts } from './store-parts.ts';
import { checkTakenTimes, type TakenTimesPorts } from './taken-times.ts';
import { createTables, parameterCodes, SUBJECT, typeCodes } from './tables.ts';
import { Versions } from './versions.ts';
import { WriteQueue, type Written } from './write-queue.ts';

/** The store's own eyes, for rules that hold over all of it. */
const EVERYTHING: AccessScope = { types: 'all', subjects: 'all', categories: 'all', directory: true, write: new Set() };

export interface VersionName {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

export interface ClinicalStore {
  readonly outbox: Outbox;
  readonly types: ReadonlySet<string>;
  session(options: SessionOptions): ClinicalSession;
  /** Begins a request that carries an Idempotency-Key. @throws Refusal */
  once(request: KeyedRequest): Once;
  pseudonymOf(patientId: string): string | undefined;
  patientOf(pseudonym: string): string | undefined;
  /** The versions that a transaction anchors. */
  versionsOf(transactionId: string): VersionName[];
  /** The transaction that anchors a version. */
  versionAnchor(type: string, id: string, version: number): string | undefined;
  /** When its first version was written, ms; undefined when there is none. */
  createdAt(type: string, id: string): number | undefined;
  /** Every version that is part of a patient's record, deletions too, oldest first; each opened when it is asked for. */
  versionsAbout(patientId: string): (() => VersionWithOpening)[];
  /** Called after each commit with the types that were written. */
  onCommitted(listener: (types: ReadonlySet<string>) => void): () => void;
  /** Writes and versions waiting in memory. */
  readonly waitingWrites: number;
  check(commitments: CommitmentLookup): AsyncGenerator<CheckFault>;
}

export function createClinicalStore(ports: ClinicalStorePorts): ClinicalStore {
  const { database, keys, definitions, aead, random, clock, anchors, use = 'write' } = ports;
  if (use === 'write') createTables(database);
  const hash = new IndexHash(keys.index, keys.recordId);
  const types = typeCodes(database, definitions.table.types, use);
  const parameters = parameterCodes(database, parameterNames(definitions.table), use);
  const patients = new Patients(database, { aead, random, key: keys.custody, hash });
  const versions = new Versions({ ...ports, hash, patients, types });
  const outbox = new Outbox(database);
  const keptOutcomes = new KeptOutcomes(ports, keys.index);
  const listeners = new Set<(types: ReadonlySet<string>) => void>();
  const onCommitted = (written: readonly Written[]): void => {
    for (const version of written) versions.cache.add(version);
    const writtenTypes = new Set(written.map(({ type }) => type));
    if (writtenTypes.size > 0) for (const listener of listeners) listener(writtenTypes);
  };
  const queue = new WriteQueue({
    database,
    outbox,
    anchors,
    check: (written) => checkTakenTimes(written, takenTimesPorts),
    onCommitted,
    onRolledBack: () => patients.forget(),
    onFault: ports.onFault,
  });
  const parts: StoreParts = {
    database,
    definitions,
    hash,
    types,
    parameters,
    patients,
    versions,
    outbox,
    keptOutcomes,
    queue,
    clock,
    rows: new IndexRowMaker(hash, parameters),
    statements: new Statements(database),
    cursors: new Cursors(aead, random, keys.index),
  };
  const whole = new ClinicalSession(parts, { scope: EVERYTHING, baseUrl: '', onDisclosed: () => {} });
  const takenTimesPorts: TakenTimesPorts = {
    find: (type, criteria, limit) => whole.find(type, criteria, limit),
    resolve: (reference) => whole.resolve(reference),
    before: ({ rid, version }) => {
      const vid = version === 1 ? undefined : versions.vidOf(rid, version - 1);
      return vid === undefined ? undefined : contentOf(versions.open(vid));
    },
    now: () => clock.now(),
  };
  const selectByTransaction = database.prepare(
    'SELECT v.vid FROM outbox o JOIN versions v ON v.anchor = o.sequence WHERE o.transaction_id = ? ORDER BY v.vid',
  );
  const selectAnchor = database.prepare(
    'SELECT o.transaction_id AS id FROM versions v JOIN outbox o ON o.sequence = v.anchor WHERE v.vid = ?',
  );
  const selectAbout = database.prepare(
    'SELECT v.vid FROM links l JOIN versions v ON v.rid = l.rid WHERE l.parameter = ? AND l.target = ? ORDER BY v.vid',
  );

  return {
    outbox,
    types: definitions.table.types,
    session: (options) => new ClinicalSession(parts, options),
    once: (request) => keptOutcomes.begin(request),
    pseudonymOf: (patientId) => patients.byId(patientId)?.pseudonym,
    patientOf: (pseudonym) => patients.byPseudonym(pseudonym)?.id,
    versionsOf: (transactionId) =>
      selectByTransaction.all(transactionId).map((row) => {
        const { type, id, version } = versions.open(row['vid'] as number);
        return { type, id, version };
      }),
    versionAnchor: (type, id, version) => {
      const head = versions.head(type, id);
      const vid = head === undefined ? undefined : versions.vidOf(head.rid, version);
      return vid === undefined ? undefined : (selectAnchor.get(vid)?.['id'] as string | undefined);
    },
    createdAt: (type, id) => {
      const head = versions.head(type, id);
      const vid = head === undefined ? undefined : versions.vidOf(head.rid, 1);
      return vid === undefined ? undefined : versions.open(vid).updated;
    },
    versionsAbout: (patientId) =>
      selectAbout.all(SUBJECT, hash.reference('Patient', patientId)).map((row) => () => {
        const { version, opened, record, transactionId } = versions.openRecord(row['vid'] as number);
        return { version, record, transactionId, opening: opened };
      }),
    onCommitted: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get waitingWrites() {
      return queue.length;
    },
    check: (commitments) => checkStore(parts, commitments),
  };
}
