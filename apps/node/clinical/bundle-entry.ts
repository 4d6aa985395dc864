/** One entry of a batch or transaction, read at the border: method, where to, what with. */
import { fromBase64, isObject } from './json-shapes.ts';
import { parseJsonPatch, parseJson } from '@clearchart/records';
import { parseEntityTag } from './entity-tag.ts';
import { refuse } from './refusal.ts';
import type { Patch } from './writer.ts';

export interface BundleEntry {
  readonly index: number;
  readonly fullUrl: string | undefined;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly type: string;
  readonly id: string | undefined;
  /** After `_history/`: a version id, or empty for the history itself. */
  readonly history: string | undefined;
  /** The query behind the question mark. */
  readonly query: string | undefined;
  readonly resource: unknown;
  readonly ifMatch: number | undefined;
  readonly ifNoneExist: string | undefined;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const URL_PATTERN =
  /^\/?([A-Z][A-Za-z]{1,63})(?:\/([A-Za-z0-9\-.]{1,64}))?(?:\/_history(?:\/([A-Za-z0-9\-.]{1,64}))?)?(?:\/?\?(.*))?$/;

export function parseBundleEntry(value: unknown, index: number, baseUrl: string): BundleEntry {
  const fault = (text: string) => refuse(400, 'bad-entry', 'structure', `${text} in Bundle.entry[${index}]`);
  if (!isObject(value) || !isObject(value['request'])) throw fault('No request');
  const { method, url, ifMatch, ifNoneExist } = value['request'];
  if (typeof method !== 'string' || !METHODS.has(method)) throw fault('No method that is supported');
  if (typeof url !== 'string') throw fault('No url');
  const local = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length + 1) : url;
  const match = URL_PATTERN.exec(local);
  if (match === null) throw fault('A url that cannot be read');
  const [, type = '', id, version, query] = match;
  const fullUrl = value['fullUrl'];
  if (fullUrl !== undefined && typeof fullUrl !== 'string') throw fault('A fullUrl that is no text');
  const entry: BundleEntry = {
    index,
    fullUrl,
    method: method as BundleEntry['method'],
    type,
    id,
    history: local.includes('/_history') ? (version ?? '') : undefined,
    query: query === '' ? undefined : query,
    resource: value['resource'],
    ifMatch: typeof ifMatch === 'string' ? parseEntityTag(ifMatch) : undefined,
    ifNoneExist: typeof ifNoneExist === 'string' ? ifNoneExist : undefined,
  };
  checkShape(entry, fault);
  return entry;
}

function checkShape(entry: BundleEntry, fault: (text: string) => Error): void {
  const { method, id, query, history } = entry;
  if (method === 'GET') return;
  if (history !== undefined) throw fault('A write to a history');
  if (method === 'POST' && (id !== undefined || query !== undefined))
    throw fault('A POST to something else than a type');
  if (method !== 'POST' && (id === undefined) === (query === undefined))
    throw fault('A url that names neither one resource nor criteria');
  if (method !== 'DELETE' && !isObject(entry.resource)) throw fault('No resource');
}

/** A PATCH entry carries Parameters (FHIRPath Patch) or a Binary with a JSON Patch in it. */
export function patchOfEntry({ resource, index }: BundleEntry): Patch {
  const fault = () => refuse(400, 'bad-patch', 'structure', `No patch that can be read in Bundle.entry[${index}]`);
  if (!isObject(resource)) throw fault();
  if (resource['resourceType'] === 'Parameters') return { kind: 'fhirpath', parameters: JSON.stringify(resource) };
  if (resource['resourceType'] !== 'Binary' || resource['contentType'] !== 'application/json-patch+json') throw fault();
  const text = fromBase64(resource['data']);
  const parsed = text === undefined ? undefined : parseJson(text);
  const operations = parsed?.ok === true ? parseJsonPatch(parsed.value) : undefined;
  if (operations === undefined) throw fault();
  return { kind: 'json', operations };
}
