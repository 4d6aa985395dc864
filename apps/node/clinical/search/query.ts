/**
 * A FHIR R4 search as it was asked: parsed, every parameter known, every modifier one we do. What is not
 * understood is refused, never left out, because a filter left out shows more than was asked for.
 */
import type { DefinitionTable, ParameterKind, SearchParameter } from '../definitions/search-parameter.ts';
import { dateSpan, type Span } from '../definitions/fhir-date.ts';
import { badSearch, tooCostly, unsupportedSearch } from '../refusal.ts';
import { parseNumber, type Prefix, type NumberRange, splitPrefix } from './values.ts';

export type Condition =
  | { readonly kind: 'id'; readonly ids: readonly string[] }
  | { readonly kind: 'updated'; readonly values: readonly DateValue[] }
  | { readonly kind: 'missing'; readonly type: string; readonly parameter: SearchParameter; readonly missing: boolean }
  | {
      readonly kind: 'token';
      readonly type: string;
      readonly code: string;
      readonly values: readonly TokenValue[];
      readonly not: boolean;
    }
  | {
      readonly kind: 'identifier';
      readonly type: string;
      readonly code: string;
      readonly values: readonly TokenValue[];
    }
  | {
      readonly kind: 'string';
      readonly type: string;
      readonly code: string;
      readonly match: StringMatch;
      readonly values: readonly string[];
    }
  | { readonly kind: 'uri'; readonly type: string; readonly code: string; readonly values: readonly string[] }
  | { readonly kind: 'date'; readonly type: string; readonly code: string; readonly values: readonly DateValue[] }
  | { readonly kind: 'number'; readonly type: string; readonly code: string; readonly values: readonly NumberValue[] }
  | { readonly kind: 'reference'; readonly type: string; readonly code: string; readonly references: readonly string[] }
  | { readonly kind: 'chain'; readonly type: string; readonly code: string; readonly targets: readonly Chained[] }
  | { readonly kind: 'has'; readonly source: string; readonly code: string; readonly inner: Condition };

export type StringMatch = 'prefix' | 'exact' | 'contains';

export interface TokenValue {
  /** Undefined: any; empty: none. */
  readonly system: string | undefined;
  /** Undefined: any code of the system. */
  readonly value: string | undefined;
}

export interface DateValue extends Span {
  readonly prefix: Prefix;
}

export interface NumberValue extends NumberRange {
  readonly prefix: Prefix;
  readonly system: string | undefined;
  readonly unit: string | undefined;
}

interface Chained {
  readonly type: string;
  readonly condition: Condition;
}

/** Links in a chain; each is a join over the whole store. */
const CHAIN_LIMIT = 3;
/** Alternatives after commas. */
const VALUES_LIMIT = 200;

export interface QueryPorts {
  /** What the caller may not search by is a parameter that there is not. */
  readonly maySearch: (type: string, code: string) => boolean;
  /** FHIR ids of the patients whose records are searched with this one's. */
  readonly sameAs: (patientId: string) => readonly string[];
}

export class QueryParser {
  readonly #table: DefinitionTable;
  readonly #baseUrl: string;
  readonly #maySearch: QueryPorts['maySearch'];
  readonly #sameAs: QueryPorts['sameAs'];

  /** @param baseUrl Address of this server's FHIR root, without a slash at its end. */
  constructor(table: DefinitionTable, baseUrl: string, { maySearch, sameAs }: QueryPorts) {
    this.#table = table;
    this.#baseUrl = baseUrl;
    this.#maySearch = maySearch;
    this.#sameAs = sameAs;
  }

  parse(type: string, name: string, text: string, depth = 0): Condition {
    if (depth > CHAIN_LIMIT) throw tooCostly(`A chain of more than ${CHAIN_LIMIT} links`);
    if (text === '') throw badSearch(`The parameter ${shown(name)} has no value`);
    if (name.startsWith('_has:')) return this.#parseHas(type, name, text, depth);
    const dot = name.indexOf('.');
    if (dot > 0) return this.#parseChain(type, name.slice(0, dot), name.slice(dot + 1), text, depth);
    const [code = '', modifier, ...more] = name.split(':');
    if (more.length > 0) throw badSearch(`The parameter ${shown(name)} has more than one modifier`);
    const values = splitValues(text);
    if (values.length > VALUES_LIMIT) throw tooCostly(`More than ${VALUES_LIMIT} alternatives`);
    if (code === '_id') return { kind: 'id', ids: plain(modifier, name, values).map(unescape) };
    if (code === '_lastUpdated') return { kind: 'updated', values: plain(modifier, name, values).map(parseDate) };
    const parameter = this.parameter(type, code);
    if (modifier === 'missing') return { kind: 'missing', type, parameter, missing: parseBoolean(text) };
    return this.#parseValues(type, parameter, modifier, values, name);
  }

  parameter(type: string, code: string): SearchParameter {
    const found = this.#table.parameters.get(type)?.get(code);
    if (found === undefined || !this.#maySearch(type, code))
      throw badSearch(`${type} has no search parameter ${shown(code)}`, 'unknown-parameter');
    return found;
  }

  checkType(type: string): void {
    if (!this.#table.types.has(type)) throw badSearch(`There is no resource type ${shown(type)}`);
  }

  #parseValues(
    type: string,
    parameter: SearchParameter,
    modifier: string | undefined,
    values: readonly string[],
    name: string,
  ): Condition {
    const { code, kind } = parameter;
    switch (kind) {
      case 'token':
        if (modifier !== undefined && modifier !== 'not') throw unknownModifier(name, kind);
        return { kind, type, code, values: values.map(parseToken), not: modifier === 'not' };
      case 'string':
        if (modifier !== undefined && modifier !== 'exact' && modifier !== 'contains')
          throw unknownModifier(name, kind);
        return { kind, type, code, match: modifier ?? 'prefix', values: values.map(unescape) };
      case 'uri':
        return { kind, type, code, values: plain(modifier, name, values).map(unescape) };
      case 'date':
        return { kind, type, code, values: plain(modifier, name, values).map(parseDate) };
      case 'number':
      case 'quantity':
        return {
          kind: 'number',
          type,
          code,
          values: plain(modifier, name, values).map((text) => parseNumberValue(text, kind)),
        };
      case 'reference':
        if (modifier === 'identifier') return { kind: 'identifier', type, code, values: values.map(parseToken) };
        return {
          kind,
          type,
          code,
          references: values
            .flatMap((text) => this.#references(parameter, modifier, unescape(text)))
            .flatMap((reference) => this.#withJoined(parameter, reference)),
        };
    }
  }

  /** `id`, `Type/id`, an address on this server, or an address elsewhere. */
  #references(parameter: SearchParameter, modifier: string | undefined, text: string): string[] {
    if (modifier !== undefined && !this.#table.types.has(modifier))
      throw unknownModifier(`${parameter.code}:${modifier}`, 'reference');
    const local = text.startsWith(`${this.#baseUrl}/`) ? text.slice(this.#baseUrl.length + 1) : text;
    const typed = /^([A-Z][A-Za-z]*)\/([A-Za-z0-9\-.]{1,64})$/.exec(local);
    if (typed !== null) {
      if (!this.#table.types.has(typed[1] ?? '')) throw badSearch(`There is no resource type ${shown(typed[1] ?? '')}`);
      return modifier === undefined || modifier === typed[1] ? [local] : [];
    }
    if (/^[A-Za-z0-9\-.]{1,64}$/.test(local)) {
      const types = modifier === undefined ? this.#targets(parameter) : [modifier];
      return types.map((type) => `${type}/${local}`);
    }
    if (!/^[a-z][a-z0-9+.-]*:/i.test(local)) throw badSearch(`The parameter ${parameter.code} needs a reference`);
    return [local];
  }

  /** `Patient.link` itself is what it says. */
  #withJoined({ code }: SearchParameter, reference: string): string[] {
    if (code === 'link' || !reference.startsWith('Patient/')) return [reference];
    return [reference, ...this.#sameAs(reference.slice('Patient/'.length)).map((id) => `Patient/${id}`)];
  }

  #targets({ targets }: SearchParameter): readonly string[] {
    return targets.length > 0 ? targets : [...this.#table.types];
  }

  #parseChain(type: string, head: string, rest: string, text: string, depth: number): Condition {
    const [code = '', targetType, ...more] = head.split(':');
    if (more.length > 0) throw badSearch(`The chain ${shown(head)} cannot be read`);
    const parameter = this.parameter(type, code);
    if (parameter.kind !== 'reference') throw badSearch(`${type}.${code} is not a reference and cannot be chained`);
    if (targetType !== undefined && !this.#table.types.has(targetType))
      throw badSearch(`There is no resource type ${shown(targetType)}`);
    const first = rest.split(/[.:]/)[0] ?? '';
    const candidates = targetType === undefined ? this.#targets(parameter) : [targetType];
    const types = candidates.filter((candidate) => this.#knows(candidate, first));
    if (types.length === 0)
      throw badSearch(`No target of ${type}.${code} has a search parameter ${shown(first)}`, 'unknown-parameter');
    const targets = types.map((target) => ({ type: target, condition: this.parse(target, rest, text, depth + 1) }));
    return { kind: 'chain', type, code, targets };
  }

  #knows(type: string, code: string): boolean {
    return (
      code === '_id' ||
      code === '_lastUpdated' ||
      code === '_has' ||
      (this.#table.parameters.get(type)?.has(code) === true && this.#maySearch(type, code))
    );
  }

  #parseHas(type: string, name: string, text: string, depth: number): Condition {
    const [, source = '', code = '', ...rest] = name.split(':');
    if (!this.#table.types.has(source)) throw badSearch(`There is no resource type ${shown(source)}`);
    const parameter = this.parameter(source, code);
    if (parameter.kind !== 'reference') throw badSearch(`${source}.${code} is not a reference`);
    if (parameter.targets.length > 0 && !parameter.targets.includes(type))
      throw badSearch(`${source}.${code} never names a ${type}`);
    if (rest.length === 0) throw badSearch(`The parameter ${shown(name)} is not complete`);
    return { kind: 'has', source, code, inner: this.parse(source, rest.join(':'), text, depth + 1) };
  }
}

function plain(modifier: string | undefined, name: string, values: readonly string[]): readonly string[] {
  if (modifier !== undefined) throw unsupportedSearch(`The modifier of ${shown(name)} is not supported`);
  return values;
}

function unknownModifier(name: string, kind: ParameterKind) {
  return unsupportedSearch(`The modifier of ${shown(name)} is not supported for a ${kind}`);
}

/** Names of parameters go into answers; a long or strange one does not. */
export function shown(name: string): string {
  return /^[A-Za-z0-9_:.-]{1,80}$/.test(name) ? `"${name}"` : 'that was given';
}

/** Splits at commas that are not escaped (FHIR R4 search §escaping). */
export function splitValues(text: string): string[] {
  return text.split(/(?<!(?<!\\)(?:\\\\)*\\),/);
}

function unescape(text: string): string {
  return text.replace(/\\([\\,|$])/g, '$1');
}

function parseToken(text: string): TokenValue {
  const bar = /(?<!\\)\|/.exec(text)?.index;
  if (bar === undefined) return { system: undefined, value: unescape(text) };
  const value = unescape(text.slice(bar + 1));
  const system = unescape(text.slice(0, bar));
  if (value === '' && system === '') throw badSearch('A token needs a system or a code');
  return { system, value: value === '' ? undefined : value };
}

function parseDate(text: string): DateValue {
  const [prefix, rest] = splitPrefix(text);
  const span = dateSpan(rest.replace(' ', '+'));
  if (span === undefined) throw badSearch('A date is not one of FHIR');
  return { prefix, ...span };
}

function parseNumberValue(text: string, kind: 'number' | 'quantity'): NumberValue {
  const parts = text.split(/(?<!\\)\|/);
  if (parts.length > 3 || parts.length === 2 || (kind === 'number' && parts.length > 1))
    throw badSearch(`A ${kind} cannot be read`);
  const [prefix, rest] = splitPrefix(parts[0] ?? '');
  const range = parseNumber(rest, prefix);
  if (range === undefined) throw badSearch(`A ${kind} cannot be read`);
  const [, system, unit] = parts.map(unescape);
  return { prefix, ...range, system: system === '' ? undefined : system, unit: unit === '' ? undefined : unit };
}

function parseBoolean(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw badSearch(':missing is true or false');
  return text === 'true';
}
