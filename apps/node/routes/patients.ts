/** Who saw a record, with everything the patient's browser needs to check the list; and a practitioner's own patients. */
import { accessListSchema, myPatientsSchema } from '@clearchart/api';
import { contains, type Clock } from '@clearchart/exchange';
import {
  accessLogKey,
  type AccessLogState,
  completeKey,
  EMPTY_ACCESS_LOG,
  type OrganizationId,
  type Pseudonym,
} from '@clearchart/ledger';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FRESH_ENOUGH_MS } from '../accesses/access-batches.ts';
import type { Accesses } from '../accesses/index.ts';
import type { ClinicalStore } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { plain, plainFinality } from '../http/ledger-objects.ts';
import type { LedgerReader } from '../ledger/ledger-reader.ts';
import { assertWhole } from '../ledger/older-blocks.ts';
import { parsePatient, personName } from './patient-lines.ts';

const ENTRIES_PER_ANSWER = 1_000;
const MOST_OWN_PATIENTS = 500;

export interface PatientRoutePorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly reader: LedgerReader;
  readonly clock: Clock;
}

const byId = z.object({ id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/) });
const after = z.strictObject({ after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0) });

export const patientRoutes =
  ({ clinical, accesses, reader, clock }: PatientRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    /** Only the patient, also for a record that was joined with the own; for everybody else there is no such list. */
    function ownPseudonym(caller: Caller | undefined, id: string): Pseudonym {
      if (!accesses.joined.isOf(caller?.person, id)) throw new ApiError('not-found');
      const pseudonym = clinical.pseudonymOf(id);
      if (pseudonym === undefined) throw new ApiError('not-found');
      return pseudonym as Pseudonym;
    }

    app.get(
      '/api/patients/:id/accesses',
      {
        config: { access: ['patient'] },
        schema: { params: byId, querystring: after, response: { 200: accessListSchema } },
      },
      async ({ caller, params, query }) => {
        const pseudonym = ownPseudonym(caller, params.id);
        accesses.batches.renewIfOlderThan(FRESH_ENOUGH_MS);
        const proof = reader.stateProof(accessLogKey(pseudonym));
        if (proof === undefined) throw new ApiError('not-in-a-block-yet');
        const { stateProof, header } = proof;
        // Entries of a block that is lacking would look as if somebody had taken them away.
        if (accesses.entries.height < header.height) assertWhole(reader.older);
        const final = reader.finalityProof(header);
        const log = stateProof.value as AccessLogState | null;
        const count = log?.count ?? 0;
        const entries = accesses.entries.list(pseudonym, query.after, ENTRIES_PER_ANSWER);
        return {
          pseudonym,
          // The proof is of this header's state: entries of later blocks come with the next answer.
          entries: entries.filter(({ position }) => position < count).map((entry) => lineOf(entry)),
          count,
          runningHash: log?.runningHash ?? EMPTY_ACCESS_LOG,
          stateProof,
          header: plain(header),
          ...plainFinality(final),
          completeness: reader.members().map(({ organization, name }) => {
            const complete = reader.stateProofUnder(header, completeKey(organization as OrganizationId));
            const time = (complete.value as { time: number } | null)?.time ?? null;
            return { organization, name, time, stateProof: complete };
          }),
          memberChanges: reader.memberChangesTo(final).map(plain),
          genesis: plain(reader.genesis),
        };
      },
    );

    function lineOf({
      position,
      height,
      transactionId,
      organization,
      entry,
    }: ReturnType<Accesses['entries']['list']>[number]) {
      const opened = accesses.windows.detailOf(entry.access);
      return {
        index: position,
        entry: plain(entry),
        organization,
        organizationName: reader.organizationName(organization),
        ...(opened === undefined
          ? {}
          : {
              practitioner: opened.detail.name,
              role: opened.detail.role,
              opening: plain(opened),
            }),
        height,
        transactionId,
      };
    }

    app.get(
      '/api/my-patients',
      { config: { access: ['practitioner'] }, schema: { response: { 200: myPatientsSchema } } },
      async ({ caller }) => {
        if (caller?.person === undefined) return { patients: [] };
        const now = clock.now();
        const current = accesses.relationships.of(caller.person).filter(({ span }) => contains(span, now));
        const session = clinical.session({ ...accesses.listContextOf(caller), baseUrl: '' });
        const byPatient = new Map(
          current.map((relationship) => {
            const patient = accesses.joined.survivorOf(relationship.patient);
            return [patient, { ...relationship, patient }];
          }),
        );
        const found = [...byPatient.values()].slice(0, MOST_OWN_PATIENTS).flatMap((relationship) => {
          const version = session.resolve(`Patient/${relationship.patient}`);
          return version === undefined ? [] : [{ ...relationship, version }];
        });
        await session.disclose(
          'search-type',
          found.map(({ version }) => version),
        );
        const patients = found.map(({ patient, relation, span, version }) => {
          const line = parsePatient(version.content);
          return {
            id: patient,
            name: personName(line),
            ...(line.birthDate === undefined ? {} : { birthDate: line.birthDate }),
            ...(line.gender === undefined ? {} : { gender: line.gender }),
            relation,
            ...(Number.isFinite(span.from) ? { since: new Date(span.from).toISOString() } : {}),
            ...(Number.isFinite(span.until) ? { until: new Date(span.until).toISOString() } : {}),
          };
        });
        return { patients: patients.sort((left, right) => (left.name < right.name ? -1 : 1)) };
      },
    );
    done();
  };
