/** A real node on a folder of its own for tests over HTTP: two patients, practitioners near and far, callers of every role. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNode, foundNetwork, type Node, operationsOf, startDefinitions, type TamperLab } from '@clearchart/node';
import { browserAead, browserRandom, createConnection, type FlowPorts, Keyring, registerByCode } from '@clearchart/web';

/** The members of answers that the tests look at. */
export interface AnswerJson {
  readonly resourceType: string;
  readonly id: string;
  readonly total: number;
  readonly meta: { readonly versionId: string };
  readonly note: readonly [{ readonly text: string }];
  readonly entry: readonly { readonly response: { readonly location: string } }[];
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
  json(): AnswerJson;
}

export interface TestNode {
  readonly node: Node;
  readonly folder: string;
  readonly logs: string[];
  readonly ids: Record<string, string>;
  readonly tokens: Record<'system' | 'mine' | 'strange' | 'patient' | 'other', string>;
  /** Signed in as the first administrator, as a browser is. */
  readonly administrator: FlowPorts;
  ask(
    method: string,
    path: string,
    options?: { token?: string | undefined; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  askAsAdministrator(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Added to the machine's clock. */
  advance(milliseconds: number): void;
  now(): number;
  close(): Promise<void>;
}

/** Tests move the clock. */
const TOKEN_DAYS = 30;
const YEAR = new Date().getUTCFullYear();

/** p is cared for by "mine"; q by nobody now: the care team that named "mine" has ended. */
const PEOPLE = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    post('p', patient('Asha', 'Kulkarni', 'asha@people.example')),
    post('q', patient('Bilal', 'Shaikh', 'bilal@people.example')),
    post('mine', { resourceType: 'Practitioner', active: true, name: [{ family: 'Joshi', given: ['Sunita'] }] }),
    post('strange', { resourceType: 'Practitioner', active: true, name: [{ family: 'Nair', given: ['Arjun'] }] }),
    post('team', team('p', 'mine', { start: `${YEAR - 1}-01-01` })),
    post('ended', team('q', 'mine', { start: `${YEAR - 2}-01-01`, end: `${YEAR - 1}-01-01` })),
    post('pObservation', observation('p', 72)),
    post('qObservation', observation('q', 88)),
    post('pCondition', condition('p', 'Asthma')),
    post('qCondition', condition('q', 'Migraine')),
    post('ward', { resourceType: 'Location', status: 'active', name: 'Ward 3' }),
  ],
};

function post(key: string, resource: object): object {
  return {
    fullUrl: `urn:uuid:${uuid(key)}`,
    resource,
    request: { method: 'POST', url: (resource as { resourceType: string }).resourceType },
  };
}

function uuid(key: string): string {
  const hex = Buffer.from(key.padEnd(16, '.')).toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function patient(given: string, family: string, email: string): object {
  return {
    resourceType: 'Patient',
    name: [{ use: 'official', given: [given], family }],
    gender: 'female',
    birthDate: '1985-03-14',
    telecom: [{ system: 'email', value: email }],
  };
}

function team(subject: string, member: string, period: object): object {
  return {
    resourceType: 'CareTeam',
    status: 'active',
    period,
    subject: { reference: `urn:uuid:${uuid(subject)}` },
    participant: [{ member: { reference: `urn:uuid:${uuid(member)}` } }],
  };
}

export function observation(subject: string, pulse: number): object {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: subject.length < 12 ? `urn:uuid:${uuid(subject)}` : `Patient/${subject}` },
    effectiveDateTime: `${YEAR - 1}-05-01T10:00:00Z`,
    valueQuantity: { value: pulse, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  };
}

function condition(subject: string, text: string): object {
  return { resourceType: 'Condition', code: { text }, subject: { reference: `urn:uuid:${uuid(subject)}` } };
}

export interface TestNodeSettings {
  /** IANA name. */
  readonly timeZone?: string;
  readonly demo?: boolean;
  readonly lab?: TamperLab;
}

/** @throws what forbids the start */
export async function startTestNode({ demo = false, lab, ...settings }: TestNodeSettings = {}): Promise<TestNode> {
  const root = mkdtempSync(join(tmpdir(), 'clearchart-security-'));
  const folder = join(root, 'data');
  const founded = await foundNetwork({
    dataFolder: folder,
    name: 'City Hospital',
    administratorEmail: 'desk@city.example',
    demo,
  });
  const definitions = await startDefinitions();
  const logs: string[] = [];
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const node = await createNode(
    { ...settings, dataFolder: folder, host: '127.0.0.1', port: 0, logLevel: 'debug' },
    { definitions, logLine: (line) => logs.push(line), clock: { now }, ...(lab === undefined ? {} : { lab }) },
  ).catch(async (fault: unknown) => {
    await definitions.close();
    rmSync(root, { recursive: true, force: true });
    throw fault;
  });
  const operate = operationsOf(node.hospital);
  const tokenOf = async (role: string, person?: string): Promise<string> =>
    (
      (await operate(
        { operation: 'token-create', parameters: { role, days: TOKEN_DAYS, ...(person ? { person } : {}) } },
        () => {},
      )) as { token: string }
    ).token;

  async function ask(
    method: string,
    path: string,
    { token, body, headers = {} }: Parameters<TestNode['ask']>[2] = {},
  ): Promise<Answer> {
    const response = await fetch(node.url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': path.startsWith('/fhir/') ? 'application/fhir+json' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text,
      headers: response.headers,
      json: () => JSON.parse(text) as AnswerJson,
    };
  }

  const system = await tokenOf('system');
  const imported = await ask('POST', '/fhir/R4', { token: system, body: PEOPLE });
  if (imported.status !== 200) throw new Error(`the people were not imported: ${imported.body.slice(0, 300)}`);
  const ids: Record<string, string> = {};
  for (const [index, entry] of imported.json().entry.entries()) {
    const key = Object.keys(keyed())[index] ?? '';
    ids[key] = entry.response.location.split('/')[1] ?? '';
  }
  const administrator = browserAt(node.url);
  await registerByCode(administrator, {
    code: founded.enrolUrl.split('#')[1] ?? '',
    password: 'correct horse battery staple',
    name: 'Farida Shaikh',
  });
  return {
    node,
    folder,
    logs,
    ids,
    administrator,
    tokens: {
      system,
      mine: await tokenOf('practitioner', ids['mine']),
      strange: await tokenOf('practitioner', ids['strange']),
      patient: await tokenOf('patient', ids['p']),
      other: await tokenOf('patient', ids['q']),
    },
    ask,
    async askAsAdministrator(method, path, body) {
      const headers = { 'content-type': path.startsWith('/fhir/') ? 'application/fhir+json' : 'application/json' };
      try {
        const response = await administrator.connection.request(path, {
          method,
          ...(body === undefined ? {} : { body: JSON.stringify(body), headers }),
        });
        const text = await response.text();
        return {
          status: response.status,
          body: text,
          headers: response.headers,
          json: () => JSON.parse(text) as AnswerJson,
        };
      } catch (refused) {
        const { status = 0, code = '' } = refused as { status?: number; code?: string };
        return { status, body: code, headers: new Headers(), json: () => JSON.parse('{}') as AnswerJson };
      }
    },
    advance(milliseconds) {
      ahead += milliseconds;
    },
    now,
    async close() {
      await node.close();
      await definitions.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function keyed(): Record<string, true> {
  return Object.fromEntries(
    [
      'p',
      'q',
      'mine',
      'strange',
      'team',
      'ended',
      'pObservation',
      'qObservation',
      'pCondition',
      'qCondition',
      'ward',
    ].map((key) => [key, true]),
  );
}

export function browserAt(origin: string, now: () => number = Date.now): FlowPorts {
  const jar = new Map<string, string>();
  const withCookies = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };
  return {
    aead: browserAead,
    random: browserRandom,
    connection: createConnection({ fetch: withCookies, origin }),
    keyring: new Keyring(),
    now,
    expectedChainId: () => undefined,
  };
}
