/** "I don't recognise this": the patient asks about one access of the own list, the desk must answer. */
import {
  deskDisputeListSchema,
  type Dispute,
  disputeAnswerSchema,
  disputeListSchema,
  disputeRequestSchema,
  disputeSchema,
} from '@clearchart/api';
import {
  answerDispute,
  type Clock,
  disputeAccess,
  DISPUTED_ACCESS,
  DISPUTES,
  type DisputeTask,
  parseDispute,
} from '@clearchart/exchange';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Accesses, OWN_SCOPE } from '../accesses/index.ts';
import { contentOf, type ClinicalStore, Refusal } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { parsePatient, personName } from './patient-lines.ts';

const MOST_OF_ONE_PATIENT = 50;
const MOST_AT_THE_DESK = 100;

export interface DisputeRoutePorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly clock: Clock;
}

/** What the store hands back, as far as it is looked at here. */
interface StoredTask {
  readonly id: string;
  readonly version: number;
  readonly content: Uint8Array;
}

const id = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);
const byId = z.object({ id });
const byAccess = z.object({ id, access: z.string().regex(/^[0-9a-f]{32}$/) });
const byState = z.strictObject({ state: z.enum(['open', 'answered']).default('open') });

export const disputeRoutes =
  ({ clinical, accesses, clock }: DisputeRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    // Tasks without a subject are seen by nobody's own right; what leaves here is decided here.
    const own = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
    const now = (): string => new Date(clock.now()).toISOString();

    function ownPseudonym(caller: Caller | undefined, patient: string): string {
      const pseudonym = accesses.joined.isOf(caller?.person, patient) ? clinical.pseudonymOf(patient) : undefined;
      if (pseudonym === undefined) throw new ApiError('not-found');
      return pseudonym;
    }

    function disputesOf(patient: string): StoredTask[] {
      return own.find('Task', `${DISPUTES}&requester=Patient/${patient}`, MOST_OF_ONE_PATIENT, { newestFirst: true });
    }

    /** None for a Task that a program wrote and that only looks like one. */
    function told({ id: task, version, content }: StoredTask): (Dispute & { patient: string })[] {
      const dispute = parseDispute(contentOf<DisputeTask>({ content }));
      if (dispute === undefined) return [];
      return [{ id: task, ...dispute, transactionId: clinical.versionAnchor('Task', task, version) ?? '' }];
    }

    /** Of a version just written. */
    function toldOf(version: StoredTask | undefined): Dispute {
      const [dispute] = version === undefined ? [] : told(version);
      if (dispute === undefined) throw new Error('a dispute was not written');
      return dispute;
    }

    app.get(
      '/api/patients/:id/disputes',
      { config: { access: ['patient'] }, schema: { params: byId, response: { 200: disputeListSchema } } },
      ({ caller, params }) => {
        ownPseudonym(caller, params.id);
        return { disputes: disputesOf(params.id).flatMap(told) };
      },
    );

    app.post(
      '/api/patients/:id/accesses/:access/dispute',
      {
        config: { access: ['patient'] },
        schema: { params: byAccess, body: disputeRequestSchema, response: { 201: disputeSchema } },
      },
      async ({ caller, params: { id: patient, access }, body: { words } }, reply) => {
        const pseudonym = ownPseudonym(caller, patient);
        if (accesses.entries.opening(pseudonym, access) === undefined) throw new ApiError('not-found');
        if (disputesOf(patient).length >= MOST_OF_ONE_PATIENT) throw new ApiError('too-many-disputes');
        const asked = { access, patient, askedAt: now(), ...(words === undefined ? {} : { words }) };
        const same = `${DISPUTES}&identifier=${encodeURIComponent(`${DISPUTED_ACCESS}|${access}`)}`;
        const { version } = await own.create('Task', disputeAccess(asked), same);
        return await reply.code(201).send(toldOf(version));
      },
    );

    app.get(
      '/api/disputes',
      {
        config: { access: ['administrator'] },
        schema: { querystring: byState, response: { 200: deskDisputeListSchema } },
      },
      async ({ caller, query: { state } }) => {
        if (caller === undefined) throw new ApiError('bad-credentials');
        const status = state === 'open' ? 'requested' : 'completed';
        const found = own.find('Task', `${DISPUTES}&status=${status}`, MOST_AT_THE_DESK).flatMap(told);
        const session = clinical.session({ ...accesses.listContextOf(caller), baseUrl: '' });
        const people = new Map(
          found.flatMap(({ patient }) => {
            const version = session.resolve(`Patient/${patient}`);
            return version === undefined ? [] : [[patient, version] as const];
          }),
        );
        await session.disclose('search-type', [...people.values()]);
        return {
          disputes: found.map(({ patient, ...dispute }) => {
            const person = people.get(patient);
            return {
              ...dispute,
              patientId: patient,
              patientName: person === undefined ? '' : personName(parsePatient(person.content)),
              ...accessTold(patient, dispute.access),
            };
          }),
        };
      },
    );

    function accessTold(patient: string, access: string) {
      const entry = accesses.entries.opening(clinical.pseudonymOf(patient) ?? '', access)?.entry;
      const reader = accesses.windows.detailOf(access)?.detail.name;
      return {
        ...(reader === undefined ? {} : { reader }),
        ...(entry?.kind === 'opened' ? { purpose: entry.purpose, openedAt: entry.at } : {}),
      };
    }

    app.post(
      '/api/disputes/:id/answer',
      {
        config: { access: ['administrator'] },
        schema: { params: byId, body: disputeAnswerSchema, response: { 200: disputeSchema } },
      },
      async ({ caller, params, body }) => {
        const [found] = own.find('Task', `${DISPUTES}&_id=${params.id}`, 1);
        if (found === undefined || told(found).length === 0) throw new ApiError('not-found');
        const task = answerDispute(contentOf<DisputeTask>(found), { ...body, by: caller?.name ?? '', at: now() });
        if (task === undefined) throw new ApiError('already-answered');
        try {
          const { version } = await own.update('Task', { id: params.id }, task, found.version);
          return toldOf(version);
        } catch (fault) {
          // Somebody else at the desk was faster: the first answer stands.
          if (fault instanceof Refusal && fault.status === 412) throw new ApiError('already-answered');
          throw fault;
        }
      },
    );
    done();
  };
