/** A server with accounts over a small made-up ledger and directory, and browsers that keep cookies. */
import { toHex } from '@clearchart/crypto';
import { type ChainId, draftTransaction, type TransactionBody, transactionId } from '@clearchart/ledger';
import { nodeAead, nodeRandom, nodeVerifier } from '@clearchart/node-crypto';
import { browserAead, browserRandom, createConnection, type FlowPorts, Keyring } from '@clearchart/web';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createHttpServer } from '../http/server.ts';
import { createAccounts } from './accounts.ts';
import { createEnrolment } from './operator.ts';
import type { PersonDraft } from './person-draft.ts';
import type { AccountLetters, LedgerCustody, LedgerKeys, LedgerPeople, PatientDirectory } from './ports.ts';
import { openAccountStore } from './store.ts';

export const CHAIN = 'c'.repeat(64) as ChainId;
export const ORGANIZATION = 'd'.repeat(32);
export const ADMINISTRATOR_EMAIL = 'Canary.Admin@example.org';

/** Replacing keys needs a ledger: tools/security/new-key.test.ts. */
const none = (): never => {
  throw new Error('this ledger replaces no key and keeps none');
};
const NO_KEYS: LedgerKeys = {
  waitMs: 0,
  waiting: () => undefined,
  isOnItsWay: () => false,
  current: () => undefined,
  draftRequest: none,
  draftVeto: none,
  submit: none,
  complete: none,
  withdraw: none,
};
const NO_CUSTODY: LedgerCustody = {
  of: () => undefined,
  sign: none,
  take: none,
  untilFinal: none,
};

export interface Submitted {
  readonly draft: PersonDraft;
  readonly signature: string;
}

export interface TestHospital {
  readonly address: string;
  readonly folder: string;
  readonly enrolmentCode: string;
  readonly submitted: Submitted[];
  readonly logged: string[];
  /** Every line that has set a cookie. */
  readonly setCookies: string[];
  readonly patients: Map<string, { name: string; pseudonym: string }>;
  readonly store: ReturnType<typeof openAccountStore>;
  /** Added to the machine's clock. */
  advance(milliseconds: number): void;
  /** From then on the outbox throws, until told otherwise. */
  breakOutbox(broken: boolean): void;
  /** The ledger never took it, and no longer will. */
  expireTransaction(id: string): void;
  restart(): Promise<void>;
  browser(): Browser;
  close(): Promise<void>;
}

export interface Browser extends FlowPorts {
  readonly cookies: Map<string, string>;
}

export async function openTestHospital(
  letters?: AccountLetters,
  organization: string = ORGANIZATION,
): Promise<TestHospital> {
  const folder = mkdtempSync(join(tmpdir(), 'clearchart-accounts-'));
  const submitted: Submitted[] = [];
  const logged: string[] = [];
  const setCookies: string[] = [];
  const patients = new Map<string, { name: string; pseudonym: string }>();
  let ahead = 0;
  let broken = false;
  const clock = { now: () => Date.now() + ahead };
  const storePorts = {
    path: join(folder, 'accounts.db'),
    key: nodeRandom.bytes(32),
    aead: nodeAead,
    random: nodeRandom,
    clock,
  };

  function draft<Type extends 'enrol-person' | 'bind-person-key'>(type: Type, pseudonym: string, publicKey: string) {
    const body = { organization, pseudonym, publicKey } as unknown as TransactionBody<Type>;
    const validUntil = clock.now() + 60_000;
    return draftTransaction<Type>({ chainId: CHAIN, type, body, validUntil, nonce: toHex(nodeRandom.bytes(16)) });
  }

  const expired = new Set<string>();
  const people: LedgerPeople = {
    keys: NO_KEYS,
    custody: NO_CUSTODY,
    stands: (id) => !expired.has(id),
    draftEnrol: (publicKey) => draft('enrol-person', toHex(nodeRandom.bytes(16)), publicKey),
    draftBind: (pseudonym, publicKey) => draft('bind-person-key', pseudonym, publicKey),
    submit(given, signature) {
      if (broken) return Promise.reject(new Error('outbox'));
      submitted.push({ draft: given, signature });
      return Promise.resolve({ transactionId: transactionId(given) });
    },
  };
  const directory: PatientDirectory = {
    exists: (id) => patients.has(id),
    practitionerExists: (id) => id === 'dr-1',
    pseudonymOf: (id) => patients.get(id)?.pseudonym,
    nameOf: (id) => patients.get(id)?.name,
    createPractitioner: ({ specialty }) =>
      Promise.resolve(specialty === 'cardiology' ? { practitionerId: 'dr-1' } : undefined),
    async createPatient(profile, registration) {
      await setTimeout(20);
      const patientId = `made-${registration.slice(0, 8)}`;
      patients.set(patientId, { name: profile.name.family, pseudonym: toHex(nodeRandom.bytes(16)) });
      return { patientId };
    },
  };
  const enrolmentCode = createEnrolment({ ...storePorts, email: ADMINISTRATOR_EMAIL });

  async function start(port: number) {
    const store = openAccountStore(storePorts);
    const ports = {
      store,
      people,
      patients: directory,
      verifier: nodeVerifier,
      letters,
      organization,
      overTls: false,
    };
    const accounts = await createAccounts(ports);
    const app = await createHttpServer({
      authentication: accounts.authentication,
      log: { level: 'info', stream: { write: (line) => void logged.push(line) } },
      trustProxy: true,
    });
    await accounts.registerRoutes(app);
    app.get('/api/only-checked', { config: { access: ['patient'] } }, ({ caller }) => ({ caller }));
    app.get('/api/any-caller', { config: { access: ['system', 'practitioner', 'patient'] } }, ({ caller }) => ({
      caller,
    }));
    const address = await app.listen({ host: '127.0.0.1', port });
    return { store, accounts, app, address };
  }

  let running = await start(0);
  return {
    get address() {
      return running.address;
    },
    folder,
    enrolmentCode,
    submitted,
    logged,
    setCookies,
    patients,
    get store() {
      return running.store;
    },
    advance(milliseconds) {
      ahead += milliseconds;
    },
    breakOutbox(next) {
      broken = next;
    },
    expireTransaction: (id) => void expired.add(id),
    async restart() {
      await running.app.close();
      running.accounts.close();
      running = await start(Number(new URL(running.address).port));
    },
    browser: () => openBrowser(running.address, clock.now, setCookies),
    async close() {
      await running.app.close();
      running.accounts.close();
      rmSync(folder, { recursive: true });
    },
  };
}

let browsers = 0;

/** Each has an address of its own, as behind a proxy. */
function openBrowser(origin: string, now: () => number, setCookies: string[]): Browser {
  const cookies = new Map<string, string>();
  browsers += 1;
  const forwarded = `10.0.${browsers >> 8}.${browsers & 255}`;
  const connection = createConnection({
    origin,
    async fetch(url, init) {
      const headers = new Headers(init.headers);
      headers.set('x-forwarded-for', forwarded);
      headers.set('user-agent', 'Test browser');
      if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await fetch(url, { ...init, headers });
      for (const line of response.headers.getSetCookie()) {
        setCookies.push(line);
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
  });
  return {
    // Cheap: what stretching costs an attacker is not tested here.
    keyStretching: { 'argon2id-custom': { iterations: 1, memory: 64, parallelism: 1 } },
    connection,
    keyring: new Keyring(),
    aead: browserAead,
    random: browserRandom,
    now,
    expectedChainId: () => CHAIN,
    cookies,
  };
}
