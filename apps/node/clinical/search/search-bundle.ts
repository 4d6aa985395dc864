/** The answer to a search as a Bundle of type searchset. */
import type { DefinitionTable } from '../definitions/search-parameter.ts';
import { type ResponseBundle, type ResponseEntry, subset } from '../response-bundle.ts';
import type { OpenedVersion } from '../opened-version.ts';
import type { Cursors } from './cursor.ts';
import type { SearchParameters, SearchRequest } from './request.ts';
import type { Found } from './searcher.ts';

export interface SearchBundleContext {
  readonly definitions: { readonly table: DefinitionTable };
  readonly cursors: Cursors;
  readonly baseUrl: string;
  readonly query: SearchParameters;
  /** The address that was asked, when the query stood in it. */
  readonly selfUrl: string | undefined;
}

export function searchBundle(request: SearchRequest, found: Found, context: SearchBundleContext): ResponseBundle {
  const { baseUrl, cursors, query, selfUrl } = context;
  const next = found.next === undefined ? undefined : cursors.seal(request.type, { query, after: found.next });
  const entry = (version: OpenedVersion, mode: 'match' | 'include'): ResponseEntry => ({
    fullUrl: `${baseUrl}/${version.type}/${version.id}`,
    resource: shown(version, request, context.definitions.table),
    search: { mode },
  });
  return {
    type: 'searchset',
    total: found.total,
    links: [
      { relation: 'self', url: selfUrl ?? `${baseUrl}/${request.type}` },
      ...(next === undefined ? [] : [{ relation: 'next', url: `${baseUrl}/${request.type}?_cursor=${next}` }]),
    ],
    entries: [
      ...found.matches.map((version) => entry(version, 'match')),
      ...found.included.map((version) => entry(version, 'include')),
    ],
  };
}

function shown(version: OpenedVersion, { elements, summary }: SearchRequest, table: DefinitionTable): Uint8Array {
  const known = table.elements.get(version.type);
  const mandatory = (name: string): boolean => known?.mandatory.has(name) === true;
  if (elements !== undefined)
    return subset(version.content, (name) => elements.some((element) => isElement(name, element)) || mandatory(name));
  switch (summary) {
    case 'true':
      return subset(version.content, (name) => known?.summary.has(name) === true || mandatory(name));
    case 'text':
      return subset(version.content, (name) => name === 'text' || mandatory(name));
    case 'data':
      return subset(version.content, (name) => name !== 'text');
    case 'count':
    case 'false':
      return version.content;
  }
}

/** `value` names valueQuantity, valueString and so on. */
function isElement(name: string, element: string): boolean {
  return name === element || (name.startsWith(element) && /^[A-Z]/.test(name.slice(element.length)));
}
