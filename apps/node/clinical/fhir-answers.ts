/** How answers and refusals of `/fhir/R4` are sent. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatEntityTag } from './entity-tag.ts';
import { FHIR_JSON } from './fhir-http.ts';
import { outcomeOf } from './operation-outcome.ts';
import { Refusal, refuse } from './refusal.ts';
import type { OpenedVersion } from './opened-version.ts';

export function versionHeaders(reply: FastifyReply, { version, updated }: OpenedVersion): void {
  reply.header('ETag', formatEntityTag(version)).header('Last-Modified', new Date(updated).toUTCString());
}

export function sendBytes(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply
    .header('Content-Type', FHIR_JSON)
    .send(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply
    .code(refusal.status)
    .header('Content-Type', FHIR_JSON)
    .send(JSON.stringify(outcomeOf(refusal)));
}

/** Faults of the framework and of the hooks become outcomes, too; what broke inside says nothing outside. */
export function answerFault(fault: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (fault instanceof Refusal) return sendRefusal(reply, fault);
  const { statusCode = 500, code = '' } = fault as { statusCode?: number; code?: string };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return sendRefusal(reply, refuse(415, 'content-type', 'not-supported', 'The body is not application/fhir+json'));
  if (statusCode === 413)
    return sendRefusal(reply, refuse(413, 'too-large', 'too-long', 'The body is larger than 16 MiB'));
  const known = STATUS_ISSUES[statusCode];
  if (known !== undefined)
    return sendRefusal(reply, refuse(statusCode, code === '' ? known[0] : code, known[0], known[1]));
  if (statusCode >= 400 && statusCode < 500)
    return sendRefusal(reply, refuse(statusCode, 'bad-request', 'invalid', 'The request cannot be read'));
  request.log.error(
    { fault: fault instanceof Error ? { name: fault.name, at: placesOf(fault) } : typeof fault },
    'a FHIR request failed',
  );
  return sendRefusal(
    reply,
    refuse(500, 'fault', 'exception', 'Something broke on our side; nothing half done was kept'),
  );
}

const STATUS_ISSUES: Readonly<Record<number, readonly [string, string]>> = {
  401: ['login', 'No valid credentials'],
  403: ['forbidden', 'Your role may not do this'],
  404: ['not-found', 'Not found'],
  429: ['throttled', 'Too many requests; try again later'],
};

/** Where it happened; the message, which may quote what was sent, stays out of the log. */
function placesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
}
