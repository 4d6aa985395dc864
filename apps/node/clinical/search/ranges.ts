/** Ranges of time and number against the range that was asked for (FHIR R4 search §prefix). */
import type { IndexHash } from '../index-hash.ts';
import { unsupportedSearch } from '../refusal.ts';
import type { DateValue, NumberValue } from './query.ts';
import type { SqlValue } from './sql-value.ts';

interface Fragment {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** `low` and `high` are columns; the values' ends are inclusive. */
export function dateCondition(asked: DateValue, low: string, high: string, now: number): Fragment {
  const inside = { sql: `(${low} >= ? AND ${high} <= ?)`, values: [asked.low, asked.high] };
  switch (asked.prefix) {
    case 'eq':
      return inside;
    case 'ne':
      return { sql: `NOT ${inside.sql}`, values: inside.values };
    case 'gt':
      return { sql: `${high} > ?`, values: [asked.high] };
    case 'lt':
      return { sql: `${low} < ?`, values: [asked.low] };
    case 'ge':
      return { sql: `(${high} > ? OR ${inside.sql})`, values: [asked.high, ...inside.values] };
    case 'le':
      return { sql: `(${low} < ? OR ${inside.sql})`, values: [asked.low, ...inside.values] };
    case 'sa':
      return { sql: `${low} > ?`, values: [asked.high] };
    case 'eb':
      return { sql: `${high} < ?`, values: [asked.low] };
    case 'ap': {
      const margin = Math.round(Math.abs(now - asked.low) / 10);
      return { sql: `(${low} <= ? AND ${high} >= ?)`, values: [asked.high + margin, asked.low - margin] };
    }
  }
}

/** On the row `x` of `numbers`. */
export function numberCondition(asked: NumberValue, parameter: string, hash: IndexHash): Fragment {
  const range = rangeCondition(asked);
  if (asked.unit === undefined) {
    if (asked.system !== undefined) throw unsupportedSearch('A quantity with a system needs a code');
    return range;
  }
  if (asked.system !== undefined) {
    const key = hash.value(parameter, 'system-value', asked.system, asked.unit);
    return { sql: `(${range.sql} AND x.system_code = ?)`, values: [...range.values, key] };
  }
  const keys = [hash.value(parameter, 'unit-code', asked.unit), hash.value(parameter, 'unit', asked.unit)];
  return { sql: `(${range.sql} AND (x.unit_code = ? OR x.unit = ?))`, values: [...range.values, ...keys] };
}

function rangeCondition({ prefix, low, high, exact }: NumberValue): Fragment {
  switch (prefix) {
    case 'eq':
      return { sql: '(x.low >= ? AND x.high < ?)', values: [low, high] };
    case 'ne':
      return { sql: 'NOT (x.low >= ? AND x.high < ?)', values: [low, high] };
    case 'gt':
      return { sql: 'x.high > ?', values: [exact] };
    case 'lt':
      return { sql: 'x.low < ?', values: [exact] };
    case 'ge':
      return { sql: 'x.high >= ?', values: [exact] };
    case 'le':
      return { sql: 'x.low <= ?', values: [exact] };
    case 'sa':
      return { sql: 'x.low > ?', values: [exact] };
    case 'eb':
      return { sql: 'x.high < ?', values: [exact] };
    case 'ap':
      return { sql: '(x.low <= ? AND x.high >= ?)', values: [high, low] };
  }
}
