/** Favourite prescriptions over HTTP: whose they are says the caller, never the request. */
import { favouriteChangeSchema, favouriteListSchema } from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import type { Favourites } from './favourites.ts';

const WHO = { access: ['practitioner'] } as const;
const PATH = '/api/favourites';
const response = { 200: favouriteListSchema };

export const favouriteRoutes =
  (favourites: Favourites): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.get(PATH, { config: WHO, schema: { response } }, ({ caller }) => favourites.of(ownerOf(caller)));

    app.post(PATH, { config: WHO, schema: { body: favouriteChangeSchema, response } }, ({ caller, body }) =>
      favourites.save(ownerOf(caller), body),
    );
    done();
  };

/** A FHIR id. */
function ownerOf(caller: Caller | undefined): string {
  const person = caller?.person;
  if (person?.startsWith('Practitioner/') !== true) throw new ApiError('not-found');
  return person.slice('Practitioner/'.length);
}
