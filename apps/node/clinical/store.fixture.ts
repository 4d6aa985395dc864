/** A store and a server for tests: real sealing and SQLite, anchors signed by nobody. */
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { sha256, toHex, utf8 } from '@clearchart/crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { DatabaseSync } from 'node:sqlite';
import { type Definitions, startDefinitions } from './definitions/definitions.ts';
import type { AccessScope, AnchorEntry, Disclosure } from './ports.ts';
import { registerFhirRoutes } from './routes.ts';
import type { ClinicalSession } from './session.ts';
import { type ClinicalStore, createClinicalStore } from './store.ts';

export const EVERYTHING: AccessScope = {
  types: 'all',
  subjects: 'all',
  categories: 'all',
  directory: true,
  write: 'all',
};

/** A caller who sees these patients and nothing else. */
export function scopeOf(...patients: string[]): AccessScope {
  return { types: 'all', subjects: new Set(patients), categories: 'all', directory: true, write: 'all' };
}

let shared: Promise<Definitions> | undefined;

/** One worker for all tests of a file. */
export function sharedDefinitions(): Promise<Definitions> {
  shared ??= startDefinitions();
  return shared;
}

export interface TestStore {
  readonly store: ClinicalStore;
  readonly database: DatabaseSync;
  /** By record and version. */
  readonly commitments: Map<string, string>;
  readonly anchored: AnchorEntry[][];
  readonly enrolled: string[];
  /** Failed commits. */
  readonly broken: Error[];
  now: number;
  session(scope?: AccessScope, disclosures?: Disclosure[]): ClinicalSession;
}

const keyOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

export async function testStore(path = ':memory:'): Promise<TestStore> {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const definitions = await sharedDefinitions();
  const commitments = new Map<string, string>();
  const anchored: AnchorEntry[][] = [];
  const enrolled: string[] = [];
  const signed = (body: unknown): { id: string; bytes: Uint8Array } => {
    const bytes = utf8(JSON.stringify(body));
    return { id: toHex(sha256(bytes)), bytes };
  };
  const test: TestStore = {
    database,
    commitments,
    anchored,
    enrolled,
    broken: [],
    now: Date.parse('2026-03-01T10:00:00Z'),
    store: createClinicalStore({
      database,
      definitions,
      keys: { custody: keyOf(1), index: keyOf(2), recordId: keyOf(3), category: keyOf(4) },
      chainId: 'c'.repeat(64),
      custodian: 'd'.repeat(32),
      onFault: (fault) => void test.broken.push(fault),
      aead: nodeAead,
      random: nodeRandom,
      clock: { now: () => test.now++ },
      anchors: {
        anchor(entries) {
          anchored.push([...entries]);
          for (const { record, version, commitment } of entries) commitments.set(`${record}/${version}`, commitment);
          return signed({ entries });
        },
        enrol(pseudonym) {
          enrolled.push(pseudonym);
          return signed({ pseudonym });
        },
      },
    }),
    session: (scope = EVERYTHING, disclosures = []) =>
      test.store.session({
        scope,
        baseUrl: 'http://test/fhir/R4',
        onDisclosed: (disclosure) => void disclosures.push(disclosure),
      }),
  };
  return test;
}

export interface TestServer extends TestStore {
  readonly app: FastifyInstance;
  /** What the next requests may see. */
  scope: AccessScope;
  /** Who sends them. */
  owner: string;
  readonly disclosures: Disclosure[];
  readonly waitedFor: string[];
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestReply>;
}

export interface TestReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of any shape
  readonly body: any;
  readonly text: string;
}

export async function testServer(path?: string): Promise<TestServer> {
  const test = await testStore(path);
  const app = Fastify();
  const server: TestServer = Object.assign(test, {
    app,
    scope: EVERYTHING,
    owner: 'token/1',
    disclosures: [] as Disclosure[],
    waitedFor: [] as string[],
    async request(
      method: string,
      url: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<TestReply> {
      const raw = typeof body === 'string' || body === undefined || Buffer.isBuffer(body);
      const reply = await app.inject({
        method: method as 'GET',
        url: url.startsWith('http') ? url.replace('http://test', '') : `/fhir/R4${url}`,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
        ...(body === undefined ? {} : { payload: raw ? (body as string) : JSON.stringify(body) }),
      });
      const json = reply.headers['content-type']?.toString().includes('json') === true && reply.payload !== '';
      return {
        status: reply.statusCode,
        headers: reply.headers as Record<string, string>,
        text: reply.payload,
        body: json ? JSON.parse(reply.payload) : undefined,
      };
    },
  });
  await registerFhirRoutes(app, {
    store: test.store,
    table: (await sharedDefinitions()).table,
    contextOf: () => ({
      scope: server.scope,
      owner: server.owner,
      onDisclosed: (disclosure) => void server.disclosures.push(disclosure),
    }),
    originOf: () => 'http://test',
    whenFinal: async (id) => server.waitedFor.push(id),
    softwareVersion: '0.0.0',
    startedAt: 0,
  });
  return server;
}
