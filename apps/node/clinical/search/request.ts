/** A whole search request: conditions, and what to do with the hits (FHIR R4 search §return). */
import type { SearchParameter } from '../definitions/search-parameter.ts';
import { badSearch, refuse, tooCostly, unsupportedSearch } from '../refusal.ts';
import { type Condition, type QueryParser, shown, splitValues } from './query.ts';

export type SearchParameters = readonly (readonly [name: string, value: string])[];

export interface SortKey {
  readonly code: string;
  readonly kind: SearchParameter['kind'] | 'updated' | 'id';
  readonly descending: boolean;
}

export interface Include {
  /** Type whose reference is followed. */
  readonly source: string;
  readonly code: string;
  /** Only targets of this type. */
  readonly target: string | undefined;
  readonly iterate: boolean;
  readonly reverse: boolean;
}

export interface SearchRequest {
  readonly type: string;
  readonly conditions: readonly Condition[];
  readonly sort: readonly SortKey[];
  readonly count: number;
  readonly total: boolean;
  readonly includes: readonly Include[];
  readonly elements: readonly string[] | undefined;
  readonly summary: Summary;
}

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false';

const COUNT_DEFAULT = 20;
export const COUNT_LIMIT = 1_000;
const CONDITIONS_LIMIT = 30;
const SORT_KEYS_LIMIT = 5;
const INCLUDES_LIMIT = 10;

/** Understood and without effect: there is one format, and it is written without spaces. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['_format', '_pretty']);

export function parseSearchRequest(parser: QueryParser, type: string, parameters: SearchParameters): SearchRequest {
  const conditions: Condition[] = [];
  const includes: Include[] = [];
  const single = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (WITHOUT_EFFECT.has(name)) continue;
    if (/^_(rev)?include(:|$)/.test(name)) includes.push(parseInclude(parser, name, value));
    else if (SINGLE.has(name)) setOnce(single, name, value);
    else conditions.push(parser.parse(type, name, value));
  }
  if (conditions.length > CONDITIONS_LIMIT) throw tooCostly(`More than ${CONDITIONS_LIMIT} conditions`);
  if (includes.length > INCLUDES_LIMIT) throw tooCostly(`More than ${INCLUDES_LIMIT} includes`);
  const elements = single.get('_elements')?.split(',');
  return {
    type,
    conditions,
    includes,
    sort: parseSort(parser, type, single.get('_sort')),
    count: parseCount(single.get('_count')),
    total: parseTotal(single.get('_total')),
    elements: elements === undefined ? undefined : elements.map(elementName),
    summary: parseSummary(single.get('_summary'), elements !== undefined),
  };
}

const SINGLE: ReadonlySet<string> = new Set(['_sort', '_count', '_total', '_elements', '_summary']);

function setOnce(single: Map<string, string>, name: string, value: string): void {
  if (single.has(name)) throw badSearch(`The parameter ${name} is given twice`);
  single.set(name, value);
}

function parseCount(text: string | undefined): number {
  if (text === undefined) return COUNT_DEFAULT;
  if (!/^\d{1,9}$/.test(text)) throw badSearch('_count is a whole number');
  const count = Number(text);
  if (count > COUNT_LIMIT) throw tooCostly(`_count is at most ${COUNT_LIMIT}`);
  return count;
}

function parseTotal(text: string | undefined): boolean {
  if (text === undefined || text === 'none') return false;
  if (text !== 'accurate' && text !== 'estimate') throw badSearch('_total is none, estimate or accurate');
  return true;
}

function parseSummary(text: string | undefined, withElements: boolean): Summary {
  const summary = text ?? 'false';
  if (!['true', 'text', 'data', 'count', 'false'].includes(summary))
    throw badSearch('_summary is true, text, data, count or false');
  if (withElements && summary !== 'false') throw badSearch('_elements and _summary cannot be asked for together');
  return summary as Summary;
}

function elementName(text: string): string {
  const name = text.trim();
  if (!/^[a-zA-Z]{1,64}$/.test(name)) throw badSearch('_elements names elements of the resource, separated by commas');
  return name;
}

function parseSort(parser: QueryParser, type: string, text: string | undefined): SortKey[] {
  if (text === undefined) return [];
  const keys = splitValues(text).map((part): SortKey => {
    const descending = part.startsWith('-');
    const code = descending ? part.slice(1) : part;
    if (code === '_lastUpdated') return { code, kind: 'updated', descending };
    if (code === '_id') return { code, kind: 'id', descending };
    return { code, kind: parser.parameter(type, code).kind, descending };
  });
  if (keys.length > SORT_KEYS_LIMIT) throw tooCostly(`More than ${SORT_KEYS_LIMIT} keys to sort by`);
  return keys;
}

function parseInclude(parser: QueryParser, name: string, value: string): Include {
  const [head = '', modifier] = name.split(':');
  if (modifier !== undefined && modifier !== 'iterate')
    throw unsupportedSearch(`The modifier of ${shown(name)} is not supported`);
  const [source = '', code = '', target, ...more] = value.split(':');
  if (more.length > 0 || code === '' || code === '*' || source === '*')
    throw unsupportedSearch(`${head} names one type and one parameter`);
  if (parser.parameter(source, code).kind !== 'reference') throw badSearch(`${shown(value)} is not a reference`);
  if (target !== undefined) parser.checkType(target);
  return { source, code, target, iterate: modifier === 'iterate', reverse: head === '_revinclude' };
}

/** Criteria of a conditional interaction: conditions only. */
export function parseCriteria(parser: QueryParser, type: string, criteria: string): Condition[] {
  const parameters = [...new URLSearchParams(criteria)];
  const conditions = parameters.map(([name, value]) => {
    if (SINGLE.has(name) || name.includes('include'))
      throw badSearch('Criteria say which resource, not how to show it');
    return parser.parse(type, name, value);
  });
  if (conditions.length === 0)
    throw refuse(412, 'no-criteria', 'invalid', 'There are no criteria, so every resource would be meant');
  return conditions;
}
