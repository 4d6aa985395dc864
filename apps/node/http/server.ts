/**
 * The HTTP server without its routes: whoever composes the node registers those on what is returned. Every limit
 * that a framework leaves open is closed here.
 */
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { type FastifyInstance, fastify, LogController, type onRouteHookHandler } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import { addAuthentication, type Authentication } from './access.ts';
import { addApiReference } from './api-reference.ts';
import { answerError, answerErrors } from './error-answers.ts';
import { ApiError } from './errors.ts';
import { keepAnswers, type KeptAnswers } from './kept-answers.ts';
import { createLogger, type LogPorts, logRequests } from './logging.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { serveWeb } from './static-web.ts';
import { readStrictJson } from './strict-json.ts';
import { watchMethods } from './wrong-method.ts';

/** A whole request, body included. */
const REQUEST_TIMEOUT_MS = 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** How often slow connections are looked for. */
const CONNECTIONS_CHECK_MS = 2_000;
const KEEP_ALIVE_MS = 30_000;
const MOST_HEADER_BYTES = 16 * 1024;
/** For every route that does not say otherwise. */
const LARGEST_BODY_BYTES = 256 * 1024;
const LONGEST_PATH_PART = 300;
/** For each address that has not signed in; who has is known and can be stopped otherwise. */
const ANONYMOUS_REQUESTS_PER_MINUTE = 12_000;

export interface HttpServerPorts {
  readonly authentication: Authentication;
  /** Of writes with an Idempotency-Key; without it the header does nothing under /api. */
  readonly keptAnswers?: KeptAnswers;
  readonly log: LogPorts;
  /** apps/web/dist; no web app without it. */
  readonly webFolder?: string;
  /** Of the hospital, an IANA name: drawn pages tell times in it. UTC without it. */
  readonly timeZone?: string;
  readonly tls?: { readonly certificate: string | Buffer; readonly key: string | Buffer };
  /** Behind a proxy that sets X-Forwarded-For. */
  readonly trustProxy?: boolean;
  readonly anonymousRequestsPerMinute?: number;
  /** Told of every route as it is registered. */
  readonly onRoute?: onRouteHookHandler;
  /** Tests shorten them. */
  readonly timeouts?: { readonly requestMs: number; readonly headersMs: number; readonly checkMs: number };
}

export async function createHttpServer(ports: HttpServerPorts) {
  const timeouts = ports.timeouts ?? {
    requestMs: REQUEST_TIMEOUT_MS,
    headersMs: HEADERS_TIMEOUT_MS,
    checkMs: CONNECTIONS_CHECK_MS,
  };
  const serverOptions = {
    headersTimeout: timeouts.headersMs,
    connectionsCheckingInterval: timeouts.checkMs,
    maxHeaderSize: MOST_HEADER_BYTES,
  };
  const { tls } = ports;
  const app = fastify({
    loggerInstance: createLogger(ports.log),
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    bodyLimit: LARGEST_BODY_BYTES,
    routerOptions: { maxParamLength: LONGEST_PATH_PART },
    forceCloseConnections: true,
    // The proxy in front appends whom it saw: what stands before that, anybody can have written.
    trustProxy: ports.trustProxy === true ? (_address: string, hop: number) => hop === 0 : false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply);
    },
    ...(tls === undefined
      ? { http: serverOptions }
      : { https: { ...serverOptions, cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' as const } }),
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  readStrictJson(app);
  answerErrors(app);
  logRequests(app);
  await app.register(cookie);
  await addSecurityHeaders(app, tls !== undefined);
  addAuthentication(app, ports.authentication);
  if (ports.onRoute !== undefined) app.addHook('onRoute', ports.onRoute);
  await app.register(rateLimit, {
    global: true,
    hook: 'preHandler',
    max: ports.anonymousRequestsPerMinute ?? ANONYMOUS_REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    allowList: (request) => request.caller !== undefined,
    errorResponseBuilder: (_request, { ttl }) => new ApiError('too-many-requests', { retryAfterSeconds: ttl / 1000 }),
  });
  if (ports.keptAnswers !== undefined) keepAnswers(app, ports.keptAnswers);
  const isWrongMethod = watchMethods(app);
  await addApiReference(app);
  await serveWeb(app, ports, isWrongMethod);
  return app.withTypeProvider<ZodTypeProvider>();
}
