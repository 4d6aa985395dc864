/** The doors of the tamper lab, for any visitor of a demo. Whoever composes a node registers them, or they are not there. */
import {
  labBlockSchema,
  labChangeRequestSchema,
  labReadRequestSchema,
  labSchema,
  labToldSchema,
} from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../http/errors.ts';
import { perMinute } from '../http/rate-limits.ts';
import type { Hospital } from '../hospital.ts';
import type { TamperLab } from './tamper-lab.ts';

/** From one address: each copies a file of blocks. */
const CHANGES_PER_MINUTE = 60;
/** From one address, of each kind: a page asks again while a change waits to be found. */
const LOOKS_PER_MINUTE = 240;

/** @throws Error for a hospital that no demo made */
export function labRoutes(
  lab: TamperLab,
  { demo, organization: here }: Pick<Hospital, 'demo' | 'organization'>,
): FastifyPluginCallbackZod {
  if (!demo) throw new Error('a tamper lab was given to a hospital that no demo made');
  return (app, _options, done) => {
    app.get('/api/demo/lab', { config: perMinute(LOOKS_PER_MINUTE), schema: { response: { 200: labSchema } } }, () =>
      lab.view(here),
    );

    app.get(
      '/api/demo/lab/blocks/:height',
      {
        config: perMinute(LOOKS_PER_MINUTE),
        schema: {
          params: z.strictObject({ height: z.coerce.number().int().min(1) }),
          querystring: labReadRequestSchema.pick({ organization: true }),
          response: { 200: labBlockSchema },
        },
      },
      async ({ params, query }) => {
        const found = await lab.look({ ...query, ...params });
        if (found === undefined) throw new ApiError('not-found');
        return found;
      },
    );

    app.post(
      '/api/demo/lab/change',
      {
        config: perMinute(CHANGES_PER_MINUTE),
        schema: { body: labChangeRequestSchema, response: { 200: labToldSchema } },
      },
      async ({ body }) => {
        const changed = await lab.change(body);
        if (typeof changed === 'string') throw new ApiError(changed);
        return changed;
      },
    );

    app.post(
      '/api/demo/lab/read',
      {
        config: perMinute(CHANGES_PER_MINUTE),
        schema: { body: labReadRequestSchema, response: { 200: labToldSchema } },
      },
      async ({ body }) => {
        const told = await lab.read(body);
        if (told === undefined) throw new ApiError('not-found');
        return told;
      },
    );
    done();
  };
}
