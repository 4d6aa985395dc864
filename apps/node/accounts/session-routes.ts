/** Sign-in, sign-out, sessions, password, first key and recovery over HTTP. */
import {
  currentSessionSchema,
  keyBoundSchema,
  keyFinishSchema,
  keyStartedSchema,
  newWordsSchema,
  passwordFinishSchema,
  passwordStartedSchema,
  passwordStartSchema,
  recoveryFinishSchema,
  recoveryMailSchema,
  recoveryStartedSchema,
  recoveryStartSchema,
  recoveryWaySchema,
  sessionListSchema,
  signedInSchema,
  signInFinishSchema,
  signInStartedSchema,
  signInStartSchema,
  type StoredVault,
  vaultContentsSchema,
} from '@clearchart/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SessionHandle } from '../http/access.ts';
import { ApiError } from '../http/errors.ts';
import { perMinute } from '../http/rate-limits.ts';
import { keepContents } from './keep-contents.ts';
import { KNOWN_DEVICE_SECONDS } from './known-devices.ts';
import type { Recovery } from './recovery.ts';
import type { Asking, Device, SignedInHere, SignIn } from './sign-in.ts';
import type { AccountStore } from './store.ts';

const OWN = { access: ['administrator', 'practitioner', 'patient'], allowUnverified: true } as const;
/** The own account, once the desk knows whose it is. */
const CHECKED = { access: OWN.access } as const;
const done = z.object({}).strict();

export interface SessionRoutesPorts {
  readonly store: AccountStore;
  readonly signIn: SignIn;
  readonly recovery: Recovery;
  readonly takeNewWords: (session: SessionHandle, vault: StoredVault) => void;
  readonly overTls: boolean;
}

export const sessionRoutes =
  ({ store, signIn, recovery, takeNewWords, overTls }: SessionRoutesPorts): FastifyPluginCallbackZod =>
  (app, _options, ready) => {
    const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: overTls } as const;

    function hand(reply: FastifyReply, { opened, knownDevice, answer }: SignedInHere): SignedInHere['answer'] {
      void reply.setCookie(signIn.cookieName, opened.secret, cookie);
      void reply.setCookie(signIn.knownDeviceCookieName, knownDevice, { ...cookie, maxAge: KNOWN_DEVICE_SECONDS });
      return answer;
    }

    app.get(
      '/api/session',
      { config: { access: 'public' }, schema: { response: { 200: currentSessionSchema } } },
      (request) => {
        const secret = request.cookies[signIn.cookieName];
        const known = request.session !== undefined && secret !== undefined;
        return { session: (known ? signIn.describe(secret) : undefined) ?? null };
      },
    );

    app.post(
      '/api/session/start',
      { config: perMinute(120), schema: { body: signInStartSchema, response: { 200: signInStartedSchema } } },
      (request) => signIn.start(request.body, askingOf(request)),
    );

    app.post(
      '/api/session/finish',
      { config: perMinute(120), schema: { body: signInFinishSchema, response: { 200: signedInSchema } } },
      async (request, reply) => hand(reply, await signIn.finish(request.body, deviceOf(request))),
    );

    app.delete('/api/session', { config: OWN, schema: { response: { 200: done } } }, (request, reply) => {
      const { accountId, sessionId } = sessionOf(request);
      store.sessions.end(accountId, sessionId);
      void reply.clearCookie(signIn.cookieName, cookie);
      return {};
    });

    app.get('/api/sessions', { config: OWN, schema: { response: { 200: sessionListSchema } } }, (request) => {
      const { accountId, sessionId } = sessionOf(request);
      const sessions = store.sessions
        .list(accountId, store.clock.now())
        .map(({ id, device, createdAt, seenAt, expiresAt }) => {
          return { id, device, signedInAt: createdAt, seenAt, expiresAt, current: id === sessionId };
        });
      return { sessions };
    });

    app.delete(
      '/api/sessions/:id',
      { config: OWN, schema: { params: z.object({ id: z.string().max(64) }), response: { 200: done } } },
      (request) => {
        if (!store.sessions.end(sessionOf(request).accountId, request.params.id)) throw new ApiError('not-found');
        return {};
      },
    );

    app.post(
      '/api/account/password/start',
      { config: OWN, schema: { body: passwordStartSchema, response: { 200: passwordStartedSchema } } },
      (request) => signIn.startPassword(sessionOf(request), request.body.registrationRequest),
    );

    app.post(
      '/api/account/password/finish',
      { config: OWN, schema: { body: passwordFinishSchema, response: { 200: done } } },
      (request) => {
        signIn.finishPassword(sessionOf(request), request.body.registrationRecord, request.body.vault);
        return {};
      },
    );

    app.post(
      '/api/account/recovery-words',
      { config: OWN, schema: { body: newWordsSchema, response: { 200: done } } },
      (request) => {
        takeNewWords(sessionOf(request), request.body.vault);
        return {};
      },
    );

    app.post(
      '/api/account/vault',
      { config: OWN, schema: { body: vaultContentsSchema, response: { 200: done } } },
      (request) => {
        keepContents(store, sessionOf(request), request.body.vault, request.body.replaces);
        return {};
      },
    );

    app.post(
      '/api/account/key/start',
      { config: CHECKED, schema: { response: { 200: keyStartedSchema } } },
      async (request) => {
        const { draft } = await signIn.startKey(sessionOf(request));
        return { draft: { ...draft } };
      },
    );

    app.post(
      '/api/account/key/finish',
      { config: CHECKED, schema: { body: keyFinishSchema, response: { 200: keyBoundSchema } } },
      async (request) => await signIn.finishKey(sessionOf(request), request.body.signature, request.body.vault),
    );

    app.get(
      '/api/recovery',
      { config: { access: 'public' }, schema: { response: { 200: recoveryWaySchema } } },
      () => ({ byMail: recovery.mailedLink !== undefined }),
    );

    app.post(
      '/api/recovery/mail',
      { config: perMinute(20), schema: { body: recoveryMailSchema, response: { 202: done } } },
      async (request, reply) => {
        if (recovery.mailedLink === undefined) throw new ApiError('not-found');
        recovery.mailedLink.request(request.body.email, askingOf(request));
        return await reply.code(202).send({});
      },
    );

    app.post(
      '/api/recovery/start',
      { config: perMinute(30), schema: { body: recoveryStartSchema, response: { 200: recoveryStartedSchema } } },
      (request) => recovery.start(request.body, request.body.registrationRequest, askingOf(request)),
    );

    app.post(
      '/api/recovery/finish',
      { config: perMinute(30), schema: { body: recoveryFinishSchema, response: { 200: signedInSchema } } },
      (request, reply) => hand(reply, recovery.finish(request.body, deviceOf(request))),
    );
    ready();

    function askingOf({ ip, cookies }: FastifyRequest): Asking {
      return { address: ip, knownDeviceCookie: cookies[signIn.knownDeviceCookieName] };
    }

    function deviceOf(request: FastifyRequest): Device {
      return { ...askingOf(request), name: request.headers['user-agent'] ?? '', before: request.session };
    }
  };

/** A token has no session: these routes are for people. */
function sessionOf({ session }: FastifyRequest): SessionHandle {
  if (session === undefined) throw new ApiError('forbidden');
  return session;
}
