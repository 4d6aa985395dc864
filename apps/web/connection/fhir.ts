// The hospital's FHIR R4 interface, with the reader's own session.
import { statusOf } from './fault-words.ts';
import { request } from './request.ts';
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

/** The matches of a search; a type this reader may not see is an empty list, as absent and forbidden look the same. */
export async function searchFhir<Item extends Resource>(path: string, signal?: AbortSignal): Promise<Item[]> {
  try {
    const bundle = await readFhir<Bundle<Item>>(path, signal);
    return (bundle.entry ?? [])
      .filter((entry) => entry.search?.mode !== 'include' && entry.search?.mode !== 'outcome')
      .map((entry) => entry.resource);
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 403) return [];
    throw error;
  }
}

/** What a write answered: the resource as stored and the transaction that seals it. */
export interface Written<Item extends Resource> {
  resource: Item;
  transactionId: string | undefined;
}

async function write<Item extends Resource>(
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  headers: Record<string, string>,
): Promise<Written<Item>> {
  const response = await request(`${FHIR_BASE}/${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { accept: FHIR_JSON, 'content-type': FHIR_JSON, prefer: 'return=representation', ...headers },
  });
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
