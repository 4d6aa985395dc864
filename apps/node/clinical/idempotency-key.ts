/** The Idempotency-Key of a request (draft-ietf-httpapi-idempotency-key-header), and what must be the same when it comes again. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { singleHeader } from './fhir-http.ts';
import { refuse } from './refusal.ts';

/** Visible ASCII, as it stands or as a quoted string; a comma would come of two headers. */
const KEY = /^(?:"([\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]{1,128})"|([\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]{1,128}))$/;

export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const header = singleHeader(request, 'idempotency-key');
  if (header === undefined) return undefined;
  const match = KEY.exec(header.trim());
  const key = match?.[1] ?? match?.[2];
  if (key === undefined)
    throw refuse(
      400,
      'bad-idempotency-key',
      'invalid',
      'One Idempotency-Key of 1 to 128 visible ASCII characters, without comma, quote and backslash',
    );
  return key;
}

/** Hex. What only shapes the answer, such as Prefer, may differ. */
export function requestHash(request: FastifyRequest): string {
  const hash = createHash('sha256');
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const headers = ['content-type', 'if-match', 'if-none-exist'].map((name) => singleHeader(request, name) ?? null);
  hash.update(`${JSON.stringify([request.method, request.url, ...headers])}\n`);
  return hash.update(body).digest('hex');
}
