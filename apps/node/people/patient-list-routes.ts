/** The desk's lists of patients, and who somebody may be. Traits of people travel in bodies, never in addresses. */
import {
  alikeAskedSchema,
  alikeFoundSchema,
  patientListCheckedSchema,
  patientListImportedSchema,
  patientListImportSchema,
  patientListSchema,
} from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { answerOf } from '../routes/clinical-answer.ts';
import { knownPeople } from './known-people.ts';
import { PatientImport, type PatientImportPorts } from './patient-import.ts';

const DESK = { access: ['administrator'] } as const;
/** Bytes; letters of other scripts take up to four. */
const LARGEST_LIST_BYTES = 6 * 1024 * 1024;

export const patientListRoutes =
  (ports: PatientImportPorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const lists = new PatientImport(ports);

    app.post(
      '/api/patients/alike',
      { config: { ...DESK, again: 'reads' }, schema: { body: alikeAskedSchema, response: { 200: alikeFoundSchema } } },
      async ({ body, caller }) => {
        const context = ports.accesses.listContextOf(known(caller));
        const session = ports.clinical.session({ ...context, baseUrl: '' });
        const { alike, versions } = knownPeople(session, body);
        await session.disclose('search-type', versions);
        return { people: [...alike] };
      },
    );

    app.post(
      '/api/patient-lists/check',
      {
        bodyLimit: LARGEST_LIST_BYTES,
        config: { ...DESK, again: 'reads' },
        schema: { body: patientListSchema, response: { 200: patientListCheckedSchema } },
      },
      async ({ body, caller }) => await lists.check(body.csv, known(caller)),
    );

    app.post(
      '/api/patient-lists',
      {
        bodyLimit: LARGEST_LIST_BYTES,
        config: DESK,
        schema: { body: patientListImportSchema, response: { 201: patientListImportedSchema } },
      },
      async ({ body: { csv, alsoKnown, expected }, caller }, reply) => {
        const imported = await answerOf(lists.import(csv, alsoKnown, expected, known(caller)));
        return await reply.code(201).send(imported);
      },
    );
    done();
  };

function known(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new ApiError('bad-credentials');
  return caller;
}
