/** The desk's routes about records of one person: found, told apart, joined, taken apart. The desk sees who somebody is, and no record. */
import {
  apartListSchema,
  apartSchema,
  duplicatesSchema,
  type DuplicatePerson,
  fhirIdSchema,
  joinedListSchema,
  joinSchema,
  separateSchema,
} from '@clearchart/api';
import type { Clock } from '@clearchart/exchange';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Accesses, OWN_SCOPE } from '../accesses/index.ts';
import type { AccountStore } from '../accounts/index.ts';
import type { ClinicalStore } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { answerOf } from '../routes/clinical-answer.ts';
import { addressOf, contactOf, parsePatient, personName } from '../routes/patient-lines.ts';
import { type Duplicates, findDuplicates } from './duplicates.ts';
import { JoinRecords } from './join-records.ts';

const DESK = { access: ['administrator'] } as const;
const PAGE_SIZE = 20;
const LAST_PAGE = 1_000;
const done = z.object({}).strict();

export interface JoinedRecordRoutePorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly accountStateOf: (patientId: string) => DuplicatePerson['account'];
}

export const joinedRecordRoutes =
  ({ clinical, accesses, accounts, clock, accountStateOf }: JoinedRecordRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, ready) => {
    const own = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
    const records = new JoinRecords({ session: own, accounts, clock });
    /** Looked for anew once a Patient has been written. */
    let found: Promise<Duplicates> | undefined;
    const stopListening = clinical.onCommitted((types) => {
      if (types.has('Patient')) found = undefined;
    });
    app.addHook('onClose', (_app, closed) => {
      stopListening();
      closed();
    });

    /** Who they are, for this administrator; a line of the audit log for each. Undefined when one is not there any more. */
    async function peopleOf(ids: readonly string[], caller: Caller | undefined) {
      if (caller === undefined) throw new ApiError('bad-credentials');
      const session = clinical.session({ ...accesses.listContextOf(caller), baseUrl: '' });
      const versions = new Map(
        [...new Set(ids)].flatMap((id) => {
          const version = session.resolve(`Patient/${id}`);
          return version === undefined ? [] : [[id, version] as const];
        }),
      );
      await session.disclose('search-type', [...versions.values()]);
      return (id: string): DuplicatePerson | undefined => {
        const version = versions.get(id);
        if (version === undefined) return undefined;
        const patient = parsePatient(version.content);
        const facts = {
          birthDate: patient.birthDate,
          gender: patient.gender,
          email: contactOf(patient, 'email'),
          phone: contactOf(patient, 'phone'),
          address: addressOf(patient),
        };
        return {
          id,
          name: personName(patient),
          ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== '')),
          registeredAt: clinical.createdAt('Patient', id) ?? version.updated,
          account: accountStateOf(id),
        };
      };
    }

    app.get(
      '/api/duplicates',
      {
        config: DESK,
        schema: {
          querystring: z.strictObject({ page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1) }),
          response: { 200: duplicatesSchema },
        },
      },
      async ({ caller, query: { page } }) => {
        found ??= findDuplicates(own);
        const { pairs: all, partial } = await found.catch((fault: unknown) => {
          found = undefined;
          throw fault;
        });
        const open = all.filter(({ patients }) => !accounts.apart.has(patients));
        const shown = open.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
        const personOf = await peopleOf(
          shown.flatMap(({ patients }) => patients),
          caller,
        );
        const pairs = shown.flatMap(({ patients: [first, second], because }) => {
          const [one, other] = [personOf(first), personOf(second)];
          return one === undefined || other === undefined
            ? []
            : [{ people: [one, other] satisfies [DuplicatePerson, DuplicatePerson], because: [...because] }];
        });
        return { pairs, page, pageSize: PAGE_SIZE, total: open.length, partial };
      },
    );

    app.get(
      '/api/duplicates/apart',
      { config: DESK, schema: { response: { 200: apartListSchema } } },
      async ({ caller }) => {
        const kept = accounts.apart.list();
        const personOf = await peopleOf(
          kept.flatMap(({ patients }) => patients),
          caller,
        );
        const pairs = kept.flatMap(({ patients: [first, second], by, at }) => {
          const [one, other] = [personOf(first), personOf(second)];
          return one === undefined || other === undefined
            ? []
            : [{ people: [one, other] satisfies [DuplicatePerson, DuplicatePerson], by, at }];
        });
        return { pairs };
      },
    );

    app.post(
      '/api/duplicates/apart',
      { config: DESK, schema: { body: apartSchema, response: { 200: done } } },
      ({ caller, body: { patients } }) => {
        if (patients.some((id) => own.resolve(`Patient/${id}`) === undefined)) throw new ApiError('not-found');
        accounts.apart.keep({ patients, by: caller?.name ?? '', at: clock.now() });
        return {};
      },
    );

    app.post(
      '/api/duplicates/apart/take-back',
      { config: DESK, schema: { body: apartSchema, response: { 200: done } } },
      ({ body: { patients } }) => {
        if (!accounts.apart.takeBack(patients)) throw new ApiError('not-found');
        return {};
      },
    );

    app.get(
      '/api/joined-records',
      { config: DESK, schema: { response: { 200: joinedListSchema } } },
      async ({ caller }) => {
        const pairs = records.list();
        const personOf = await peopleOf(
          pairs.flatMap(({ survivor, replaced }) => [survivor, replaced]),
          caller,
        );
        const joined = pairs.flatMap(({ survivor, replaced, ...act }) => {
          const [kept, taken] = [personOf(survivor), personOf(replaced)];
          return kept === undefined || taken === undefined ? [] : [{ survivor: kept, replaced: taken, ...act }];
        });
        return { joined };
      },
    );

    app.post(
      '/api/joined-records',
      { config: DESK, schema: { body: joinSchema, response: { 201: done } } },
      async ({ caller, body }, reply) => {
        await answerOf(records.join({ ...body, by: caller?.name ?? '' }));
        return await reply.code(201).send({});
      },
    );

    app.post(
      '/api/joined-records/:id/separate',
      {
        config: DESK,
        schema: { params: z.object({ id: fhirIdSchema }), body: separateSchema, response: { 200: done } },
      },
      async ({ caller, params, body: { reason } }) => {
        await answerOf(records.separate(params.id, { reason, by: caller?.name ?? '' }));
        return {};
      },
    );
    ready();
  };
