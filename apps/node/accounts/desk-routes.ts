/** The administrator's routes about accounts, codes and tokens. */
import {
  accountIdSchema,
  accountListSchema,
  accountStateSchema,
  accountVerifiedSchema,
  fhirIdSchema,
  invitationListSchema,
  invitationSchema,
  issuedCodeSchema,
  newPractitionerSchema,
  tokenListSchema,
  verifyAccountSchema,
} from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { deactivate, reactivate } from './account-closing.ts';
import type { Desk } from './desk.ts';
import type { AccountsPorts } from './ports.ts';

const ADMINISTRATOR = { access: ['administrator'] } as const;
const TELLS_A_CODE = { ...ADMINISTRATOR, again: 'done' } as const;
const MOST_PAGES = 100_000;
const done = z.object({}).strict();
const byId = z.object({ id: z.string().max(64) });
const byAccount = z.object({ id: accountIdSchema });

export const deskRoutes =
  (desk: Desk, ports: AccountsPorts): FastifyPluginCallbackZod =>
  (app, _options, ready) => {
    const { store } = ports;
    app.post(
      '/api/invitations',
      { config: TELLS_A_CODE, schema: { body: invitationSchema, response: { 201: issuedCodeSchema } } },
      async ({ body, caller }, reply) => await reply.code(201).send(await desk.invite(body, known(caller))),
    );

    app.post(
      '/api/practitioners',
      { config: TELLS_A_CODE, schema: { body: newPractitionerSchema, response: { 201: issuedCodeSchema } } },
      async ({ body, caller }, reply) => await reply.code(201).send(await desk.addPractitioner(body, known(caller))),
    );

    app.get('/api/invitations', { config: ADMINISTRATOR, schema: { response: { 200: invitationListSchema } } }, () =>
      desk.invitations(),
    );

    app.delete(
      '/api/invitations/:id',
      { config: ADMINISTRATOR, schema: { params: byId, response: { 200: done } } },
      ({ params }) => {
        desk.withdrawInvitation(params.id);
        return {};
      },
    );

    app.post(
      '/api/patients/:id/claim-code',
      {
        config: TELLS_A_CODE,
        schema: { params: z.object({ id: fhirIdSchema }), response: { 201: issuedCodeSchema } },
      },
      async ({ params, caller }, reply) =>
        await reply.code(201).send(await desk.issueClaimCode(params.id, known(caller))),
    );

    app.get(
      '/api/accounts',
      {
        config: ADMINISTRATOR,
        schema: {
          querystring: z.strictObject({
            state: accountStateSchema.optional(),
            page: z.coerce.number().int().min(1).max(MOST_PAGES).default(1),
          }),
          response: { 200: accountListSchema },
        },
      },
      ({ query }) => desk.accounts(query.state, query.page),
    );

    app.post(
      '/api/accounts/:id/verify',
      {
        config: ADMINISTRATOR,
        schema: { params: byAccount, body: verifyAccountSchema, response: { 200: accountVerifiedSchema } },
      },
      async ({ params, body }) => await desk.verify(params.id, body),
    );

    app.post(
      '/api/accounts/:id/deactivate',
      { config: ADMINISTRATOR, schema: { params: byAccount, response: { 200: done } } },
      ({ params, caller }) => {
        deactivate(ports.store, params.id, known(caller));
        return {};
      },
    );

    app.post(
      '/api/accounts/:id/reactivate',
      { config: ADMINISTRATOR, schema: { params: byAccount, response: { 200: done } } },
      async ({ params, caller }) => {
        await reactivate(ports, params.id, known(caller));
        return {};
      },
    );

    app.get('/api/tokens', { config: ADMINISTRATOR, schema: { response: { 200: tokenListSchema } } }, () => {
      const tokens = store.tokens.list(store.clock.now());
      return { tokens: tokens.map(({ expiresAt, ...token }) => ({ ...token, expires: expiresAt })) };
    });

    app.delete(
      '/api/tokens/:id',
      { config: ADMINISTRATOR, schema: { params: byId, response: { 200: done } } },
      ({ params }) => {
        if (!store.tokens.end(params.id)) throw new ApiError('not-found');
        return {};
      },
    );
    ready();
  };

function known(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new ApiError('bad-credentials');
  return caller;
}
