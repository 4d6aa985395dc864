// The hospital's FHIR R4 interface, with the reader's own session.
import { statusOf } from './fault-words.ts';
import { request } from './request.ts';
import { writeOnce } from './write-once.ts';
import type { Bundle, Resource } from '../record/fhir.ts';

const FHIR_JSON = 'application/fhir+json';
export const FHIR_BASE = '/fhir/R4';

/** Reads a resource or a search; the path comes without the base: `Patient/1`, `Condition?patient=1`. */
export async function readFhir<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  const response = await request(`${FHIR_BASE}/${path}`, {
    headers: { accept: FHIR_JSON },
    ...(signal === undefined ? {} : { signal }),
  });
  return (await response.json()) as Answer;
}

/** A list that a decision may rest on is read to its end, in pages of this size, or not shown. */
const PAGE_SIZE = 1_000;
const PAGES_AT_MOST = 20;

/**
 * Every match of a search, page after page; a type this reader may not see is an empty list, as absent and forbidden look
 * the same. The path comes with its parameters, without `_count`.
 */
export async function searchFhir<Item extends Resource>(path: string, signal?: AbortSignal): Promise<Item[]> {
  const found: Item[] = [];
  let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}_count=${PAGE_SIZE}`;
  try {
    for (let page = 0; next !== undefined; page += 1) {
      if (page === PAGES_AT_MOST) throw new Error(`More than ${PAGE_SIZE * PAGES_AT_MOST} matches`);
      const bundle: Bundle<Item> = await readFhir<Bundle<Item>>(next, signal);
      for (const { resource, search } of bundle.entry ?? [])
        if (search?.mode !== 'include' && search?.mode !== 'outcome') found.push(resource);
      next = nextPath(bundle);
    }
    return found;
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 403) return [];
    throw error;
  }
}

/** Ids in one address: it stays short enough for every server. */
const IDS_AT_ONCE = 50;

/** Every match of the searches that `pathOf` makes of some FHIR ids at a time, joined by commas. */
export async function searchFhirFor<Item extends Resource>(
  ids: readonly string[],
  pathOf: (some: string) => string,
  signal?: AbortSignal,
): Promise<Item[]> {
  const found: Item[] = [];
  for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
    const some = ids
      .slice(first, first + IDS_AT_ONCE)
      .map(encodeURIComponent)
      .join(',');
    found.push(...(await searchFhir<Item>(pathOf(some), signal)));
  }
  return found;
}

/** The next page's address as this page reaches the hospital: whatever host the link names, nothing is sent there. */
function nextPath({ link }: Bundle<Resource>): string | undefined {
  return link?.find(({ relation }) => relation === 'next')?.url.split(`${FHIR_BASE}/`)[1];
}

/** What a write answered: the resource as stored and the transaction that seals it. */
export interface Written<Item extends Resource> {
  resource: Item;
  transactionId: string | undefined;
}

function send(method: 'POST' | 'PUT', url: string, body: object, more: Record<string, string> = {}): Promise<Response> {
  const text = JSON.stringify(body);
  const headers = { accept: FHIR_JSON, 'content-type': FHIR_JSON, prefer: 'return=representation', ...more };
  return writeOnce(JSON.stringify([method, url, more, text]), (key) =>
    request(url, { method, body: text, headers: { ...headers, 'idempotency-key': key } }),
  ).then((response) => response.clone());
}

async function write<Item extends Resource>(
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  headers: Record<string, string>,
): Promise<Written<Item>> {
  const response = await send(method, `${FHIR_BASE}/${path}`, body, headers);
  return {
    resource: (await response.json()) as Item,
    transactionId: response.headers.get('x-clearchart-transaction') ?? undefined,
  };
}

export function createFhir<Item extends Resource>(resource: Omit<Item, 'id'>): Promise<Written<Item>> {
  return write('POST', resource.resourceType, resource, {});
}

/** Writes a new version, only if nobody else has written one since it was read (else 412). */
export function updateFhir<Item extends Resource>(resource: Item): Promise<Written<Item>> {
  const version = resource.meta?.versionId;
  const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `W/"${version}"` };
  return write('PUT', `${resource.resourceType}/${resource.id}`, resource, headers);
}

/** Writes a transaction: all of it, or nothing. The resources come back in the order of the entries. */
export async function transactFhir(
  bundle: object,
): Promise<{ resources: (Resource | undefined)[]; transactionId: string | undefined }> {
  const response = await send('POST', FHIR_BASE, bundle);
  const answer = (await response.json()) as { entry?: { resource?: Resource }[] };
  return {
    resources: (answer.entry ?? []).map(({ resource }) => resource),
    transactionId: response.headers.get('x-clearchart-transaction')?.split(',')[0]?.trim(),
  };
}
