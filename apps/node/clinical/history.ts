/** History of one resource or of a type, newest first (FHIR R4 http §history). */
import { CATEGORIES } from '@clearchart/records';
import { dateSpan } from './definitions/fhir-date.ts';
import { decodeHashes } from './index-rows.ts';
import { badSearch, tooCostly } from './refusal.ts';
import type { ResponseBundle, ResponseEntry } from './response-bundle.ts';
import { COUNT_LIMIT, type SearchParameters } from './search/request.ts';
import type { StoreParts } from './store-parts.ts';
import type { Head, OpenedVersion } from './opened-version.ts';
import type { Visibility } from './visibility.ts';

export interface HistoryRequest {
  readonly parameters: SearchParameters;
}

interface HistoryOf extends HistoryRequest {
  readonly type: string;
  readonly id: string | undefined;
  readonly head: Head | undefined;
  readonly baseUrl: string;
}

const COUNT_DEFAULT = 50;
/** Rows looked at for one page by a caller who sees few of them. */
const ROWS_LIMIT = 20_000;

interface Asked {
  readonly count: number;
  readonly since: number;
  readonly before: number;
}

export function historyOf(
  parts: StoreParts,
  visibility: Visibility,
  request: HistoryOf,
): { bundle: ResponseBundle; versions: OpenedVersion[] } {
  const { type, id, head, baseUrl } = request;
  const path = `${id === undefined ? type : `${type}/${id}`}/_history`;
  const asked = parseHistory(parts, path, request.parameters);
  const [column, value] = head === undefined ? ['type', parts.types.code(type)] : ['rid', head.rid];
  const rows = parts.statements.all(
    `SELECT vid, category, subjects FROM versions WHERE ${column} = ? AND vid < ? AND updated >= ? ORDER BY vid DESC LIMIT ${ROWS_LIMIT}`,
    [value as number, asked.before, asked.since],
  );
  const visible = rows.filter((row) =>
    visibility.sees(type, {
      category: CATEGORIES[row['category'] as number] ?? 'general',
      subjects: decodeHashes(row['subjects'] as Uint8Array),
    }),
  );
  const shown = visible.slice(0, asked.count);
  const versions = shown.map((row) => visibility.shown(parts.versions.open(row['vid'] as number)));
  const lastLooked =
    visible.length > asked.count
      ? shown.at(-1)?.['vid']
      : rows.length === ROWS_LIMIT
        ? rows.at(-1)?.['vid']
        : undefined;
  const next =
    lastLooked === undefined
      ? undefined
      : parts.cursors.seal(path, {
          query: request.parameters,
          after: { keys: [asked.since, asked.count], rid: lastLooked as number },
        });
  return {
    versions,
    bundle: {
      type: 'history',
      ...(id !== undefined && next === undefined && asked.before === FROM_THE_NEWEST ? { total: versions.length } : {}),
      links: [
        { relation: 'self', url: `${baseUrl}/${path}` },
        ...(next === undefined ? [] : [{ relation: 'next', url: `${baseUrl}/${path}?_cursor=${next}` }]),
      ],
      entries: versions.map((version) => historyEntry(version, baseUrl)),
    },
  };
}

const FROM_THE_NEWEST = Number.MAX_SAFE_INTEGER;

function parseHistory(parts: StoreParts, path: string, parameters: SearchParameters): Asked {
  let count = COUNT_DEFAULT;
  let since = 0;
  for (const [name, value] of parameters) {
    if (name === '_cursor') {
      const { after } = parts.cursors.open(path, value);
      return { since: Number(after.keys[0]), count: Number(after.keys[1]), before: after.rid };
    }
    if (name === '_count') {
      if (!/^[1-9]\d{0,8}$/.test(value)) throw badSearch('_count is a whole number above 0');
      count = Number(value);
      if (count > COUNT_LIMIT) throw tooCostly(`_count is at most ${COUNT_LIMIT}`);
    } else if (name === '_since') {
      const span = dateSpan(value.replace(' ', '+'));
      if (span === undefined) throw badSearch('_since is an instant');
      since = span.low;
    } else if (name !== '_format' && name !== '_pretty') {
      throw badSearch('History knows _count and _since', 'unknown-parameter');
    }
  }
  return { count, since, before: FROM_THE_NEWEST };
}

function historyEntry(version: OpenedVersion, baseUrl: string): ResponseEntry {
  const { type, id, method, updated } = version;
  const url = method === 'POST' ? type : `${type}/${id}`;
  return {
    fullUrl: `${baseUrl}/${type}/${id}`,
    ...(method === 'DELETE' ? {} : { resource: version.content }),
    request: { method, url },
    response: {
      status: method === 'POST' ? '201' : method === 'PUT' ? '200' : '204',
      etag: `W/"${version.version}"`,
      lastModified: new Date(updated).toISOString(),
    },
  };
}
