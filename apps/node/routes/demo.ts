/** The made-up people of a demo, one click each, the demo's other hospitals, and the letters to people. Anywhere else there are no such pages. */
import { type DemoMailbox, demoMailboxSchema, demoPeopleSchema, type DemoPeople } from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { ApiError } from '../http/errors.ts';

export interface DemoRoutePorts {
  /** Undefined where this is no demo. */
  readonly people: () => DemoPeople | undefined;
  readonly letters: () => DemoMailbox['letters'] | undefined;
}

export const demoRoutes =
  ({ people, letters }: DemoRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.get(
      '/api/demo/mailbox',
      { config: { access: 'public' }, schema: { response: { 200: demoMailboxSchema } } },
      async () => {
        const found = letters();
        if (found === undefined) throw new ApiError('not-found');
        return { letters: [...found] };
      },
    );

    app.get(
      '/api/demo/people',
      { config: { access: 'public' }, schema: { response: { 200: demoPeopleSchema } } },
      async () => {
        const found = people();
        if (found === undefined) throw new ApiError('not-found');
        return found;
      },
    );
    done();
  };
