/** Carries out a search for one caller: finds, sorts, pages, includes. */
import type { Definitions } from '../definitions/definitions.ts';
import type { IndexValue } from '../definitions/search-parameter.ts';
import { normalizeString } from '../index-rows.ts';
import { tooCostly } from '../refusal.ts';
import type { Versions } from '../versions.ts';
import type { OpenedVersion } from '../opened-version.ts';
import type { Place, SortValue } from './cursor.ts';
import { Includer } from './includer.ts';
import type { Condition } from './query.ts';
import type { SearchRequest, SortKey } from './request.ts';
import { SearchSql, type SqlPorts } from './sql.ts';
import type { Statements } from './statements.ts';

/** Hits that are opened to look into them or to sort them by what is hashed. */
const OPENED_HITS_LIMIT = 1_000;

/** Beyond all dates and numbers: rows without a value come last. */
const NO_VALUE = 9e15;

export interface SearcherPorts extends SqlPorts {
  readonly statements: Statements;
  readonly versions: Versions;
  readonly definitions: Definitions;
}

export interface Found {
  readonly matches: readonly OpenedVersion[];
  readonly included: readonly OpenedVersion[];
  readonly total: number | undefined;
  /** Where the next page begins; undefined on the last. */
  readonly next: Place | undefined;
}

interface Hit {
  readonly rid: number;
  readonly vid: number;
  readonly keys: readonly SortValue[];
}

/** A part of what criteria find. */
export interface FindOrder {
  readonly newestFirst?: boolean;
  readonly skip?: number;
}

export class Searcher {
  readonly #ports: SearcherPorts;

  constructor(ports: SearcherPorts) {
    this.#ports = ports;
  }

  /** Everything but opening hits happens in one turn, so a page is of one moment. */
  async search(request: SearchRequest, after: Place | undefined): Promise<Found> {
    if (!this.#ports.visibility.seesType(request.type)) return { matches: [], included: [], total: 0, next: undefined };
    if (request.summary === 'count' || request.count === 0) {
      const total = await this.#total(request);
      return { matches: [], included: [], total, next: undefined };
    }
    const opened = needsOpening(request);
    const { hits, total, more } = opened ? await this.#openedHits(request, after) : this.#indexedHits(request, after);
    const last = hits.at(-1);
    const matches = hits.map(({ vid }) => this.#ports.versions.open(vid));
    const included = request.includes.length === 0 ? [] : new Includer(this.#ports).include(request.includes, matches);
    const known = total ?? (after === undefined && !more ? hits.length : undefined);
    return {
      matches,
      included,
      total: known ?? (request.total ? await this.#total(request) : undefined),
      next: more && last !== undefined ? { keys: last.keys, rid: last.rid } : undefined,
    };
  }

  /** At most `limit` current resources, in order of creation; for conditions that the index alone decides. */
  find(
    type: string,
    conditions: readonly Condition[],
    limit: number,
    { newestFirst = false, skip = 0 }: FindOrder = {},
  ): OpenedVersion[] {
    if (conditions.some(isUndecided))
      throw tooCostly('Criteria must be decided by the index: no :contains, no text over 12 letters');
    if (!this.#ports.visibility.seesType(type)) return [];
    const { from, where, values } = new SearchSql(this.#ports).select(type, conditions);
    const rows = this.#ports.statements.all(
      `SELECT r.head AS vid FROM ${from} WHERE ${where} ORDER BY r.rid ${newestFirst ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
      [...values, limit, skip],
    );
    return rows.map((row) => this.#ports.versions.open(row['vid'] as number));
  }

  async #total(request: SearchRequest): Promise<number> {
    if (request.conditions.some(isUndecided)) return (await this.#openedHits(request, undefined)).total;
    const { from, where, values } = new SearchSql(this.#ports).select(request.type, request.conditions);
    return this.#ports.statements.all(`SELECT count(*) AS total FROM ${from} WHERE ${where}`, values)[0]?.[
      'total'
    ] as number;
  }

  #indexedHits(request: SearchRequest, after: Place | undefined): { hits: Hit[]; total: undefined; more: boolean } {
    const { from, where, values } = new SearchSql(this.#ports).select(request.type, request.conditions);
    const limit = request.count + 1;
    if (request.sort.length === 0) {
      const order = from.startsWith('resources') ? 'r.rid' : `${from.split(' ')[1]}.rid`;
      const rows = this.#ports.statements.all(
        `SELECT r.rid, r.head AS vid FROM ${from} WHERE ${where} AND ${order} > ? ORDER BY ${order} LIMIT ?`,
        [...values, after?.rid ?? 0, limit],
      );
      return page(
        rows.map((row) => ({ rid: row['rid'] as number, vid: row['vid'] as number, keys: [] })),
        request.count,
      );
    }
    const keys = request.sort.map((key) => this.#sortColumn(request.type, key));
    const columns = keys.map(({ sql }, index) => `${sql} AS k${index}`).join(', ');
    const order = [
      ...request.sort.map(({ descending }, index) => `k${index} ${descending ? 'DESC' : 'ASC'}`),
      'rid',
    ].join(', ');
    const place = after === undefined ? { sql: '1', values: [] } : afterPlace(request.sort, after);
    const rows = this.#ports.statements.all(
      `SELECT * FROM (SELECT r.rid, r.head AS vid, ${columns} FROM ${from} WHERE ${where}) WHERE ${place.sql} ORDER BY ${order} LIMIT ?`,
      [...keys.flatMap((key) => key.values), ...values, ...place.values, limit],
    );
    const hits = rows.map((row) => ({
      rid: row['rid'] as number,
      vid: row['vid'] as number,
      keys: request.sort.map((_, index) => row[`k${index}`] as number),
    }));
    return page(hits, request.count);
  }

  #sortColumn(type: string, { code, kind, descending }: SortKey): { sql: string; values: number[] } {
    if (kind === 'updated') return { sql: 'r.updated', values: [] };
    const table = kind === 'date' ? 'dates' : 'numbers';
    const column = descending ? 'max(x.high)' : 'min(x.low)';
    const missing = descending ? -NO_VALUE : NO_VALUE;
    return {
      sql: `coalesce((SELECT ${column} FROM ${table} x WHERE x.rid = r.rid AND x.parameter = ?), ${missing})`,
      values: [this.#ports.parameters.code(`${type}.${code}`)],
    };
  }

  /** Opens the hits of a bounded search, looks into them, sorts them here. */
  async #openedHits(
    request: SearchRequest,
    after: Place | undefined,
  ): Promise<{ hits: Hit[]; total: number; more: boolean }> {
    const { from, where, values } = new SearchSql(this.#ports).select(request.type, request.conditions);
    const rows = this.#ports.statements.all(
      `SELECT r.rid, r.head AS vid FROM ${from} WHERE ${where} ORDER BY r.rid LIMIT ${OPENED_HITS_LIMIT + 1}`,
      values,
    );
    if (rows.length > OPENED_HITS_LIMIT) {
      throw tooCostly(
        `This finds more than ${OPENED_HITS_LIMIT} resources that would have to be opened; add a condition`,
      );
    }
    const undecided = request.conditions.filter(isUndecided);
    const codes = [...undecided.map(({ code }) => code), ...request.sort.map(({ code }) => code)];
    const candidates = await Promise.all(
      rows.map(async (row) => {
        const version = this.#ports.versions.open(row['vid'] as number);
        const found = await this.#ports.definitions.extract(Buffer.from(version.content).toString('utf8'), codes);
        return { version, found };
      }),
    );
    const hits = candidates
      .filter(({ found }) => undecided.every((condition) => holds(condition, found)))
      .map(({ version, found }) => ({
        rid: version.rid,
        vid: version.vid,
        keys: request.sort.map((key) => sortValue(key, version, found)),
      }))
      .sort((left, right) => compareHits(request.sort, left, right));
    const rest = after === undefined ? hits : hits.filter((hit) => compareHits(request.sort, hit, after) > 0);
    return { ...page(rest, request.count), total: hits.length };
  }
}

function page(hits: Hit[], count: number): { hits: Hit[]; total: undefined; more: boolean } {
  return { hits: hits.slice(0, count), total: undefined, more: hits.length > count };
}

function needsOpening({ conditions, sort }: SearchRequest): boolean {
  return (
    conditions.some(isUndecided) || sort.some(({ kind }) => !['updated', 'date', 'number', 'quantity'].includes(kind))
  );
}

type StringCondition = Extract<Condition, { kind: 'string' }>;

/** Whether the index finds candidates only; inside a chain there is no way to look into them. */
function isUndecided(condition: Condition): condition is StringCondition {
  if (condition.kind === 'chain') return refuseInside(condition.targets.map((target) => target.condition));
  if (condition.kind === 'has') return refuseInside([condition.inner]);
  if (condition.kind !== 'string' || condition.match === 'exact') return false;
  return condition.match === 'contains' || condition.values.some((value) => [...normalizeString(value)].length > 12);
}

function refuseInside(inner: readonly Condition[]): false {
  if (inner.some(isUndecided))
    throw tooCostly('Inside a chain a text is at most 12 letters, and :contains is not done');
  return false;
}

function holds({ code, match, values }: StringCondition, found: readonly IndexValue[]): boolean {
  const texts = found.flatMap((value) =>
    value.kind === 'string' && value.code === code ? [normalizeString(value.text)] : [],
  );
  return values.some((value) => {
    const asked = normalizeString(value);
    return texts.some((text) => (match === 'contains' ? text.includes(asked) : text.startsWith(asked)));
  });
}

function sortValue(
  { code, kind, descending }: SortKey,
  version: OpenedVersion,
  found: readonly IndexValue[],
): SortValue {
  if (kind === 'updated') return version.updated;
  if (kind === 'id') return version.id;
  const values = found.filter((value) => value.code === code).map((value) => plainValue(value, descending));
  const sorted = values.sort((left, right) => (left < right ? -1 : 1));
  return (descending ? sorted.at(-1) : sorted[0]) ?? null;
}

function plainValue(value: IndexValue, descending: boolean): string | number {
  switch (value.kind) {
    case 'date':
    case 'number':
      return descending ? value.high : value.low;
    case 'string':
      return normalizeString(value.text);
    case 'uri':
      return value.text;
    case 'token':
      return value.value ?? '';
    case 'reference':
      return value.reference ?? value.value ?? '';
  }
}

/** Rows without a value come last in either direction; equals in order of creation. */
function compareHits(sort: readonly SortKey[], left: Place, right: Place): number {
  for (const [index, { descending }] of sort.entries()) {
    const first = left.keys[index] ?? null;
    const second = right.keys[index] ?? null;
    if (first === second) continue;
    if (first === null) return 1;
    if (second === null) return -1;
    return first < second === descending ? 1 : -1;
  }
  return left.rid - right.rid;
}

/** Rows behind a place in the order of the sort keys, then of creation. */
function afterPlace(sort: readonly SortKey[], { keys, rid }: Place): { sql: string; values: (number | string)[] } {
  const alternatives: string[] = [];
  const values: (number | string)[] = [];
  for (let level = 0; level <= sort.length; level++) {
    const equal = sort.slice(0, level).map((_, index) => `k${index} = ?`);
    const key = sort[level];
    const beyond = key === undefined ? 'rid > ?' : `k${level} ${key.descending ? '<' : '>'} ?`;
    alternatives.push(`(${[...equal, beyond].join(' AND ')})`);
    values.push(...keys.slice(0, level).map((value) => value ?? 0), level === sort.length ? rid : (keys[level] ?? 0));
  }
  return { sql: `(${alternatives.join(' OR ')})`, values };
}
