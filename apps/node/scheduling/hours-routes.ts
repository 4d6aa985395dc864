/** Hours and times off over HTTP: a practitioner for the own roles, the desk for anybody's. */
import {
  fhirIdSchema,
  hoursChangeSchema,
  hoursCheckedSchema,
  hoursCheckSchema,
  hoursListSchema,
  roleHoursSchema,
} from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import type { Hours } from './hours.ts';

const WHO = { access: ['administrator', 'practitioner'] } as const;
const params = z.object({ role: fhirIdSchema });

export const hoursRoutes =
  (hours: Hours): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.get('/api/hours', { config: WHO, schema: { response: { 200: hoursListSchema } } }, ({ caller }) =>
      hours.list(ownerOf(caller)),
    );

    app.get(
      '/api/hours/:role',
      { config: WHO, schema: { params, response: { 200: roleHoursSchema } } },
      ({ caller, params: { role } }) => hours.of(role, ownerOf(caller)),
    );

    app.post(
      '/api/hours/:role/check',
      {
        config: { ...WHO, again: 'reads' },
        schema: { params, body: hoursCheckSchema, response: { 200: hoursCheckedSchema } },
      },
      ({ caller, params: { role }, body }) => hours.check(role, body, ownerOf(caller)),
    );

    app.post(
      '/api/hours/:role',
      { config: WHO, schema: { params, body: hoursChangeSchema, response: { 200: roleHoursSchema } } },
      ({ caller, params: { role }, body }) => hours.save(role, body, ownerOf(caller)),
    );
    done();
  };

/** Undefined for the desk alone: whoever else comes has own roles or none. */
function ownerOf(caller: Caller | undefined): string | undefined {
  if (caller?.role === 'administrator') return undefined;
  const person = caller?.role === 'practitioner' ? caller.person : undefined;
  if (person?.startsWith('Practitioner/') !== true) throw new ApiError('not-found');
  return person.slice('Practitioner/'.length);
}
