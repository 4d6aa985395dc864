/** The desk's list of people, newest first: identity and contact, found by e-mail, name, phone or id, page by page. */
import { registrySchema } from '@clearchart/api';
import type { Engine, TransactionId } from '@clearchart/ledger';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Accesses } from '../accesses/index.ts';
import type { ClinicalSession, ClinicalStore } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';
import { answerOf } from './clinical-answer.ts';
import { addressOf, contactOf, parsePatient, personName } from './patient-lines.ts';

const PAGE_SIZE = 25;
/** Past this many lines a search is narrowed, not leafed through. */
const LAST_PAGE = 40;

export interface RegistryRoutePorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly engine: Engine;
  readonly isInCustody: (patientId: string) => boolean;
  readonly accountStateOf: (patientId: string) => 'none' | 'invited' | 'active' | 'deactivated';
}

const querystring = z.strictObject({
  query: z.string().max(200).default(''),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
});

export const registryRoutes =
  ({ clinical, accesses, engine, accountStateOf, isInCustody }: RegistryRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.get(
      '/api/registry',
      { config: { access: ['administrator'] }, schema: { querystring, response: { 200: registrySchema } } },
      async ({ caller, query: { query, page } }) => {
        if (caller === undefined) throw new ApiError('bad-credentials');
        const session = clinical.session({ ...accesses.listContextOf(caller), baseUrl: '' });
        const criteria = await answerOf(criteriaFor(query.trim(), session));
        const text = new URLSearchParams(criteria.map(([name, value]): [string, string] => [name, value])).toString();
        const found = session.find('Patient', text, PAGE_SIZE, { newestFirst: true, skip: (page - 1) * PAGE_SIZE });
        await session.disclose('search-type', found);
        const lines = found.map(({ id, version, updated, content }) => {
          const patient = parsePatient(content);
          const transaction = clinical.versionAnchor('Patient', id, version);
          return {
            id,
            name: personName(patient),
            ...optional('birthDate', patient.birthDate),
            ...optional('gender', patient.gender),
            ...optional('email', contactOf(patient, 'email')),
            ...optional('phone', contactOf(patient, 'phone')),
            ...optional('address', addressOf(patient)),
            registeredAt: clinical.createdAt('Patient', id) ?? updated,
            versionId: String(version),
            account: accountStateOf(id),
            inCustody: isInCustody(id),
            finality: (transaction && engine.finality(transaction as TransactionId)) || ('pending' as const),
          };
        });
        return { lines, page, pageSize: PAGE_SIZE, total: await countOf(session, criteria) };
      },
    );
    done();
  };

type Criteria = readonly (readonly [string, string])[];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EVERYBODY: Criteria = [['_lastUpdated', 'ge1970-01-01']];
const PHONE = /^\+?[\d\s().-]{4,}$/;

/** The first reading of the words that finds somebody: id, e-mail, phone, any identifier, name. */
async function criteriaFor(query: string, session: ClinicalSession): Promise<Criteria> {
  if (query === '') return EVERYBODY;
  const readings: Criteria[] = [];
  if (UUID.test(query)) readings.push([['_id', query.toLowerCase()]]);
  if (query.includes('@')) readings.push([['email', query]]);
  if (PHONE.test(query)) readings.push([['phone', query]]);
  if (!/\s/.test(query)) readings.push([['identifier', escaped(query)]]);
  const byName: Criteria = query.split(/\s+/).map((word) => ['name', escaped(word)] as const);
  for (const reading of readings) if ((await countOf(session, reading)) > 0) return reading;
  return byName;
}

/** A comma or a bar in a search value has a meaning of its own (FHIR R4 §3.1.1.3). */
function escaped(value: string): string {
  return value.replace(/[\\$,|]/g, (letter) => `\\${letter}`);
}

async function countOf(session: ClinicalSession, criteria: Criteria): Promise<number> {
  const parameters = [
    ...criteria.map(([name, value]): [string, string] => [name, value]),
    ['_summary', 'count'] as [string, string],
  ];
  const bundle = JSON.parse(Buffer.from(await session.search('Patient', parameters)).toString('utf8')) as {
    total?: number;
  };
  return bundle.total ?? 0;
}

function optional<Name extends string>(name: Name, value: string | undefined): { [One in Name]?: string } {
  return value === undefined || value === '' ? {} : ({ [name]: value } as { [One in Name]?: string });
}
