/** The one border where errors become answers: problem+json (RFC 9457), and OperationOutcome under /fhir. */
import { ERRORS, type ErrorCode } from '@clearchart/api';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { outcomeOf, Refusal } from '../clinical/index.ts';
import { ApiError, type ErrorDetail } from './errors.ts';

const FHIR_PREFIX = '/fhir/';

const BY_FRAMEWORK_CODE: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_BAD_URL: 'bad-request',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_EMPTY_TYPE: 'content-type-unsupported',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'content-type-unsupported',
};

/** FHIR R4 issue types (value set issue-type). */
const ISSUE_TYPES: Readonly<Partial<Record<number, string>>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'processing',
  429: 'throttled',
  503: 'transient',
};

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: ErrorDetail;
}

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => await answerError(error, request, reply));
}

export async function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const answer = answerOf(error);
  if (answer.status >= 500) {
    // Messages may quote what was sent; the place where it happened does not.
    request.log.error({ requestId: request.id, fault: error.name, at: placeOf(error) }, 'fault');
  }
  const { retryAfterSeconds } = answer.detail;
  if (retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  if (isFhir(request)) {
    const refusal = error instanceof Refusal ? error : refusalOf(answer);
    return await reply.code(answer.status).type('application/fhir+json').send(outcomeOf(refusal));
  }
  return await reply
    .code(answer.status)
    .type('application/problem+json')
    .send({
      type: 'about:blank',
      title: answer.title,
      status: answer.status,
      code: answer.code,
      ...answer.detail,
      requestId: request.id,
    });
}

function isFhir(request: FastifyRequest): boolean {
  return request.url.startsWith(FHIR_PREFIX);
}

function answerOf(error: Error): Answer {
  if (error instanceof ApiError) return known(error.code, error.detail);
  if (error instanceof Refusal) {
    return { status: error.status, code: error.code, title: error.issues[0]?.text ?? 'Refused', detail: {} };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const places = error.validation.slice(0, 5).map(({ instancePath }) => instancePath.replaceAll('/', '.').slice(1));
    const named = places.filter((place) => /^[A-Za-z0-9.]{1,80}$/.test(place)).join(', ');
    return known('bad-request', named === '' ? {} : { detail: `look at ${named}` });
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  const byFramework = code === undefined ? undefined : BY_FRAMEWORK_CODE[code];
  if (byFramework !== undefined) return known(byFramework, {});
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { ...known('bad-request', {}), status: statusCode };
  }
  return known('fault', {});
}

function known(code: ErrorCode, detail: ErrorDetail): Answer {
  return { ...ERRORS[code], code, detail };
}

function refusalOf({ status, code, title, detail }: Answer): Refusal {
  const text = detail.detail === undefined ? title : `${title}: ${detail.detail}`;
  return new Refusal(status, code, [{ severity: 'error', code: ISSUE_TYPES[status] ?? 'exception', text }]);
}

function placeOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, 8).map((line) => line.trim());
}
