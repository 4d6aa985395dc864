/** What FHIR asks of HTTP: content types, bodies, preferences (FHIR R4 http §mime-type, §ops). */
import { parseJson } from '@clearchart/records';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from './refusal.ts';
import type { OpenedVersion } from './opened-version.ts';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

const JSON_TYPES = ['application/fhir+json', 'application/json', 'application/json-patch+json'];
/** Bytes of a search sent as a form. */
const FORM_LIMIT = 64 * 1024;
const FORMATS: ReadonlySet<string> = new Set(['json', 'application/json', 'application/fhir+json', 'text/json']);

/** Bodies are taken as bytes and parsed once the caller is known. */
export function registerBodies(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT },
    (_request, body, done) => {
      done(null, new URLSearchParams(body as string));
    },
  );
}

const FAULT_TEXTS = {
  'not-json': 'The body is not JSON',
  'duplicate-key': 'The body has an object with the same key twice',
  'too-deep': 'The body is nested too deep',
  'half-surrogate': 'The body has a text that is not Unicode',
  'forbidden-key': 'The body has a key that is not allowed',
} as const;

/** The body as strict JSON. */
export function jsonBody(request: FastifyRequest): unknown {
  const { body } = request;
  if (!Buffer.isBuffer(body) || body.length === 0) {
    if (body instanceof URLSearchParams)
      throw refuse(415, 'content-type', 'not-supported', 'The body is not application/fhir+json');
    throw refuse(400, 'no-body', 'structure', 'There is no body');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw refuse(400, 'not-utf-8', 'structure', 'The body is not UTF-8');
  }
  const parsed = parseJson(text);
  if (!parsed.ok) throw refuse(400, parsed.fault, 'structure', FAULT_TEXTS[parsed.fault]);
  return parsed.value;
}

/** 406 unless JSON is welcome; `_format` says more than the header. */
export function checkAccept(request: FastifyRequest): void {
  const format = queryOf(request).find(([name]) => name === '_format')?.[1];
  const wanted = format ?? request.headers.accept;
  if (wanted === undefined) return;
  const acceptable =
    format === undefined
      ? (request.headers.accept ?? '').split(',').some(isJson)
      : FORMATS.has(format.replace(' ', '+').split(';')[0] ?? '');
  if (!acceptable) throw refuse(406, 'only-json', 'not-supported', 'This server writes application/fhir+json only');
}

function isJson(range: string): boolean {
  const [type = '', ...parameters] = range.trim().toLowerCase().split(';');
  if (parameters.some((parameter) => /^\s*q\s*=\s*0(\.0*)?\s*$/.test(parameter))) return false;
  return ['*/*', 'application/*', 'application/fhir+json', 'application/json', 'text/json'].includes(type.trim());
}

export function queryOf(request: FastifyRequest): [string, string][] {
  const mark = request.url.indexOf('?');
  return mark < 0 ? [] : [...new URLSearchParams(request.url.slice(mark + 1))];
}

export function singleHeader(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export interface Preferences {
  readonly return: 'minimal' | 'representation' | 'OperationOutcome' | undefined;
  readonly respondFinal: boolean;
}

/** RFC 7240. */
export function preferencesOf(request: FastifyRequest): Preferences {
  const parts = (singleHeader(request, 'prefer') ?? '').split(/[,;]/).map((part) => part.trim().toLowerCase());
  const wanted = parts.find((part) => part.startsWith('return='))?.slice('return='.length);
  const named = { minimal: 'minimal', representation: 'representation', operationoutcome: 'OperationOutcome' } as const;
  return {
    return: wanted === undefined ? undefined : named[wanted as keyof typeof named],
    respondFinal: parts.includes('respond-final'),
  };
}

/** FHIR R4 http §cread: the version that the caller has is still the newest. */
export function ifNoneMatchHits(request: FastifyRequest, version: OpenedVersion): boolean {
  const tags = singleHeader(request, 'if-none-match');
  if (tags !== undefined)
    return tags
      .split(',')
      .some((tag) => tag.trim().replace(/^W\//, '') === `"${version.version}"` || tag.trim() === '*');
  const since = Date.parse(singleHeader(request, 'if-modified-since') ?? '');
  return !Number.isNaN(since) && Math.floor(version.updated / 1000) * 1000 <= since;
}
