/**
 * A search as SQL. The caller's scope stands in the WHERE clause of every table of resources that is
 * looked at — matches, links of a chain, `_has` — so what is out of sight is not counted, sorted or followed.
 */
import type { IndexHash } from '../index-hash.ts';
import { type IndexRowMaker, normalizeString, normalizeToken, PREFIX_LETTERS } from '../index-rows.ts';
import { unsupportedSearch } from '../refusal.ts';
import { type Dictionary, SUBJECT } from '../tables.ts';
import type { Visibility } from '../visibility.ts';
import { dateCondition, numberCondition } from './ranges.ts';
import type { SqlValue } from './sql-value.ts';
import type { Condition, TokenValue } from './query.ts';

export interface Selection {
  readonly from: string;
  readonly where: string;
  readonly values: readonly SqlValue[];
}

export interface SqlPorts {
  readonly hash: IndexHash;
  readonly rows: IndexRowMaker;
  readonly parameters: Dictionary;
  readonly types: Dictionary;
  readonly visibility: Visibility;
  /** Milliseconds since the epoch, for `ap` on dates. */
  readonly now: number;
}

interface Fragment {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export class SearchSql {
  readonly #ports: SqlPorts;
  #aliases = 0;

  constructor(ports: SqlPorts) {
    this.#ports = ports;
  }

  /** Current, undeleted, visible resources of a type that meet all conditions, as the table `alias`. */
  select(type: string, conditions: readonly Condition[], alias = 'r'): Selection {
    const { types, visibility } = this.#ports;
    const driving = conditions
      .map((condition) => ({ condition, driver: this.#driver(condition) }))
      .find(({ driver }) => driver !== undefined);
    const driver = driving?.driver ?? this.#subjectDriver(visibility.onlySubject(type));
    const rest = conditions.filter((condition) => condition !== driving?.condition);
    const seen = visibility.condition(type, alias);
    const parts: Fragment[] = [
      ...(driver === undefined ? [] : [{ sql: driver.where, values: driver.values }]),
      { sql: `${alias}.type = ? AND ${alias}.deleted = 0`, values: [types.code(type)] },
      ...rest.map((condition) => this.#condition(condition, type, alias, driver === undefined)),
      ...(seen.sql === '1' ? [] : [seen]),
    ];
    return {
      from:
        driver === undefined
          ? `resources ${alias}`
          : `${driver.table} CROSS JOIN resources ${alias} ON ${alias}.rid = ${driver.alias}.rid`,
      where: parts.map(({ sql }) => sql).join(' AND '),
      values: parts.flatMap(({ values }) => values),
    };
  }

  /** An equality that finds its rows by one key, in order of rid. */
  #driver(
    condition: Condition,
  ): { table: string; alias: string; where: string; values: readonly SqlValue[] } | undefined {
    const { hash, parameters, rows } = this.#ports;
    const alias = `d${this.#aliases++}`;
    if (condition.kind === 'reference' && condition.references.length === 1) {
      const target = rows.target(condition.references[0] ?? '');
      return {
        table: `links ${alias}`,
        alias,
        where: `${alias}.parameter = ? AND ${alias}.target = ?`,
        values: [parameters.code(`${condition.type}.${condition.code}`), target],
      };
    }
    const key = singleHash(condition, hash);
    if (key === undefined) return undefined;
    return { table: `matches ${alias}`, alias, where: `${alias}.hash = ?`, values: [key] };
  }

  #subjectDriver(
    subject: bigint | undefined,
  ): { table: string; alias: string; where: string; values: readonly SqlValue[] } | undefined {
    if (subject === undefined) return undefined;
    const alias = `d${this.#aliases++}`;
    return {
      table: `links ${alias}`,
      alias,
      where: `${alias}.parameter = ${SUBJECT} AND ${alias}.target = ?`,
      values: [subject],
    };
  }

  #condition(condition: Condition, type: string, alias: string, wide: boolean): Fragment {
    const { parameters, rows } = this.#ports;
    switch (condition.kind) {
      case 'id':
        return inList(
          `${alias}.record`,
          condition.ids.map((id) => this.#ports.hash.record(type, id).bytes),
        );
      case 'updated':
        return anyOf(
          condition.values.map((value) =>
            dateCondition(value, `${alias}.updated`, `${alias}.updated`, this.#ports.now),
          ),
        );
      case 'missing':
        return this.#missing(condition, alias);
      case 'token':
      case 'identifier': {
        const hashes = condition.values.map((value) => tokenHash(condition, value, this.#ports.hash));
        const found = this.#matching(hashes, alias);
        return condition.kind === 'token' && condition.not ? { sql: `NOT ${found.sql}`, values: found.values } : found;
      }
      case 'string':
        return this.#matching(
          condition.values.map((value) => stringHash(condition, value, this.#ports.hash)),
          alias,
        );
      case 'uri':
        return this.#matching(
          condition.values.map((value) =>
            this.#ports.hash.value(`${condition.type}.${condition.code}`, 'value', value),
          ),
          alias,
        );
      case 'reference': {
        const targets = condition.references.map((reference) => rows.target(reference));
        if (targets.length === 0) return { sql: '0', values: [] };
        const list = inList('l.target', targets);
        return {
          sql: `EXISTS (SELECT 1 FROM links l WHERE l.rid = ${alias}.rid AND l.parameter = ? AND ${list.sql})`,
          values: [parameters.code(`${condition.type}.${condition.code}`), ...list.values],
        };
      }
      case 'date':
        return this.#ranged(
          'dates',
          condition.type,
          condition.code,
          alias,
          wide,
          anyOf(condition.values.map((value) => dateCondition(value, 'x.low', 'x.high', this.#ports.now))),
        );
      case 'number':
        return this.#ranged(
          'numbers',
          condition.type,
          condition.code,
          alias,
          wide,
          anyOf(
            condition.values.map((value) =>
              numberCondition(value, `${condition.type}.${condition.code}`, this.#ports.hash),
            ),
          ),
        );
      case 'chain':
        return anyOf(
          condition.targets.map(({ type: target, condition: inner }) => this.#chained(condition, target, inner, alias)),
        );
      case 'has': {
        const source = `t${this.#aliases++}`;
        const { from, where, values } = this.select(condition.source, [condition.inner], source);
        const link = `l${this.#aliases++}`;
        return {
          sql: `${alias}.ref IN (SELECT ${link}.target FROM ${from} CROSS JOIN links ${link} ON ${link}.rid = ${source}.rid AND ${link}.parameter = ? WHERE ${where})`,
          values: [parameters.code(`${condition.source}.${condition.code}`), ...values],
        };
      }
    }
  }

  #chained(condition: Extract<Condition, { kind: 'chain' }>, type: string, inner: Condition, alias: string): Fragment {
    const target = `t${this.#aliases++}`;
    const link = `l${this.#aliases++}`;
    const { from, where, values } = this.select(type, [inner], target);
    return {
      sql: `${alias}.rid IN (SELECT ${link}.rid FROM ${from} CROSS JOIN links ${link} ON ${link}.parameter = ? AND ${link}.target = ${target}.ref WHERE ${where})`,
      values: [this.#ports.parameters.code(`${condition.type}.${condition.code}`), ...values],
    };
  }

  /** A wide search starts from the range, a narrow one looks it up for each row. */
  #ranged(
    table: 'dates' | 'numbers',
    type: string,
    code: string,
    alias: string,
    wide: boolean,
    range: Fragment,
  ): Fragment {
    const parameter = this.#ports.parameters.code(`${type}.${code}`);
    const sql = wide
      ? `${alias}.rid IN (SELECT x.rid FROM ${table} x WHERE x.parameter = ? AND ${range.sql})`
      : `EXISTS (SELECT 1 FROM ${table} x WHERE x.rid = ${alias}.rid AND x.parameter = ? AND ${range.sql})`;
    return { sql, values: [parameter, ...range.values] };
  }

  #matching(hashes: readonly bigint[], alias: string): Fragment {
    const list = inList('m.hash', hashes);
    return { sql: `EXISTS (SELECT 1 FROM matches m WHERE m.rid = ${alias}.rid AND ${list.sql})`, values: list.values };
  }

  #missing({ type, parameter, missing }: Extract<Condition, { kind: 'missing' }>, alias: string): Fragment {
    const name = `${type}.${parameter.code}`;
    const code = this.#ports.parameters.code(name);
    const hashed = {
      sql: `EXISTS (SELECT 1 FROM matches m WHERE m.rid = ${alias}.rid AND m.hash = ?)`,
      values: [this.#ports.hash.value(name, 'present', '')],
    };
    const table = { reference: 'links', date: 'dates', number: 'numbers', quantity: 'numbers' }[
      parameter.kind as string
    ];
    const rowed = {
      sql: `EXISTS (SELECT 1 FROM ${table} x WHERE x.rid = ${alias}.rid AND x.parameter = ?)`,
      values: [code],
    };
    const present = table === undefined ? hashed : table === 'links' ? anyOf([rowed, hashed]) : rowed;
    return missing ? { sql: `NOT ${present.sql}`, values: present.values } : present;
  }
}

function singleHash(condition: Condition, hash: IndexHash): bigint | undefined {
  const { kind } = condition;
  if (kind === 'token' || kind === 'identifier') {
    const [value] = condition.values;
    const plain = condition.values.length === 1 && (kind === 'identifier' || !condition.not);
    return plain && value !== undefined ? tokenHash(condition, value, hash) : undefined;
  }
  if (kind !== 'string' && kind !== 'uri') return undefined;
  const [value] = condition.values;
  if (condition.values.length !== 1 || value === undefined) return undefined;
  if (kind === 'uri') return hash.value(`${condition.type}.${condition.code}`, 'value', value);
  return condition.match === 'contains' ? undefined : stringHash(condition, value, hash);
}

function tokenHash(
  { type, code }: { type: string; code: string },
  { system, value }: TokenValue,
  hash: IndexHash,
): bigint {
  const name = `${type}.${code}`;
  if (value === undefined) return hash.value(name, 'system', system ?? '');
  const text = normalizeToken(code, value);
  if (system === undefined) return hash.value(name, 'value', text);
  return system === '' ? hash.value(name, 'no-system-value', text) : hash.value(name, 'system-value', system, text);
}

/** A contained text is looked for among the opened hits; here every value of the parameter is a candidate. */
function stringHash(
  { type, code, match }: Extract<Condition, { kind: 'string' }>,
  value: string,
  hash: IndexHash,
): bigint {
  const name = `${type}.${code}`;
  if (match === 'contains') return hash.value(name, 'present', '');
  if (match === 'exact') return hash.value(name, 'exact', value);
  const letters = [...normalizeString(value)].slice(0, PREFIX_LETTERS).join('');
  if (letters === '') throw unsupportedSearch('A string of nothing but accents or spaces cannot be searched');
  return hash.value(name, 'prefix', letters);
}

function anyOf(parts: readonly Fragment[]): Fragment {
  return { sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`, values: parts.flatMap(({ values }) => values) };
}

function inList(column: string, values: readonly SqlValue[]): Fragment {
  return { sql: `${column} IN (${values.map(() => '?').join(',')})`, values };
}
