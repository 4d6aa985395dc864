/**
 * Fills a new demo hospital as its people would: bundles are imported, and each person with a login enrols through the node's
 * own doors, with keys and a vault made here as in a browser.
 */
import { demoHospital, type DemoHospital, type DemoLogin } from '@clearchart/demo';
import type { Node } from '@clearchart/node';
import {
  browserAead as aead,
  browserRandom as random,
  createConnection,
  type FlowPorts,
  Keyring,
  enrolByCode,
  registerByCode,
} from '@clearchart/web';
import { cookieFetch } from './cookie-fetch.ts';

export interface DemoAccount {
  readonly role: DemoLogin['role'];
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly recoveryWords: readonly string[];
  readonly about: string;
  readonly patientId?: string;
  readonly url: string;
}

export const SEED = 2026;

export interface SeedOptions {
  readonly node: Node;
  /** One-time code of the first administrator. */
  readonly enrolmentCode: string;
  readonly today: number;
  readonly onProgress: (words: string) => void;
}

export async function seedDemo({ node, enrolmentCode, today, onProgress }: SeedOptions): Promise<DemoAccount[]> {
  const made = demoHospital(SEED, today, -new Date(today).getTimezoneOffset());
  onProgress(`Making ${made.patients.length} people who do not exist…`);
  await node.importBundle(made.directory);
  const first = made.patients.filter(({ isWritten }) => isWritten);
  await Promise.all(first.map(({ bundle }) => node.importBundle(bundle)));
  const ids = await idsByKey(node, { ...made, patients: first });
  onProgress('Giving some of them a login…');
  return await enrolEveryone(node, made, ids, enrolmentCode);
}

interface Identified {
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
}

/** FHIR ids by the generator's key: the node made them, the identifiers tell whose they are. */
async function idsByKey(node: Node, made: DemoHospital): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const find = async (key: string, type: string, { identifier }: Identified): Promise<void> => {
    const { system = '', value = '' } = identifier?.[0] ?? {};
    const id = await node.findByIdentifier(type, system, value);
    if (id === undefined) throw new Error(`the demo's ${key} was not imported`);
    ids.set(key, id);
  };
  for (const { key, resource } of made.practitioners) await find(key, 'Practitioner', resource as Identified);
  for (const { key, bundle } of made.patients) {
    const patient = (bundle as { entry: { resource: unknown }[] }).entry[0]?.resource;
    await find(key, 'Patient', patient as Identified);
  }
  return ids;
}

async function enrolEveryone(
  node: Node,
  made: DemoHospital,
  ids: ReadonlyMap<string, string>,
  enrolmentCode: string,
): Promise<DemoAccount[]> {
  const accounts: DemoAccount[] = [];
  const administrator = browserAt(node.url);
  for (const login of made.logins) {
    const { role, personKey, name, email, password, about } = login;
    const personId = ids.get(personKey);
    let words: readonly string[];
    if (role === 'administrator') {
      ({ recoveryWords: words } = await registerByCode(administrator, { code: enrolmentCode, password, name }));
    } else {
      const code = await codeFor(administrator, login, personId ?? '');
      const registration = role === 'patient' ? { code, password, email } : { code, password };
      words = await enrolByCode(browserAt(node.url), registration);
    }
    const patientId = role === 'patient' && personId !== undefined ? { patientId: personId } : {};
    accounts.push({ role, name, email, password, recoveryWords: words, about, ...patientId, url: node.url });
  }
  return accounts;
}

async function codeFor({ connection }: FlowPorts, { role, name, email }: DemoLogin, personId: string): Promise<string> {
  const issued =
    role === 'patient'
      ? await connection.send(`/api/patients/${personId}/claim-code`)
      : await connection.send('/api/invitations', { role, email, name, person: `Practitioner/${personId}` });
  return (issued as { code: string }).code;
}

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
