/** Fills a new demo hospital as its people would: bundles are imported, then each person with a login enrols. Half done before, it is gone on with. */
import type { DemoHospital } from '@clearchart/demo';
import type { Node } from '@clearchart/node';
import type { Enroller } from './enroller.ts';
import type { DemoAccount } from './people-file.ts';

export const SEED = 2026;

export interface SeedOptions {
  readonly node: Node;
  readonly made: DemoHospital;
  readonly enroller: Enroller;
  /** Made before. */
  readonly known: readonly DemoAccount[];
  /** One-time code of the first administrator; undefined when that account is there. */
  readonly enrolmentCode: string | undefined;
  /** All so far, after each. */
  readonly onAccount: (accounts: readonly DemoAccount[]) => void;
}

export async function seedDemo(options: SeedOptions): Promise<void> {
  const { node, made, enroller, known, enrolmentCode } = options;
  enroller.begin();
  await node.importBundle(made.directory);
  const first = made.patients.filter(({ isWritten }) => isWritten);
  await Promise.all(
    first.map(async ({ bundle }) => {
      if ((await idOf(node, 'Patient', subjectOf(bundle))) === undefined) await node.importBundle(bundle);
    }),
  );
  const ids = await idsByKey(node, { ...made, patients: first });
  const accounts = [...known];
  const emails = new Set(known.map(({ email }) => email));
  const job = { url: node.url, logins: made.logins, ids, code: enrolmentCode, known: emails };
  await enroller.enrol(job, ({ email, recoveryWords }) => {
    const login = made.logins.find((one) => one.email === email);
    if (login === undefined) throw new Error('somebody enrolled who is not of this hospital');
    const { role, personKey, name, password, about } = login;
    const id = ids.get(personKey);
    const patientId = role === 'patient' && id !== undefined ? { patientId: id } : {};
    const hospital = made.hospital.name;
    accounts.push({ role, name, email, password, recoveryWords, about, ...patientId, hospital, url: node.url });
    options.onAccount(accounts);
  });
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
