/** The index rows of one resource: made from its values, written, taken away, read back for checking. */
import { parseLocalReference, parseReferenceAnywhere } from '@clearchart/records';
import type { DatabaseSync } from 'node:sqlite';
import type { IndexValue } from './definitions/search-parameter.ts';
import { first64, type IndexHash } from './index-hash.ts';
import { type Dictionary, SUBJECT } from './tables.ts';

export interface IndexRows {
  /** Sorted, without repetition. */
  readonly hashes: readonly bigint[];
  readonly links: readonly { readonly parameter: number; readonly target: bigint }[];
  readonly dates: readonly { readonly parameter: number; readonly low: number; readonly high: number }[];
  readonly numbers: readonly NumberRow[];
}

interface NumberRow {
  readonly parameter: number;
  readonly low: number;
  readonly high: number;
  readonly systemCode: bigint;
  readonly unitCode: bigint;
  readonly unit: bigint;
}

/** Letters of a string's longest indexed prefix. */
export const PREFIX_LETTERS = 12;

/** Who takes part in a visit is found by the own id under every address of this server: nobody is given away twice (S4). */
const FOUND_ANYWHERE: ReadonlySet<string> = new Set(['Appointment.actor', 'PractitionerRole.practitioner']);

/** Case, accents and runs of space do not count (FHIR R4 search §string). */
export function normalizeString(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Mail addresses and telephone numbers are the same in any case and grouping; other tokens are as they stand. */
export function normalizeToken(code: string, value: string): string {
  if (code === 'email') return value.toLowerCase();
  if (code !== 'phone' && code !== 'telecom') return value;
  return value.includes('@') ? value.toLowerCase() : value.replace(/[\s().-]/g, '');
}

export class IndexRowMaker {
  readonly #hash: IndexHash;
  readonly #parameters: Dictionary;

  constructor(hash: IndexHash, parameters: Dictionary) {
    this.#hash = hash;
    this.#parameters = parameters;
  }

  rows(type: string, values: readonly IndexValue[], subjects: readonly bigint[]): IndexRows {
    const hashes = new Set<bigint>();
    const links = new Map<string, { parameter: number; target: bigint }>();
    const dates = new Map<string, { parameter: number; low: number; high: number }>();
    const numbers = new Map<string, NumberRow>();
    const link = (parameter: number, target: bigint): void => {
      links.set(`${parameter}/${target}`, { parameter, target });
    };
    for (const target of subjects) link(SUBJECT, target);
    for (const value of values) {
      const name = `${type}.${value.code}`;
      if (value.kind === 'date') {
        const row = { parameter: this.#parameters.code(name), low: value.low, high: value.high };
        dates.set(`${row.parameter}/${row.low}/${row.high}`, row);
      } else if (value.kind === 'number') {
        const row = this.#numberRow(name, value);
        numbers.set(Object.values(row).join('/'), row);
      } else if (value.kind === 'reference' && value.reference !== undefined) {
        const parameter = this.#parameters.code(name);
        link(parameter, this.target(value.reference));
        const named = FOUND_ANYWHERE.has(name) ? parseReferenceAnywhere(value.reference) : undefined;
        if (named !== undefined) link(parameter, this.#hash.reference(named.type, named.id));
      } else {
        this.#addHashes(hashes, name, value);
      }
    }
    return {
      hashes: [...hashes].sort((left, right) => (left < right ? -1 : 1)),
      links: [...links.values()],
      dates: [...dates.values()],
      numbers: [...numbers.values()],
    };
  }

  /** What a reference's text is linked as; a reference to one version leads to the resource. */
  target(reference: string): bigint {
    const local = parseLocalReference(reference);
    return local === undefined ? this.#hash.foreignReference(reference) : this.#hash.reference(local.type, local.id);
  }

  #addHashes(hashes: Set<bigint>, name: string, value: Exclude<IndexValue, { kind: 'date' | 'number' }>): void {
    hashes.add(this.#hash.value(name, 'present', ''));
    if (value.kind === 'string') {
      const letters = [...normalizeString(value.text)];
      for (let count = 1; count <= Math.min(PREFIX_LETTERS, letters.length); count++) {
        hashes.add(this.#hash.value(name, 'prefix', letters.slice(0, count).join('')));
      }
      hashes.add(this.#hash.value(name, 'exact', value.text));
    } else if (value.kind === 'uri') {
      hashes.add(this.#hash.value(name, 'value', value.text));
    } else {
      const { system } = value;
      const text = value.value === undefined ? undefined : normalizeToken(value.code, value.value);
      if (system !== undefined) hashes.add(this.#hash.value(name, 'system', system));
      if (text === undefined) return;
      hashes.add(this.#hash.value(name, 'value', text));
      if (system === undefined) hashes.add(this.#hash.value(name, 'no-system-value', text));
      else hashes.add(this.#hash.value(name, 'system-value', system, text));
    }
  }

  #numberRow(name: string, value: Extract<IndexValue, { kind: 'number' }>): NumberRow {
    const { system, unitCode, unit } = value;
    return {
      parameter: this.#parameters.code(name),
      low: value.low,
      high: value.high,
      systemCode: unitCode === undefined ? 0n : this.#hash.value(name, 'system-value', system ?? '', unitCode),
      unitCode: unitCode === undefined ? 0n : this.#hash.value(name, 'unit-code', unitCode),
      unit: unit === undefined ? 0n : this.#hash.value(name, 'unit', unit),
    };
  }
}

export function encodeHashes(hashes: readonly bigint[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(hashes.length * 8);
  hashes.forEach((hash, index) => bytes.writeBigInt64BE(hash, index * 8));
  return bytes;
}

export function decodeHashes(bytes: Uint8Array): bigint[] {
  return Array.from({ length: bytes.length / 8 }, (_, index) => first64(bytes.subarray(index * 8, index * 8 + 8)));
}

export class IndexTables {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepare(database);
  }

  readonly #statements: ReturnType<typeof prepare>;

  insert(rid: number, rows: IndexRows): void {
    const { match, link, date, number } = this.#statements;
    for (const hash of rows.hashes) match.run(hash, rid);
    for (const { parameter, target } of rows.links) link.run(parameter, target, rid);
    for (const { parameter, low, high } of rows.dates) date.run(rid, parameter, low, high);
    for (const { parameter, low, high, systemCode, unitCode, unit } of rows.numbers) {
      number.run(rid, parameter, low, high, systemCode, unitCode, unit);
    }
  }

  /** `hashes` as they stand in the resource's row; links to patients stay when `keepSubjects`. */
  remove(rid: number, hashes: Uint8Array, keepSubjects: boolean): void {
    const { unmatch, unlink, undate, unnumber } = this.#statements;
    for (const hash of decodeHashes(hashes)) unmatch.run(hash, rid);
    unlink.run(rid, keepSubjects ? SUBJECT : -1);
    undate.run(rid);
    unnumber.run(rid);
  }

  /** Rows as they stand, in one text per row, for comparison. */
  describe(rid: number): Set<string> {
    const read = (sql: string): unknown[][] => {
      const statement = this.#database.prepare(sql);
      statement.setReadBigInts(true);
      return statement.all(rid).map((row) => Object.values(row));
    };
    return new Set([
      ...read('SELECT parameter, target FROM links WHERE rid = ?').map((row) => `link/${row.join('/')}`),
      ...read('SELECT parameter, low, high FROM dates WHERE rid = ?').map((row) => `date/${row.join('/')}`),
      ...read('SELECT parameter, low, high, system_code, unit_code, unit FROM numbers WHERE rid = ?').map(
        (row) => `number/${row.join('/')}`,
      ),
    ]);
  }
}

/** The same texts for rows as they should be. */
export function describeRows(rows: IndexRows): Set<string> {
  return new Set([
    ...rows.links.map(({ parameter, target }) => `link/${parameter}/${target}`),
    ...rows.dates.map(({ parameter, low, high }) => `date/${parameter}/${low}/${high}`),
    ...rows.numbers.map((row) => `number/${Object.values(row).join('/')}`),
  ]);
}

function prepare(database: DatabaseSync) {
  return {
    match: database.prepare('INSERT INTO matches (hash, rid) VALUES (?, ?)'),
    unmatch: database.prepare('DELETE FROM matches WHERE hash = ? AND rid = ?'),
    link: database.prepare('INSERT INTO links (parameter, target, rid) VALUES (?, ?, ?)'),
    unlink: database.prepare('DELETE FROM links WHERE rid = ? AND parameter <> ?'),
    date: database.prepare('INSERT INTO dates (rid, parameter, low, high) VALUES (?, ?, ?, ?)'),
    undate: database.prepare('DELETE FROM dates WHERE rid = ?'),
    number: database.prepare(
      'INSERT INTO numbers (rid, parameter, low, high, system_code, unit_code, unit) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    unnumber: database.prepare('DELETE FROM numbers WHERE rid = ?'),
  };
}
