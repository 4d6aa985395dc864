/** New accounts over HTTP. A code travels in a body, never in an address. */
import {
  codeCheckedSchema,
  codeCheckSchema,
  registeredSchema,
  registrationFinishSchema,
  registrationStartedSchema,
  registrationStartSchema,
} from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { perMinute } from '../http/rate-limits.ts';
import type { Registration } from './registration.ts';

export const registrationRoutes =
  (registration: Registration): FastifyPluginCallbackZod =>
  (app, _options, ready) => {
    app.post(
      '/api/codes/check',
      { config: perMinute(60), schema: { body: codeCheckSchema, response: { 200: codeCheckedSchema } } },
      ({ body }) => {
        const { kind, role, email, name, expiresAt } = registration.checkCode(body.code);
        return { kind, role, email, name, expires: expiresAt };
      },
    );

    app.post(
      '/api/registration/start',
      {
        config: perMinute(60),
        schema: { body: registrationStartSchema, response: { 200: registrationStartedSchema } },
      },
      async ({ body }) => await registration.start(body),
    );

    app.post(
      '/api/registration/finish',
      { config: perMinute(60), schema: { body: registrationFinishSchema, response: { 201: registeredSchema } } },
      async ({ body }, reply) => await reply.code(201).send(await registration.finish(body)),
    );
    ready();
  };
