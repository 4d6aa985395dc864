/**
 * Turns what a search parameter's FHIRPath finds into index values, by datatype (FHIR R4 search,
 * §token, §string, §date, §number, §quantity, §reference, §uri).
 */
import type { TypedValue } from '@medplum/core';
import { dateSpan, FIRST_TIME, LAST_TIME } from './fhir-date.ts';
import type { IndexValue, ParameterKind } from './search-parameter.ts';

type Element = Record<string, unknown>;

/** Values of one parameter that one resource may add to the index; more are a fault of the resource. */
export const VALUES_PER_PARAMETER_LIMIT = 2_000;

export function indexValues(code: string, kind: ParameterKind, found: readonly TypedValue[]): IndexValue[] {
  const values: IndexValue[] = [];
  for (const { type, value } of found) {
    if (value === undefined || value === null) continue;
    switch (kind) {
      case 'token':
        addTokens(values, code, type, value);
        break;
      case 'string':
        for (const text of strings(value)) values.push({ kind, code, text });
        break;
      case 'uri':
        if (typeof value === 'string') for (const text of withoutVersion(value)) values.push({ kind, code, text });
        break;
      case 'reference':
        addReferences(values, code, value);
        break;
      case 'date':
        addDates(values, code, value);
        break;
      case 'number':
      case 'quantity':
        addNumbers(values, code, type, value);
        break;
    }
  }
  return values;
}

function addTokens(values: IndexValue[], code: string, type: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    values.push({ kind: 'token', code, value: String(value) });
    return;
  }
  const element = value as Element;
  if (Array.isArray(element['coding'])) {
    for (const coding of element['coding'])
      addToken(values, code, (coding as Element)['system'], (coding as Element)['code']);
  } else if (
    type === 'Identifier' ||
    (element['code'] === undefined && element['value'] !== undefined && type !== 'ContactPoint')
  ) {
    addToken(values, code, element['system'], element['value']);
  } else if (type === 'ContactPoint') {
    addToken(values, code, undefined, element['value']);
  } else {
    addToken(values, code, element['system'], element['code']);
  }
}

function addToken(values: IndexValue[], code: string, system: unknown, value: unknown): void {
  if (typeof value !== 'string' && typeof system !== 'string') return;
  values.push({
    kind: 'token',
    code,
    ...(typeof system === 'string' ? { system } : {}),
    ...(typeof value === 'string' ? { value } : {}),
  });
}

/** The parts of HumanName and Address that §string names. */
const STRING_PARTS = 'text family given prefix suffix line city district state postalCode country'.split(' ');

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return STRING_PARTS.flatMap((part) => (value as Element)[part] ?? []).filter((part) => typeof part === 'string');
}

/** A canonical `url|version` is found by the url alone, too. */
function withoutVersion(url: string): string[] {
  const bar = url.indexOf('|');
  return bar > 0 ? [url, url.slice(0, bar)] : [url];
}

function addReferences(values: IndexValue[], code: string, value: unknown): void {
  if (typeof value === 'string') {
    for (const reference of withoutVersion(value)) values.push({ kind: 'reference', code, reference });
    return;
  }
  const { reference, identifier } = value as { reference?: unknown; identifier?: Element };
  if (typeof reference === 'string' && !reference.startsWith('#')) values.push({ kind: 'reference', code, reference });
  if (typeof identifier?.['value'] === 'string') {
    const { system, value: number } = identifier;
    values.push({ kind: 'reference', code, value: number, ...(typeof system === 'string' ? { system } : {}) });
  }
}

function addDates(values: IndexValue[], code: string, value: unknown): void {
  if (typeof value === 'string') {
    const span = dateSpan(value);
    if (span !== undefined) values.push({ kind: 'date', code, ...span });
    return;
  }
  const { start, end, event, repeat } = value as Element;
  if (typeof start === 'string' || typeof end === 'string') {
    const low = typeof start === 'string' ? dateSpan(start)?.low : FIRST_TIME;
    const high = typeof end === 'string' ? dateSpan(end)?.high : LAST_TIME;
    if (low !== undefined && high !== undefined) values.push({ kind: 'date', code, low, high });
  }
  if (Array.isArray(event)) for (const moment of event) addDates(values, code, moment);
  const bounds = (repeat as Element | undefined)?.['boundsPeriod'];
  if (bounds !== undefined) addDates(values, code, bounds);
}

function addNumbers(values: IndexValue[], code: string, type: string, value: unknown): void {
  if (typeof value === 'number') {
    values.push({ kind: 'number', code, low: value, high: value });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const element = value as Element;
  if (element['low'] !== undefined || element['high'] !== undefined) {
    addRange(values, code, element['low'] as Element | undefined, element['high'] as Element | undefined);
    return;
  }
  if (typeof element['value'] !== 'number') return;
  const units = type === 'Money' ? moneyUnits(element) : unitsOf(element);
  values.push({ kind: 'number', code, low: element['value'], high: element['value'], ...units });
}

function addRange(values: IndexValue[], code: string, low: Element | undefined, high: Element | undefined): void {
  const from = typeof low?.['value'] === 'number' ? low['value'] : -Number.MAX_VALUE;
  const to = typeof high?.['value'] === 'number' ? high['value'] : Number.MAX_VALUE;
  values.push({ kind: 'number', code, low: from, high: to, ...unitsOf(low ?? high ?? {}) });
}

function unitsOf({ system, code, unit }: Element): { system?: string; unitCode?: string; unit?: string } {
  return {
    ...(typeof system === 'string' ? { system } : {}),
    ...(typeof code === 'string' ? { unitCode: code } : {}),
    ...(typeof unit === 'string' ? { unit } : {}),
  };
}

function moneyUnits({ currency }: Element): { system?: string; unitCode?: string } {
  return typeof currency === 'string' ? { system: 'urn:iso:std:iso:4217', unitCode: currency } : {};
}
