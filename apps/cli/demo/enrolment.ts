/**
 * People with a login enrol through the node's own doors, with keys and a vault made here as in a browser. In a thread of its own
 * (`enrolment-thread.ts`): stretching a password takes a third of a second, in which a node would answer nobody.
 */
import type { DemoLogin } from '@clearchart/demo';
import {
  browserAead as aead,
  browserRandom as random,
  createConnection,
  type FlowPorts,
  Keyring,
  enrolByCode,
  makeNewWords,
  registerByCode,
  RequestRefused,
  signIn,
} from '@clearchart/web';
import { cookieFetch } from './cookie-fetch.ts';

export interface EnrolmentJob {
  readonly url: string;
  /** The administrator first. */
  readonly logins: readonly DemoLogin[];
  /** FHIR ids of practitioners and patients by key. */
  readonly ids: ReadonlyMap<string, string>;
  /** One-time code of the first administrator; undefined when that account is there. */
  readonly code: string | undefined;
  /** E-mails of the accounts that were made before. */
  readonly known: ReadonlySet<string>;
}

export interface Enrolled {
  readonly email: string;
  readonly recoveryWords: readonly string[];
}

export async function enrolEveryone(job: EnrolmentJob, onEnrolled: (enrolled: Enrolled) => void): Promise<void> {
  const administrator = browserAt(job.url);
  for (const login of job.logins) {
    const { role, personKey, email } = login;
    const isKnown = job.known.has(email);
    let recoveryWords: readonly string[] = [];
    if (role === 'administrator') recoveryWords = await enter(administrator, login, job.code, isKnown);
    else if (!isKnown) recoveryWords = await enrol(administrator, job.url, login, job.ids.get(personKey) ?? '');
    if (!isKnown) onEnrolled({ email, recoveryWords });
  }
}

/** The administrator invites the others, so comes in each time. */
async function enter(
  browser: FlowPorts,
  { email, password, name }: DemoLogin,
  code: string | undefined,
  isKnown: boolean,
): Promise<readonly string[]> {
  if (code !== undefined) return (await registerByCode(browser, { code, password, name })).recoveryWords;
  if (!isKnown) return await wordsAnew(browser, email, password);
  await signIn(browser, email, password);
  return [];
}

/** Of an account that was made just as the demo was stopped: nobody has written down its first words. */
async function wordsAnew(browser: FlowPorts, email: string, password: string): Promise<readonly string[]> {
  await signIn(browser, email, password);
  return await makeNewWords(browser, email, password);
}

/** The recovery words. */
async function enrol(
  { connection }: FlowPorts,
  url: string,
  { role, name, email, password }: DemoLogin,
  personId: string,
): Promise<readonly string[]> {
  const isPatient = role === 'patient';
  try {
    const issued = isPatient
      ? await connection.send(`/api/patients/${personId}/claim-code`)
      : await connection.send('/api/invitations', { role, email, name, person: `Practitioner/${personId}` });
    const { code } = issued as { code: string };
    return await enrolByCode(browserAt(url), isPatient ? { code, password, email } : { code, password });
  } catch (fault) {
    if (fault instanceof RequestRefused && ALREADY.has(fault.code ?? ''))
      return await wordsAnew(browserAt(url), email, password);
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
