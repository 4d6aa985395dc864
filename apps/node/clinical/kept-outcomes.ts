/**
 * What writes with an Idempotency-Key came to, kept for a day by the commit of the write itself (docs/protocol/records.md, R28).
 * A key is a caller's text: it stands as a keyed hash; what it led to is sealed and bound to its row.
 */
import { type Aead, hmacSha256, openEnvelope, type Random, sealEnvelope, toHex, utf8 } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CheckFault } from './check-fault.ts';
import { refuse } from './refusal.ts';

/** One write: its status, its version in the store, and whether it wrote that version or found it. */
export interface KeptOutcome {
  readonly status: 200 | 201 | 204;
  readonly vid: number | undefined;
  readonly written: boolean;
}

export interface KeyedRequest {
  /** Names the account or token that asks: nobody meets another's keys. */
  readonly owner: string;
  readonly key: string;
  /** Hex: hash of all that makes the request what it is. */
  readonly request: string;
}

/** A request under way. A write alone and a transaction are its part 0; the entries of a batch are a part each. */
export interface Once {
  part(index: number): OncePart;
  /** To be called when all its writes are committed or refused. */
  end(): void;
}

export interface OncePart {
  /** What it came to when it was asked first. */
  readonly kept: readonly KeptOutcome[] | undefined;
  /** To be called last inside the database transaction of the write. */
  keep(outcomes: readonly KeptOutcome[]): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** What is old is taken out at most this often; until then it is kept longer than a day. */
const SWEEP_EVERY_MS = 60 * 1000;
/** Outcomes kept of one caller, and in all: some 100 bytes each when they come alone. */
const OWNER_LIMIT = 50_000;
const LIMIT = 200_000;
/** When this many are kept, each caller may have a few of its own only: a few cannot shut out all others. */
const CROWDED = 100_000;
const OWNER_LIMIT_IN_A_CROWD = 1_000;
const UNDER_WAY_LIMIT = 2_000;
const LABEL = 'clearchart/kept-outcome/v0';

export const KEPT_OUTCOMES_TABLE = `
  CREATE TABLE IF NOT EXISTS kept_outcomes (
    name BLOB NOT NULL, part INTEGER NOT NULL, owner BLOB NOT NULL, made INTEGER NOT NULL, outcomes INTEGER NOT NULL,
    sealed BLOB NOT NULL, PRIMARY KEY (name, part)
  ) STRICT, WITHOUT ROWID;
`;

interface Row {
  readonly name: Uint8Array;
  readonly part: number;
  readonly owner: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly made: number;
  readonly outcomes: number;
  readonly sealed: Uint8Array;
}

interface Sealed {
  readonly request: string;
  readonly outcomes: readonly (readonly [KeptOutcome['status'], number, 0 | 1])[];
}

export interface KeptOutcomesPorts {
  readonly database: DatabaseSync;
  readonly aead: Aead;
  readonly random: Random;
  readonly clock: Clock;
}

export class KeptOutcomes {
  readonly #ports: KeptOutcomesPorts;
  readonly #key: Uint8Array;
  readonly #underWay = new Set<string>();
  #table: { readonly ofName: StatementSync; readonly insert: StatementSync; readonly sweep: StatementSync } | undefined;
  /** Outcomes kept, by owner in hex. */
  #kept = new Map<string, number>();
  #total = 0;
  #oldest = Infinity;

  constructor(ports: KeptOutcomesPorts, indexKey: Uint8Array) {
    this.#ports = ports;
    this.#key = hmacSha256(indexKey, utf8(LABEL));
  }

  /** @throws Refusal: the key named another request (422), or this one is still under way (409). */
  begin({ owner, key, request }: KeyedRequest): Once {
    const table = this.#opened();
    const ownerHash = hmacSha256(this.#key, utf8(`owner/${owner}`)).subarray(0, 16);
    const name = hmacSha256(this.#key, utf8(`name/${owner.length}/${owner}/${key}`));
    const nameHex = toHex(name);
    if (this.#underWay.has(nameHex))
      throw refuse(409, 'request-under-way', 'conflict', 'The request with this Idempotency-Key is still under way');
    if (this.#underWay.size >= UNDER_WAY_LIMIT)
      throw refuse(429, 'busy', 'throttled', 'Too many writes at once; try again later');
    const kept = new Map<number, readonly KeptOutcome[]>();
    for (const row of table.ofName.all(name) as unknown as Row[]) {
      const sealed = this.#open(row);
      if (sealed === undefined) throw new Error('a kept outcome does not open');
      if (sealed.request !== request)
        throw refuse(
          422,
          'key-of-another-request',
          'business-rule',
          'This Idempotency-Key was sent with another request',
        );
      kept.set(
        row.part,
        sealed.outcomes.map(([status, vid, written]) => ({
          status,
          vid: vid === 0 ? undefined : vid,
          written: written === 1,
        })),
      );
    }
    this.#underWay.add(nameHex);
    return {
      part: (index) => ({
        kept: kept.get(index),
        keep: (outcomes) => this.#keep({ name, part: index, owner: ownerHash }, request, outcomes),
      }),
      end: () => void this.#underWay.delete(nameHex),
    };
  }

  /** Rows that do not open under what stands beside their seal. */
  *check(): Generator<CheckFault> {
    const { database } = this.#ports;
    // A folder of an earlier build has no such table until its node is started.
    const made = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'kept_outcomes'").get();
    if (made === undefined) return;
    for (const row of database.prepare('SELECT * FROM kept_outcomes').iterate() as Iterable<unknown>) {
      const { name, part } = row as Row;
      if (this.#open(row as Row) !== undefined) continue;
      const where = `kept_outcomes/${toHex(name)}/${part}`;
      yield { code: 'outcome-damaged', where, detail: 'the sealed outcome, or what it is bound to, has changed' };
    }
  }

  #keep(place: Pick<Row, 'name' | 'part' | 'owner'>, request: string, outcomes: readonly KeptOutcome[]): void {
    const { aead, random, clock } = this.#ports;
    const owner = toHex(place.owner);
    const kept = this.#kept.get(owner) ?? 0;
    const count = outcomes.length;
    const own = this.#total + count > CROWDED ? OWNER_LIMIT_IN_A_CROWD : OWNER_LIMIT;
    if (kept + count > own || this.#total + count > LIMIT)
      throw refuse(429, 'too-many-keys', 'throttled', 'Too many writes with an Idempotency-Key within a day');
    const row = { ...place, made: clock.now(), outcomes: count };
    const content: Sealed = {
      request,
      outcomes: outcomes.map(({ status, vid = 0, written }) => [status, vid, written ? 1 : 0]),
    };
    const sealed = sealEnvelope(aead, random, this.#key, utf8(JSON.stringify(content)), bindingOf(row));
    this.#opened().insert.run(row.name, row.part, row.owner, row.made, row.outcomes, sealed);
    this.#kept.set(owner, kept + count);
    this.#total += count;
    this.#oldest = Math.min(this.#oldest, row.made);
  }

  /** Its statements, the table being swept when something in it is old; never inside a write. */
  #opened() {
    const { database, clock } = this.#ports;
    if (this.#table === undefined) {
      this.#table = {
        ofName: database.prepare('SELECT * FROM kept_outcomes WHERE name = ? ORDER BY part'),
        insert: database.prepare(
          'INSERT INTO kept_outcomes (name, part, owner, made, outcomes, sealed) VALUES (?, ?, ?, ?, ?, ?)',
        ),
        sweep: database.prepare('DELETE FROM kept_outcomes WHERE made <= ?'),
      };
      this.#count();
    }
    const old = clock.now() - DAY_MS;
    if (this.#oldest + SWEEP_EVERY_MS <= old && !database.isTransaction) {
      this.#table.sweep.run(old);
      this.#count();
    }
    return this.#table;
  }

  #count(): void {
    const rows = this.#ports.database
      .prepare('SELECT owner, sum(outcomes) AS outcomes, min(made) AS oldest FROM kept_outcomes GROUP BY owner')
      .all() as { owner: Uint8Array; outcomes: number; oldest: number }[];
    this.#kept = new Map(rows.map(({ owner, outcomes }) => [toHex(owner), outcomes]));
    this.#total = rows.reduce((sum, { outcomes }) => sum + outcomes, 0);
    this.#oldest = rows.reduce((oldest, row) => Math.min(oldest, row.oldest), Infinity);
  }

  #open(row: Row): Sealed | undefined {
    const opened = openEnvelope(this.#ports.aead, this.#key, row.sealed, bindingOf(row));
    return opened === undefined ? undefined : (JSON.parse(Buffer.from(opened).toString('utf8')) as Sealed);
  }
}

function bindingOf({ name, part, owner, made, outcomes }: Omit<Row, 'sealed'>): Uint8Array {
  return utf8(`${LABEL}/${toHex(name)}/${part}/${toHex(owner)}/${made}/${outcomes}`);
}
