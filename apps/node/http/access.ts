/**
 * Deny by default: a route that does not say who may use it is not registered, and a request without the right
 * credentials does not reach its handler.
 */
import type { FastifyInstance, FastifyRequest, onRouteHookHandler } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import type { Caller, Role } from './caller.ts';
import { ApiError } from './errors.ts';

/** `peers`: other hospitals' nodes, whose signed requests ../peers checks; no role of a person or program opens these. */
export type RouteAccess = 'public' | 'peers' | readonly Role[];

export interface SessionHandle {
  readonly caller: Caller;
  /** Names the session in lists; opens nothing. */
  readonly sessionId: string;
  readonly accountId: string;
  readonly csrfToken: string;
  readonly state: 'active' | 'unverified';
}

/** Implemented by ../accounts. */
export interface Authentication {
  readonly cookieName: string;
  /** `isUse`: somebody is there, and the session lasts longer for it. */
  bySession(secret: string, isUse: boolean): SessionHandle | undefined;
  byToken(token: string): Caller | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use this route: everybody, other nodes, or these roles. */
    access?: RouteAccess;
    /** Also for patients whom the desk has not checked yet; only routes about the own account say so. */
    allowUnverified?: boolean;
  }
  interface FastifyRequest {
    /** Set unless the route is public and nobody is signed in. */
    caller: Caller | undefined;
    session: SessionHandle | undefined;
  }
}

export const CSRF_HEADER = 'x-csrf-token';
/** On what a page asks by itself while nobody has touched it for a minute: the session does not last longer for it. */
const UNATTENDED_HEADER = 'x-unattended';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{1,512}=*)$/i;
/** Pages of the API reference, registered by a package that knows nothing of our rule. */
export const REFERENCE_PREFIX = '/docs';

export const requireAccessRule: onRouteHookHandler = (route) => {
  if (route.url === REFERENCE_PREFIX || route.url.startsWith(`${REFERENCE_PREFIX}/`)) {
    route.config = { ...route.config, access: 'public' };
  }
  const access = route.config?.access;
  if (access === undefined || access.length === 0) {
    throw new Error(`${String(route.method)} ${route.url} does not say who may use it (config.access)`);
  }
};

export function addAuthentication(app: FastifyInstance, authentication: Authentication): void {
  app.decorateRequest('caller', undefined);
  app.decorateRequest('session', undefined);
  app.addHook('onRoute', requireAccessRule);
  app.addHook('onRequest', (request, reply, done) => {
    try {
      authenticate(request, authentication);
      done();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'bad-credentials') {
        void reply.header('www-authenticate', 'Bearer realm="clearchart"');
      }
      done(error as Error);
    }
  });
}

function authenticate(request: FastifyRequest, authentication: Authentication): void {
  const { access, allowUnverified } = request.routeOptions.config;
  const isPublic = access === undefined || access === 'public' || access === 'peers';
  const { authorization } = request.headers;
  if (authorization === undefined) readSession(request, authentication);
  else request.caller = readToken(authorization, authentication);
  if (isPublic) return;
  const { caller, session } = request;
  if (caller === undefined) throw new ApiError('bad-credentials');
  if (session !== undefined && !SAFE_METHODS.has(request.method) && !hasToken(request, session.csrfToken)) {
    throw new ApiError('csrf-mismatch');
  }
  if (session?.state === 'unverified' && allowUnverified !== true) throw new ApiError('awaiting-desk');
  if (!access.includes(caller.role)) throw new ApiError('forbidden');
}

function readSession(request: FastifyRequest, authentication: Authentication): void {
  const cookie = request.cookies[authentication.cookieName];
  if (cookie === undefined) return;
  request.session = authentication.bySession(cookie, request.headers[UNATTENDED_HEADER] === undefined);
  request.caller = request.session?.caller;
}

function readToken(header: string, authentication: Authentication): Caller | undefined {
  const token = BEARER.exec(header)?.[1];
  return token === undefined ? undefined : authentication.byToken(token);
}

function hasToken(request: FastifyRequest, expected: string): boolean {
  const sent = request.headers[CSRF_HEADER];
  if (typeof sent !== 'string' || sent.length !== expected.length) return false;
  const [left, right] = [Buffer.from(sent), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
