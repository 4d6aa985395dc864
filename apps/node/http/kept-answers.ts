/** Writes of the API with an Idempotency-Key, in one place for every route: a request that comes again is not done again (R30). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { idempotencyKeyOf } from '../clinical/index.ts';
import type { Caller } from './caller.ts';
import { ApiError } from './errors.ts';

export interface KeptAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export type TakenPlace =
  | { readonly state: 'taken'; readonly place: string }
  | { readonly state: 'unknown'; readonly place: string }
  | { readonly state: 'kept'; readonly answer: KeptAnswer }
  | { readonly state: 'other-request' }
  | { readonly state: 'full' };

/** Implemented by ../accounts. */
export interface KeptAnswers {
  /** `taken`: not seen before, and on disk when it returns. `unknown`: taken before, without an answer that was kept. */
  take(owner: string, key: string, request: string): TakenPlace;
  keep(place: string, answer: KeptAnswer): void;
  /** For a request that was refused. */
  giveBack(place: string): void;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What an Idempotency-Key does here. `answer`, for every write that says nothing else: the answer is kept. `done`: only that
     * it was done, as the answer holds a secret that is told once. `reads`: nothing, as nothing is written.
     */
    again?: 'answer' | 'done' | 'reads';
  }
}

const API_PREFIX = '/api/';
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const JSON_TYPE = 'application/json; charset=utf-8';

export function keepAnswers(app: FastifyInstance, kept: KeptAnswers): void {
  /** Places of requests that are being done in this process. */
  const underWay = new Set<string>();
  const places = new WeakMap<FastifyRequest, string>();

  app.addHook('preHandler', async (request, reply) => {
    const { caller } = request;
    const { again = 'answer' } = request.routeOptions.config;
    if (caller === undefined || again === 'reads') return;
    if (!WRITES.has(request.method) || !request.url.startsWith(API_PREFIX)) return;
    const key = idempotencyKeyOf(request);
    if (key === undefined) return;
    const taken = kept.take(ownerOf(caller), key, hashOf(request));
    if (taken.state === 'full') throw new ApiError('too-many-keys');
    if (taken.state === 'other-request') throw new ApiError('key-of-another-request');
    if (taken.state === 'kept') {
      const { status, type, body } = taken.answer;
      await reply.code(status).type(type).send(body);
      return;
    }
    if (underWay.has(taken.place)) throw new ApiError('request-under-way', { retryAfterSeconds: 1 });
    if (taken.state === 'unknown') throw new ApiError('answer-not-kept');
    underWay.add(taken.place);
    places.set(request, taken.place);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const place = places.get(request);
    if (place === undefined) return payload;
    places.delete(request);
    underWay.delete(place);
    const status = reply.statusCode;
    // After a fault nobody knows how far it came: the place stays taken.
    if (status >= 500 && status !== 503) return payload;
    if (status >= 400) kept.giveBack(place);
    else if (request.routeOptions.config.again !== 'done') {
      const type = String(reply.getHeader('content-type') ?? JSON_TYPE);
      kept.keep(place, { status, type, body: typeof payload === 'string' ? payload : '' });
    }
    return payload;
  });
}

function ownerOf({ accountId, tokenId }: Caller): string {
  return accountId === undefined ? `token/${tokenId}` : `account/${accountId}`;
}

function hashOf(request: FastifyRequest): string {
  const whole = JSON.stringify([request.method, request.url, request.body ?? null]);
  return createHash('sha256').update(whole).digest('hex');
}
