/**
 * Fills a new demo hospital as its people would: bundles are imported, and each person with a login enrols through the node's
 * own doors, with keys and a vault made here as in a browser. Half done before, it is gone on with.
 */
import type { DemoHospital, DemoLogin } from '@clearchart/demo';
import type { Node } from '@clearchart/node';
import {
  browserAead as aead,
  browserRandom as random,
  createConnection,
  type FlowPorts,
  Keyring,
  enrolByCode,
  registerByCode,
  RequestRefused,
  signIn,
} from '@clearchart/web';
import { cookieFetch } from './cookie-fetch.ts';
import type { DemoAccount } from './people-file.ts';

export const SEED = 2026;

export interface SeedOptions {
  readonly node: Node;
  readonly made: DemoHospital;
  /** Made before. */
  readonly known: readonly DemoAccount[];
  /** One-time code of the first administrator; undefined when that account is there. */
  readonly enrolmentCode: () => Promise<string | undefined>;
  /** All so far, after each. */
  readonly onAccount: (accounts: readonly DemoAccount[]) => void;
  readonly signal?: AbortSignal;
}

export async function seedDemo(options: SeedOptions): Promise<void> {
  const { node, made, signal } = options;
  await node.importBundle(made.directory);
  const first = made.patients.filter(({ isWritten }) => isWritten);
  await Promise.all(
    first.map(async ({ bundle }) => {
      if ((await idOf(node, 'Patient', subjectOf(bundle))) === undefined) await node.importBundle(bundle);
    }),
  );
  if (signal?.aborted === true) return;
  await enrolEveryone(options, await idsByKey(node, { ...made, patients: first }));
}

interface Identified {
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
}

/** The first entry of a patient's bundle is the Patient. */
export function subjectOf(bundle: unknown): Identified {
  return (bundle as { entry: { resource: Identified }[] }).entry[0]?.resource ?? {};
}

/** FHIR id of who or what carries the number. */
export async function idOf(node: Node, type: string, { identifier }: Identified): Promise<string | undefined> {
  const { system = '', value = '' } = identifier?.[0] ?? {};
  return await node.findByIdentifier(type, system, value);
}

/** FHIR ids by the generator's key: the node made them, the identifiers tell whose they are. */
async function idsByKey(node: Node, made: DemoHospital): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const find = async (key: string, type: string, resource: Identified): Promise<void> => {
    const id = await idOf(node, type, resource);
    if (id === undefined) throw new Error(`the demo's ${key} was not imported`);
    ids.set(key, id);
  };
  for (const { key, resource } of made.practitioners) await find(key, 'Practitioner', resource as Identified);
  for (const { key, bundle } of made.patients) await find(key, 'Patient', subjectOf(bundle));
  return ids;
}

async function enrolEveryone(options: SeedOptions, ids: ReadonlyMap<string, string>): Promise<void> {
  const { node, made, known, signal } = options;
  const accounts = [...known];
  const administrator = browserAt(node.url);
  for (const login of made.logins) {
    if (signal?.aborted === true) return;
    const { role, personKey, name, email, password, about } = login;
    const personId = ids.get(personKey);
    const isKnown = known.some((one) => one.email === email);
    let recoveryWords: readonly string[] = [];
    if (role === 'administrator') recoveryWords = await enter(administrator, login, options);
    else if (!isKnown) recoveryWords = await enrol(administrator, browserAt(node.url), login, personId ?? '');
    if (isKnown) continue;
    const patientId = role === 'patient' && personId !== undefined ? { patientId: personId } : {};
    const hospital = made.hospital.name;
    accounts.push({ role, name, email, password, recoveryWords, about, ...patientId, hospital, url: node.url });
    options.onAccount(accounts);
  }
}

/** The administrator invites the others, so comes in each time. */
async function enter(browser: FlowPorts, login: DemoLogin, { enrolmentCode }: SeedOptions): Promise<readonly string[]> {
  const { email, password, name } = login;
  const code = await enrolmentCode();
  if (code !== undefined) return (await registerByCode(browser, { code, password, name })).recoveryWords;
  await signIn(browser, email, password);
  return [];
}

/** The recovery words; none for an account that is there already. */
async function enrol(
  { connection }: FlowPorts,
  browser: FlowPorts,
  { role, name, email, password }: DemoLogin,
  personId: string,
): Promise<readonly string[]> {
  const isPatient = role === 'patient';
  try {
    const issued = isPatient
      ? await connection.send(`/api/patients/${personId}/claim-code`)
      : await connection.send('/api/invitations', { role, email, name, person: `Practitioner/${personId}` });
    const { code } = issued as { code: string };
    return await enrolByCode(browser, isPatient ? { code, password, email } : { code, password });
  } catch (fault) {
    if (fault instanceof RequestRefused && ALREADY.has(fault.code ?? '')) return [];
    throw fault;
  }
}

const ALREADY: ReadonlySet<string> = new Set(['email-taken', 'already-claimed']);

function browserAt(origin: string): FlowPorts {
  return {
    aead,
    random,
    connection: createConnection({ fetch: cookieFetch(), origin }),
    keyring: new Keyring(),
    now: () => Date.now(),
    expectedChainId: () => undefined,
  };
}
