/** The made-up people of a demo, one click each. Anywhere else there is no such page. */
import { demoPeopleSchema, type DemoPeople } from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { ApiError } from '../http/errors.ts';

export type DemoPerson = DemoPeople['people'][number];

export const demoRoutes =
  (people: () => readonly DemoPerson[] | undefined): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.get(
      '/api/demo/people',
      { config: { access: 'public' }, schema: { response: { 200: demoPeopleSchema } } },
      async () => {
        const found = people();
        if (found === undefined) throw new ApiError('not-found');
        return { people: [...found] };
      },
    );
    done();
  };
