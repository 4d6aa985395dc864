/** The desk's lists of patients, and who somebody may be. Traits of people travel in bodies, never in addresses. */
import {
  alikeAskedSchema,
  alikeFoundSchema,
  lastPatientListSchema,
  patientListCheckedSchema,
  patientListImportSchema,
  patientListSchema,
  type PatientListWriting,
  patientListWritingSchema,
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
        // The same list again writes nobody twice, with and without a key.
        config: { ...DESK, again: 'reads' },
        schema: { body: patientListImportSchema, response: { 202: patientListWritingSchema } },
      },
      async ({ body: { csv, alsoKnown, expected }, caller }, reply) => {
        const writing = await answerOf(lists.start(csv, alsoKnown, expected, known(caller)));
        return await reply.code(202).send(writing);
      },
    );

    app.get('/api/patient-lists/last', { config: DESK, schema: { response: { 200: lastPatientListSchema } } }, () =>
      lastOf(lists.told()),
    );

    app.delete(
      '/api/patient-lists/last',
      { config: { ...DESK, again: 'reads' }, schema: { response: { 200: lastPatientListSchema } } },
      async () => lastOf(await lists.breakOff()),
    );

    app.addHook('onClose', async () => {
      await lists.breakOff();
    });
    done();
  };

function known(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new ApiError('bad-credentials');
  return caller;
}

const lastOf = (list: PatientListWriting | undefined) => (list === undefined ? {} : { list });
