/** What a reader needs to check one record version in the own browser, and the receipt that anyone may hold. */
import { receiptSchema, recordVersionSchema } from '@clearchart/api';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Accesses } from '../accesses/index.ts';
import type { ClinicalStore, VersionWithOpening } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import type { LedgerReader } from '../ledger/ledger-reader.ts';
import { openingOf } from '../operator/export.ts';
import { answerOf } from './clinical-answer.ts';

export interface RecordRoutePorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly reader: LedgerReader;
}

const READERS = { access: ['administrator', 'practitioner', 'patient', 'system'] } as const;
const params = z.object({
  type: z.string().regex(/^[A-Za-z]{1,64}$/),
  id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
  versionId: z.string().regex(/^[1-9]\d{0,9}$/),
});

export const recordRoutes =
  ({ clinical, accesses, reader }: RecordRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    function open(caller: Caller | undefined, name: z.infer<typeof params>): Promise<VersionWithOpening> {
      if (caller === undefined) throw new ApiError('bad-credentials');
      const session = clinical.session({ ...accesses.contextOf(caller), baseUrl: '' });
      return answerOf(session.readWithOpening(name.type, name.id, name.versionId));
    }

    app.get(
      '/api/records/:type/:id/versions/:versionId',
      { config: READERS, schema: { params, response: { 200: recordVersionSchema } } },
      async ({ caller, params: name }) => {
        const found = await open(caller, name);
        const anchor = { ...found, version: found.version.version };
        // What was recorded is shown; its receipt follows once the older blocks are here.
        const receipt = await reader.receipt(anchor).catch((fault: unknown) => {
          if (fault instanceof ApiError && fault.code === 'history-incomplete') return undefined;
          throw fault;
        });
        const opening = openingOf(found);
        return {
          content: opening.content as Record<string, unknown>,
          opening: { ...opening },
          transactionId: found.transactionId,
          finality: reader.finalityOf(anchor),
          ...(receipt === undefined ? {} : { receipt: { ...receipt } }),
        };
      },
    );

    app.get(
      '/api/records/:type/:id/versions/:versionId/receipt',
      { config: READERS, schema: { params, response: { 200: receiptSchema } } },
      async ({ caller, params: name }) => {
        const found = await open(caller, name);
        const receipt = await reader.receipt({ ...found, version: found.version.version });
        if (receipt === undefined) throw new ApiError('not-in-a-block-yet');
        return { ...receipt };
      },
    );
    done();
  };
