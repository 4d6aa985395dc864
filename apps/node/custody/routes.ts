/** The desk's routes about keys in custody. */
import {
  custodyAskedSchema,
  custodyEntriesSchema,
  custodyEntriesWrittenSchema,
  custodyTakenSchema,
  fhirIdSchema,
} from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../http/errors.ts';
import { answerOf } from '../routes/clinical-answer.ts';
import { writeEntries, type WriteEntriesPorts } from './write-entries.ts';

const ADMINISTRATOR = { access: ['administrator'] } as const;
const byId = z.object({ id: fhirIdSchema });

export const custodyRoutes =
  (ports: WriteEntriesPorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.post(
      '/api/patients/:id/custody',
      {
        config: ADMINISTRATOR,
        schema: { params: byId, body: custodyAskedSchema, response: { 201: custodyTakenSchema } },
      },
      async ({ caller, params, body }, reply) => {
        if (caller?.accountId === undefined) throw new ApiError('bad-credentials');
        await ports.custody.take(params.id, body.shown, { accountId: caller.accountId, name: caller.name });
        return await reply.code(201).send({});
      },
    );

    app.post(
      '/api/patients/:id/custody/entries',
      {
        config: ADMINISTRATOR,
        schema: { params: byId, body: custodyEntriesSchema, response: { 201: custodyEntriesWrittenSchema } },
      },
      async ({ caller, params, body }, reply) => {
        if (caller === undefined) throw new ApiError('bad-credentials');
        const transactionId = await answerOf(writeEntries(ports, params.id, body, caller.name));
        return await reply.code(201).send({ transactionId });
      },
    );
    done();
  };
