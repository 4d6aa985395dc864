/** The patient's own record as one file: every version with its receipt, checked by `verify` without this hospital (L53). */
import { Readable } from 'node:stream';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Accesses } from '../accesses/index.ts';
import type { ClinicalSession, ClinicalStore, VersionWithOpening } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';
import type { LedgerReader } from '../ledger/ledger-reader.ts';
import { assertWhole } from '../ledger/older-blocks.ts';
import { exportParts } from '../operator/export.ts';

/** Versions in memory at a time, and in one line of the audit log. */
const AT_ONCE = 200;
const RETRY_AFTER_SECONDS = 30;

export interface PatientExportPorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly reader: LedgerReader;
}

const byId = z.object({ id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/) });

export const patientExportRoutes =
  ({ clinical, accesses, reader }: PatientExportPorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    /** People whose file is being made: one at a time for each. */
    const underWay = new Set<string>();

    app.get(
      '/api/patients/:id/export',
      { config: { access: ['patient'] }, schema: { params: byId } },
      async ({ caller, params: { id } }, reply) => {
        if (caller?.person !== `Patient/${id}`) throw new ApiError('not-found');
        assertWhole(reader.older);
        if (underWay.has(id)) throw new ApiError('too-many-requests', { retryAfterSeconds: RETRY_AFTER_SECONDS });
        const session = clinical.session({ ...accesses.contextOf(caller), baseUrl: '' });
        const versions = [id, ...accesses.joined.sameAs(id)].flatMap((one) => clinical.versionsAbout(one));
        if (versions.length === 0) throw new ApiError('not-found');
        underWay.add(id);
        const file = Readable.from(textOf(exportParts(reader, id, inGroups(session, versions))));
        file.once('close', () => underWay.delete(id));
        return await reply
          .type('application/json; charset=utf-8')
          .header('content-disposition', 'attachment; filename="clearchart-export.json"')
          .header('x-clearchart-versions', String(versions.length))
          .send(file);
      },
    );
    done();
  };

/** Each group is in the access log before it is read. */
async function* inGroups(
  session: ClinicalSession,
  versions: readonly (() => VersionWithOpening)[],
): AsyncGenerator<VersionWithOpening> {
  for (let start = 0; start < versions.length; start += AT_ONCE) {
    const group = versions.slice(start, start + AT_ONCE).map((open) => open());
    yield* await session.readAllWithOpenings(group);
  }
}

async function* textOf(parts: AsyncIterable<{ readonly text: string }>): AsyncGenerator<string> {
  for await (const { text } of parts) yield text;
}
