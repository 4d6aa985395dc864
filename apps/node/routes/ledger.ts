/** The ledger over HTTP, with the paper's verbs. Public but for mining: nothing here names a person. */
import {
  ledgerBlockSchema,
  ledgerChainSchema,
  ledgerGenesisSchema,
  ledgerHeadersSchema,
  ledgerNodesSchema,
  ledgerPendingSchema,
  ledgerResolveSchema,
  ledgerStateProofSchema,
  ledgerStatusSchema,
  ledgerTransactionProofSchema,
  ledgerTransactionSchema,
} from '@clearchart/api';
import {
  type Block,
  blockBytes,
  type Engine,
  headerHash,
  isRejection,
  NoBlockInTime,
  type OrganizationId,
  parseTransactionValue,
  type TransactionId,
  transactionId,
} from '@clearchart/ledger';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../http/errors.ts';
import { plain, plainFinality } from '../http/ledger-objects.ts';
import { perMinute } from '../http/rate-limits.ts';
import type { LedgerReader } from '../ledger/ledger-reader.ts';

const BLOCKS_PER_ANSWER = 100;
const HEADERS_PER_ANSWER = 1_000;
/** One block may be longer; it then comes alone. */
const BYTES_PER_ANSWER = 4 * 1024 * 1024;
const PENDING_PER_ANSWER = 500;
const LONGEST_STATE_KEY = 200;
/** From one address: a transaction is judged by its signatures, whoever brings it, but judging costs work. */
const TRANSACTIONS_PER_MINUTE = 240;
/** From one address: each asks all other members. */
const RESOLVES_PER_MINUTE = 12;

const heightText = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const range = (most: number) =>
  z.strictObject({
    from: heightText.default(1),
    limit: z.coerce.number().int().min(1).max(most).default(Math.min(most, 100)),
  });
const byId = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) });

export interface LedgerRoutePorts {
  readonly reader: LedgerReader;
  readonly engine: Engine;
  /** Fetches what other members have and this one lacks. */
  readonly resolve: () => Promise<void>;
  readonly peerCount: () => number;
  readonly addressOf: (organization: OrganizationId) => string | undefined;
}

const PUBLIC = { access: 'public' } as const;

export const ledgerRoutes =
  ({ reader, engine, resolve, peerCount, addressOf }: LedgerRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const answerOf = (block: Block) => ({
      hash: headerHash(block.header),
      finality: finalityAt(block.header.height),
      ids: block.transactions.map(transactionId),
      block: { header: plain(block.header), transactions: block.transactions.map(plain) },
    });

    function finalityAt(height: number): 'included' | 'final' {
      return height <= engine.status().finalHeight ? 'final' : 'included';
    }

    app.get('/api/ledger/status', { config: PUBLIC, schema: { response: { 200: ledgerStatusSchema } } }, () =>
      reader.status(),
    );

    app.get('/api/ledger/genesis', { config: PUBLIC, schema: { response: { 200: ledgerGenesisSchema } } }, () => ({
      genesis: plain(reader.genesis),
      memberChanges: reader.memberChanges().map(plain),
    }));

    app.get(
      '/api/ledger/headers',
      { config: PUBLIC, schema: { querystring: range(HEADERS_PER_ANSWER), response: { 200: ledgerHeadersSchema } } },
      async ({ query }) => {
        const headers = reader.headers(query.from, query.limit);
        const last = headers.at(-1);
        return {
          headers: headers.map(plain),
          counts: headers.map(({ height }) => reader.transactionCount(height)),
          height: reader.height,
          ...(last === undefined ? { votes: [] } : plainFinality(reader.finalityProof(last))),
        };
      },
    );

    app.get(
      '/api/ledger/chain',
      { config: PUBLIC, schema: { querystring: range(BLOCKS_PER_ANSWER), response: { 200: ledgerChainSchema } } },
      async ({ query }) => {
        const chain: { header: Record<string, unknown>; transactions: Record<string, unknown>[] }[] = [];
        let bytes = 0;
        for (let height = query.from; chain.length < query.limit; height += 1) {
          const block = await reader.block(height);
          if (block === undefined) break;
          bytes += blockBytes(block);
          if (chain.length > 0 && bytes > BYTES_PER_ANSWER) break;
          chain.push({ header: plain(block.header), transactions: block.transactions.map(plain) });
        }
        return { chain, length: reader.height };
      },
    );

    app.get(
      '/api/ledger/blocks/:height',
      { config: PUBLIC, schema: { params: z.object({ height: heightText }), response: { 200: ledgerBlockSchema } } },
      async ({ params }) => {
        const block = await reader.block(params.height);
        if (block === undefined) throw new ApiError('not-found');
        return answerOf(block);
      },
    );

    app.get(
      '/api/ledger/transactions/get',
      { config: PUBLIC, schema: { response: { 200: ledgerPendingSchema } } },
      () => ({
        transactions: engine.pending().slice(0, PENDING_PER_ANSWER).map(plain),
      }),
    );

    app.get('/api/ledger/nodes/get', { config: PUBLIC, schema: { response: { 200: ledgerNodesSchema } } }, () => {
      const known = reader.nodes().map((node) => {
        const address = addressOf(node.organization as OrganizationId);
        return { ...node, ...(address === undefined ? {} : { address }) };
      });
      const nodes = known.filter(({ standing }) => standing !== 'joining');
      return { nodes, total: nodes.length, joining: known.filter(({ standing }) => standing === 'joining') };
    });

    app.get(
      '/api/ledger/nodes/resolve',
      { config: perMinute(RESOLVES_PER_MINUTE), schema: { response: { 200: ledgerResolveSchema } } },
      async () => {
        const before = reader.status().headHash;
        await resolve();
        const { height, headHash } = reader.status();
        const asked = peerCount();
        return {
          message: resolvedWords(asked, before !== headHash),
          replaced: before !== headHash,
          asked,
          height,
          headHash,
        };
      },
    );

    app.get(
      '/api/ledger/transactions/:id',
      { config: PUBLIC, schema: { params: byId, response: { 200: ledgerTransactionSchema } } },
      async ({ params }) => {
        const found = await reader.transaction(params.id as TransactionId);
        if (found === undefined) throw new ApiError('not-found');
        return {
          transactionId: params.id,
          transaction: plain(found.transaction),
          finality: engine.finality(params.id as TransactionId) ?? 'pending',
          ...(found.height === undefined ? {} : { blockHeight: found.height }),
        };
      },
    );

    app.get(
      '/api/ledger/transactions/:id/proof',
      { config: PUBLIC, schema: { params: byId, response: { 200: ledgerTransactionProofSchema } } },
      async ({ params }) => {
        const proof = await reader.transactionProof(params.id as TransactionId);
        if (proof === undefined) throw new ApiError('not-found');
        return {
          ...proof,
          transaction: plain(proof.transaction),
          ...plainFinality(reader.finalityProof(proof.header)),
          header: plain(proof.header),
          inclusionProof: { ...proof.inclusionProof, path: [...proof.inclusionProof.path] },
        };
      },
    );

    app.get(
      '/api/ledger/state/:key/proof',
      {
        config: PUBLIC,
        schema: {
          params: z.object({ key: z.string().min(1).max(LONGEST_STATE_KEY) }),
          response: { 200: ledgerStateProofSchema },
        },
      },
      ({ params }) => {
        const proof = reader.stateProof(params.key);
        if (proof === undefined) throw new ApiError('not-found');
        const { stateProof, header } = proof;
        return { stateProof, header: plain(header), ...plainFinality(reader.finalityProof(header)) };
      },
    );

    app.post(
      '/api/ledger/transactions/new',
      {
        config: perMinute(TRANSACTIONS_PER_MINUTE),
        schema: { body: z.record(z.string(), z.unknown()) },
      },
      async ({ body }, reply) => {
        const transaction = parseTransactionValue(body);
        if (isRejection(transaction)) throw new ApiError('missing-values', { rejection: transaction.code });
        const answer = await engine.submit(transaction);
        if (isRejection(answer)) throw new ApiError('invalid-transaction', { rejection: answer.code });
        return await reply
          .code(201)
          .send({ message: `Transaction will be added to block ${answer.block}`, transactionId: answer.transactionId });
      },
    );

    app.post(
      '/api/ledger/mine',
      { config: { access: ['administrator'] }, schema: { response: { 200: ledgerBlockSchema } } },
      async () => answerOf(await engine.mine().catch(sayBusy)),
    );
    done();
  };

function sayBusy(fault: unknown): never {
  if (fault instanceof NoBlockInTime) throw new ApiError('busy', { detail: 'no block could be made here in time' });
  throw fault;
}

function resolvedWords(asked: number, isReplaced: boolean): string {
  if (asked === 0)
    return 'Our chain is authoritative: this hospital is the only member, so there is no other to compare it with';
  return isReplaced ? 'Our chain was replaced by what the members agree on' : 'Our chain is authoritative';
}
