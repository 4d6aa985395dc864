/** What the parts of a request to `/fhir/R4` mean: criteria, patches, forms, conditions. */
import { parseJsonPatch } from '@clearchart/records';
import type { FastifyRequest } from 'fastify';
import { parseEntityTag } from './entity-tag.ts';
import { jsonBody, queryOf, singleHeader } from './fhir-http.ts';
import { refuse } from './refusal.ts';
import type { Patch, Target } from './writer.ts';

export function criteria(request: FastifyRequest): Target {
  const query = request.url.split('?')[1] ?? '';
  return { criteria: query };
}

export function patchOf(request: FastifyRequest): Patch {
  const body = jsonBody(request);
  if (request.headers['content-type']?.startsWith('application/json-patch+json') === true) {
    const operations = parseJsonPatch(body);
    if (operations === undefined) throw refuse(400, 'bad-patch', 'structure', 'The body is not a JSON Patch');
    return { kind: 'json', operations };
  }
  const { resourceType } = (body ?? {}) as { resourceType?: unknown };
  if (resourceType !== 'Parameters')
    throw refuse(400, 'bad-patch', 'structure', 'A FHIRPath Patch is a Parameters resource');
  return { kind: 'fhirpath', parameters: JSON.stringify(body) };
}

export function formOf(request: FastifyRequest): [string, string][] {
  const { body } = request;
  if (body === undefined || body === null) return [];
  if (!(body instanceof URLSearchParams))
    throw refuse(415, 'content-type', 'not-supported', 'A search is sent as application/x-www-form-urlencoded');
  return [...body];
}

export function ifMatchOf(request: FastifyRequest): number | undefined {
  const header = singleHeader(request, 'if-match');
  return header === undefined ? undefined : parseEntityTag(header);
}

export function noParameters(request: FastifyRequest): void {
  if (queryOf(request).some(([name]) => name !== '_format' && name !== '_pretty')) {
    throw refuse(400, 'unknown-parameter', 'not-supported', 'This interaction takes no parameters');
  }
}
