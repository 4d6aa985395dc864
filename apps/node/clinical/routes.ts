/** `/fhir/R4`: FHIR R4 REST over the clinical store. Each route asks for the caller's session and has nothing else. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { watchMethods } from '../http/wrong-method.ts';
import { capabilityStatement } from './capability-statement.ts';
import {
  checkAccept,
  FHIR_JSON,
  ifNoneMatchHits,
  jsonBody,
  preferencesOf,
  queryOf,
  registerBodies,
  singleHeader,
} from './fhir-http.ts';
import { idempotencyKeyOf, requestHash } from './idempotency-key.ts';
import type { Once } from './kept-outcomes.ts';
import { answerFault, sendBytes, sendRefusal, versionHeaders } from './fhir-answers.ts';
import { criteria, formOf, ifMatchOf, noParameters, patchOf } from './fhir-requests.ts';
import { ALL_OK } from './operation-outcome.ts';
import type { AccessScope, OnDisclosed } from './ports.ts';
import { methodNotAllowed, notFound } from './refusal.ts';
import { writeBundle } from './response-bundle.ts';
import type { ClinicalSession } from './session.ts';
import type { ClinicalStore } from './store.ts';
import type { Target, WriteOutcome } from './writer.ts';
import type { DefinitionTable } from './definitions/search-parameter.ts';

export interface FhirRouteOptions {
  readonly store: ClinicalStore;
  readonly table: DefinitionTable;
  /** Who asks, as the policy point has decided. */
  readonly contextOf: (request: FastifyRequest) => FhirContext | Promise<FhirContext>;
  /** Address of this server as the caller sees it, without a slash at its end: `http://127.0.0.1:8080`. */
  readonly originOf: (request: FastifyRequest) => string;
  /** Resolves when the transaction is final, or when waiting has lasted long enough. */
  readonly whenFinal: (transactionId: string) => Promise<unknown>;
  readonly softwareVersion: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

export interface FhirContext {
  readonly scope: AccessScope;
  readonly onDisclosed: OnDisclosed;
  /** Names the account or token that asks; what an Idempotency-Key counts within. */
  readonly owner: string;
}

export const FHIR_ROOT = '/fhir/R4';
/** Bytes of a body. */
export const BODY_LIMIT = 16 * 1024 * 1024;

const READERS = { config: { access: ['administrator', 'practitioner', 'patient', 'system'] as const } };

interface TypeParams {
  type: string;
}

interface IdParams extends TypeParams {
  id: string;
}

interface VersionParams extends IdParams {
  version: string;
}

export async function registerFhirRoutes(app: FastifyInstance, options: FhirRouteOptions): Promise<void> {
  await app.register(
    async (fhir) => {
      registerBodies(fhir, BODY_LIMIT);
      fhir.setErrorHandler((fault, request, reply) => answerFault(fault, request, reply));
      const isWrongMethod = watchMethods(fhir);
      fhir.setNotFoundHandler((request, reply) =>
        sendRefusal(reply, isWrongMethod(request) ? methodNotAllowed() : notFound()),
      );
      fhir.addHook('onRequest', async (request) => checkAccept(request));
      new FhirRoutes(options).register(fhir);
    },
    { prefix: FHIR_ROOT },
  );
}

class FhirRoutes {
  readonly #options: FhirRouteOptions;
  #capabilities = new Map<string, Buffer>();

  constructor(options: FhirRouteOptions) {
    this.#options = options;
  }

  register(app: FastifyInstance): void {
    app.get('/metadata', { config: { access: 'public' } }, (request, reply) => this.#metadata(request, reply));
    app.post('/', READERS, (request, reply) => this.#bundle(request, reply));
    app.get<{ Params: TypeParams }>('/:type', READERS, (request, reply) => this.#search(request, reply, true));
    app.post<{ Params: TypeParams }>('/:type/_search', READERS, (request, reply) =>
      this.#search(request, reply, false),
    );
    app.get<{ Params: TypeParams }>('/:type/_history', READERS, (request, reply) =>
      this.#history(request, reply, undefined),
    );
    app.post<{ Params: TypeParams }>('/:type', READERS, (request, reply) => this.#create(request, reply));
    app.put<{ Params: TypeParams }>('/:type', READERS, (request, reply) =>
      this.#update(request, reply, criteria(request)),
    );
    app.patch<{ Params: TypeParams }>('/:type', READERS, (request, reply) =>
      this.#patch(request, reply, criteria(request)),
    );
    app.delete<{ Params: TypeParams }>('/:type', READERS, (request, reply) =>
      this.#delete(request, reply, criteria(request)),
    );
    app.get<{ Params: IdParams }>('/:type/:id', READERS, (request, reply) => this.#read(request, reply));
    app.put<{ Params: IdParams }>('/:type/:id', READERS, (request, reply) =>
      this.#update(request, reply, request.params),
    );
    app.patch<{ Params: IdParams }>('/:type/:id', READERS, (request, reply) =>
      this.#patch(request, reply, request.params),
    );
    app.delete<{ Params: IdParams }>('/:type/:id', READERS, (request, reply) =>
      this.#delete(request, reply, request.params),
    );
    app.get<{ Params: IdParams }>('/:type/:id/_history', READERS, (request, reply) =>
      this.#history(request, reply, request.params.id),
    );
    app.get<{ Params: VersionParams }>('/:type/:id/_history/:version', READERS, (request, reply) =>
      this.#vread(request, reply),
    );
  }

  async #session(request: FastifyRequest): Promise<ClinicalSession> {
    const { scope, onDisclosed } = await this.#options.contextOf(request);
    return this.#options.store.session({ scope, onDisclosed, baseUrl: this.#baseUrl(request) });
  }

  /** A write, done once when it has an Idempotency-Key (R28). */
  async #write<Outcome>(
    request: FastifyRequest,
    act: (session: ClinicalSession, once: Once | undefined) => Promise<Outcome>,
  ): Promise<{ session: ClinicalSession; outcome: Outcome }> {
    const key = idempotencyKeyOf(request);
    const { store, contextOf } = this.#options;
    const { owner, ...context } = await contextOf(request);
    const session = store.session({ ...context, baseUrl: this.#baseUrl(request) });
    const once = key === undefined ? undefined : store.once({ owner, key, request: requestHash(request) });
    try {
      return { session, outcome: await act(session, once) };
    } finally {
      once?.end();
    }
  }

  #baseUrl(request: FastifyRequest): string {
    return `${this.#options.originOf(request)}${FHIR_ROOT}`;
  }

  #metadata(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const baseUrl = this.#baseUrl(request);
    let bytes = this.#capabilities.get(baseUrl);
    if (bytes === undefined) {
      bytes = Buffer.from(JSON.stringify(capabilityStatement(this.#options.table, { ...this.#options, baseUrl })));
      // The address comes from the caller: only a few are kept.
      if (this.#capabilities.size >= 8) this.#capabilities.clear();
      this.#capabilities.set(baseUrl, bytes);
    }
    return reply.type(FHIR_JSON).send(bytes);
  }

  async #read(request: FastifyRequest<{ Params: IdParams }>, reply: FastifyReply): Promise<FastifyReply> {
    noParameters(request);
    const session = await this.#session(request);
    const version = await session.read(request.params.type, request.params.id);
    versionHeaders(reply, version);
    if (ifNoneMatchHits(request, version)) return reply.code(304).send();
    return sendBytes(reply, version.content);
  }

  async #vread(request: FastifyRequest<{ Params: VersionParams }>, reply: FastifyReply): Promise<FastifyReply> {
    noParameters(request);
    const { type, id, version: versionId } = request.params;
    const version = await (await this.#session(request)).vread(type, id, versionId);
    versionHeaders(reply, version);
    return sendBytes(reply, version.content);
  }

  async #history(
    request: FastifyRequest<{ Params: TypeParams }>,
    reply: FastifyReply,
    id: string | undefined,
  ): Promise<FastifyReply> {
    const session = await this.#session(request);
    return sendBytes(reply, await session.history(request.params.type, id, { parameters: queryOf(request) }));
  }

  async #search(
    request: FastifyRequest<{ Params: TypeParams }>,
    reply: FastifyReply,
    inAddress: boolean,
  ): Promise<FastifyReply> {
    const session = await this.#session(request);
    const query = queryOf(request);
    const parameters = inAddress ? query : [...query, ...formOf(request)];
    const selfUrl = inAddress ? `${this.#options.originOf(request)}${request.url}` : undefined;
    return sendBytes(reply, await session.search(request.params.type, parameters, selfUrl));
  }

  async #create(request: FastifyRequest<{ Params: TypeParams }>, reply: FastifyReply): Promise<FastifyReply> {
    noParameters(request);
    const body = jsonBody(request);
    const ifNoneExist = singleHeader(request, 'if-none-exist');
    const done = await this.#write(request, (session, once) =>
      session.create(request.params.type, body, ifNoneExist, once?.part(0)),
    );
    return this.#answerWrite(request, reply, done);
  }

  async #update(
    request: FastifyRequest<{ Params: TypeParams }>,
    reply: FastifyReply,
    target: Target,
  ): Promise<FastifyReply> {
    if ('id' in target) noParameters(request);
    const body = jsonBody(request);
    const done = await this.#write(request, (session, once) =>
      session.update(request.params.type, target, body, ifMatchOf(request), once?.part(0)),
    );
    return this.#answerWrite(request, reply, done);
  }

  async #patch(
    request: FastifyRequest<{ Params: TypeParams }>,
    reply: FastifyReply,
    target: Target,
  ): Promise<FastifyReply> {
    const patch = patchOf(request);
    const done = await this.#write(request, (session, once) =>
      session.patch(request.params.type, target, patch, ifMatchOf(request), once?.part(0)),
    );
    return this.#answerWrite(request, reply, done);
  }

  async #delete(
    request: FastifyRequest<{ Params: TypeParams }>,
    reply: FastifyReply,
    target: Target,
  ): Promise<FastifyReply> {
    const done = await this.#write(request, (session, once) =>
      session.delete(request.params.type, target, ifMatchOf(request), once?.part(0)),
    );
    return this.#answerWrite(request, reply, done);
  }

  async #bundle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    noParameters(request);
    const body = jsonBody(request);
    const { outcome } = await this.#write(request, (session, once) => session.bundle(body, once));
    const { type, entries } = outcome;
    const ids = new Set(entries.flatMap(({ transactionId }) => transactionId ?? []));
    await this.#finality(request, reply, [...ids]);
    const wanted = preferencesOf(request).return === 'representation';
    const shown = entries.map(({ entry, version }) =>
      wanted && version !== undefined ? { resource: version.content, ...entry } : entry,
    );
    return sendBytes(reply, writeBundle({ type, links: [], entries: shown }));
  }

  async #answerWrite(
    request: FastifyRequest,
    reply: FastifyReply,
    { session, outcome }: { session: ClinicalSession; outcome: WriteOutcome },
  ): Promise<FastifyReply> {
    const { status, version } = outcome;
    reply.code(status);
    if (version === undefined) return reply.send();
    versionHeaders(reply, version);
    if (outcome.written && 'transactionId' in version) await this.#finality(request, reply, [version.transactionId]);
    if (version.method === 'DELETE') return reply.send();
    reply.header('Location', `${session.baseUrl}/${version.type}/${version.id}/_history/${version.version}`);
    const wanted = preferencesOf(request).return;
    if (wanted === 'minimal') return reply.send();
    return sendBytes(reply, wanted === 'OperationOutcome' ? Buffer.from(JSON.stringify(ALL_OK)) : version.content);
  }

  /** Names the anchoring transactions; one, unless a bundle has more than a thousand versions. */
  async #finality(request: FastifyRequest, reply: FastifyReply, transactionIds: readonly string[]): Promise<void> {
    if (transactionIds.length === 0) return;
    reply.header('X-Clearchart-Transaction', transactionIds.join(', '));
    if (preferencesOf(request).respondFinal) await Promise.all(transactionIds.map((id) => this.#options.whenFinal(id)));
  }
}
