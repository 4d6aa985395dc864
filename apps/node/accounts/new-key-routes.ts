/** A new key by way of the desk, over HTTP: begun by an administrator, carried out with a code, watched and vetoed by the account. */
import {
  accountIdSchema,
  issuedCodeSchema,
  newKeyAskedSchema,
  newKeyFinishSchema,
  newKeyStartedSchema,
  newKeyStartSchema,
  newKeyWaitingSchema,
  ownNewKeySchema,
  vetoFinishSchema,
  vetoStartedSchema,
} from '@clearchart/api';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SessionHandle } from '../http/access.ts';
import { ApiError } from '../http/errors.ts';
import { perMinute } from '../http/rate-limits.ts';
import type { NewKeyAtDesk } from './new-key.ts';

const OWN = { access: ['administrator', 'practitioner', 'patient'] } as const;
const done = z.object({}).strict();

export const newKeyRoutes =
  (newKeys: NewKeyAtDesk): FastifyPluginCallbackZod =>
  (app, _options, ready) => {
    app.post(
      '/api/accounts/:id/new-key',
      {
        config: { access: ['administrator'], again: 'done' },
        schema: {
          params: z.object({ id: accountIdSchema }),
          body: newKeyAskedSchema,
          response: { 201: issuedCodeSchema },
        },
      },
      async ({ params, body, caller }, reply) => {
        if (caller === undefined) throw new ApiError('bad-credentials');
        return await reply.code(201).send(newKeys.issue(params.id, body.shown, caller));
      },
    );

    app.delete(
      '/api/accounts/:id/new-key',
      {
        config: { access: ['administrator'] },
        schema: { params: z.object({ id: accountIdSchema }), response: { 200: done } },
      },
      async ({ params }) => {
        await newKeys.withdraw(params.id);
        return {};
      },
    );

    app.post(
      '/api/new-key/start',
      { config: perMinute(30), schema: { body: newKeyStartSchema, response: { 200: newKeyStartedSchema } } },
      ({ body: { code, publicKey, registrationRequest } }) => newKeys.start(code, publicKey, registrationRequest),
    );

    app.post(
      '/api/new-key/finish',
      { config: perMinute(30), schema: { body: newKeyFinishSchema, response: { 200: newKeyWaitingSchema } } },
      async ({ body }) => await newKeys.finish(body),
    );

    app.get('/api/account/new-key', { config: OWN, schema: { response: { 200: ownNewKeySchema } } }, (request) => ({
      waiting: newKeys.waitingFor(sessionOf(request).accountId),
    }));

    app.post(
      '/api/account/new-key/veto/start',
      { config: OWN, schema: { response: { 200: vetoStartedSchema } } },
      (request) => {
        const { draft } = newKeys.startVeto(sessionOf(request));
        return { draft: { ...draft } };
      },
    );

    app.post(
      '/api/account/new-key/veto/finish',
      { config: OWN, schema: { body: vetoFinishSchema, response: { 200: done } } },
      async (request) => {
        await newKeys.finishVeto(sessionOf(request), request.body.signature);
        return {};
      },
    );
    ready();
  };

/** A token has no session: these routes are for people. */
function sessionOf({ session }: FastifyRequest): SessionHandle {
  if (session === undefined) throw new ApiError('forbidden');
  return session;
}
