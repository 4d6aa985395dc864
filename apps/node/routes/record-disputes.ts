/** "Something is wrong here": the patient disputes one record, and whoever treats the patient answers. Read as FHIR Tasks. */
import { recordAnswerSchema, recordDisputeRequestSchema, recordDisputeSchema } from '@clearchart/api';
import {
  answerRecordDispute,
  type Clock,
  DISPUTABLE_TYPES,
  disputeRecord,
  parseRecordDispute,
  RECORD_DISPUTES,
  type RecordDisputeTask,
  withdrawDispute,
} from '@clearchart/exchange';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Accesses, OWN_SCOPE } from '../accesses/index.ts';
import { contentOf, type ClinicalStore, Refusal } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';

const MOST_OPEN_OF_ONE_PATIENT = 50;
const OPEN = `${RECORD_DISPUTES}&status=requested`;

export interface RecordDisputeRoutePorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly clock: Clock;
}

const id = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);
const byId = z.object({ id });
const byVersion = z.object({
  type: z.string().regex(/^[A-Za-z]{1,64}$/),
  id,
  versionId: z.string().regex(/^[1-9]\d{0,9}$/),
});

export const recordDisputeRoutes =
  ({ clinical, accesses, clock }: RecordDisputeRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    // Nobody writes these Tasks by the own right (C41); what a caller may do is decided here.
    const own = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
    const now = (): string => new Date(clock.now()).toISOString();

    /** The task, if the caller sees it: with the right to the record, the right to what is said about it. */
    function seen(caller: Caller | undefined, task: string) {
      if (caller === undefined) throw new ApiError('bad-credentials');
      const session = clinical.session({ ...accesses.contextOf(caller), baseUrl: '' });
      const found = session.resolve(`Task/${task}`);
      const content = found === undefined ? undefined : contentOf<RecordDisputeTask>(found);
      const dispute = content === undefined ? undefined : parseRecordDispute(content);
      if (found === undefined || content === undefined || dispute === undefined) throw new ApiError('not-found');
      return { version: found.version, task: content, dispute, session };
    }

    async function replace(id: string, task: RecordDisputeTask, version: number) {
      try {
        const outcome = await own.update('Task', { id }, task, version);
        return told(id, outcome.version?.version ?? version + 1, task);
      } catch (fault) {
        // Somebody else was faster: what came first stands.
        if (fault instanceof Refusal && fault.status === 412) throw new ApiError('already-answered');
        throw fault;
      }
    }

    function told(id: string, version: number, task: RecordDisputeTask) {
      const state = parseRecordDispute(task)?.state ?? 'open';
      return { id, state, transactionId: clinical.versionAnchor('Task', id, version) ?? '' };
    }

    app.post(
      '/api/records/:type/:id/versions/:versionId/dispute',
      {
        config: { access: ['patient'] },
        schema: { params: byVersion, body: recordDisputeRequestSchema, response: { 201: recordDisputeSchema } },
      },
      async ({ caller, params, body: { words } }, reply) => {
        const patient = caller?.person?.startsWith('Patient/') ? caller.person.slice('Patient/'.length) : undefined;
        const type = DISPUTABLE_TYPES.find((one) => one === params.type);
        if (patient === undefined || type === undefined) throw new ApiError('not-found');
        const people = [patient, ...accesses.joined.sameAs(patient)];
        const ofPatient = type === 'Patient' ? `_id=${people.join(',')}` : `patient=${people.join(',')}`;
        const [record] = own.find(type, `_id=${params.id}&${ofPatient}`, 1);
        const version = Number(params.versionId);
        if (record === undefined || record.id !== params.id || version > record.version)
          throw new ApiError('not-found');
        const open = own.find('Task', `${OPEN}&patient=Patient/${patient}`, MOST_OPEN_OF_ONE_PATIENT);
        if (open.length >= MOST_OPEN_OF_ONE_PATIENT) throw new ApiError('too-many-record-disputes');
        const task = disputeRecord({ type, record: params.id, version, patient, words, askedAt: now() });
        const same = `${OPEN}&patient=Patient/${patient}&focus=${type}/${params.id}`;
        const written = (await own.create('Task', task, same)).version;
        if (written === undefined) throw new Error('a dispute was not written');
        return await reply.code(201).send(told(written.id, written.version, contentOf<RecordDisputeTask>(written)));
      },
    );

    app.post(
      '/api/record-disputes/:id/withdraw',
      { config: { access: ['patient'] }, schema: { params: byId, response: { 200: recordDisputeSchema } } },
      async ({ caller, params }) => {
        const { task, version } = seen(caller, params.id);
        const withdrawn = withdrawDispute(task, now());
        if (withdrawn === undefined) throw new ApiError('already-answered');
        return await replace(params.id, withdrawn, version);
      },
    );

    app.post(
      '/api/record-disputes/:id/answer',
      {
        config: { access: ['practitioner'] },
        schema: { params: byId, body: recordAnswerSchema, response: { 200: recordDisputeSchema } },
      },
      async ({ caller, params, body }) => {
        const { task, version, dispute, session } = seen(caller, params.id);
        // A record taken away since has no newer version to show.
        const newest = session.resolve(`${dispute.type}/${dispute.record}`)?.version ?? dispute.version;
        const answered = answerRecordDispute(task, { ...body, by: caller?.name ?? '', at: now() }, newest);
        if (typeof answered === 'string') throw new ApiError(answered);
        return await replace(params.id, answered, version);
      },
    );
    done();
  };
