/** Patients who lose password and words, and the desk that begins a new key for them. */
import assert from 'node:assert/strict';
import { type FlowPorts, registerByCode, signIn } from '@clearchart/web';
import { browserAt, type TestNode } from './test-node.fixture.ts';

export const DAY_MS = 24 * 60 * 60_000;
export const OLD = 'the old long password of mine';
export const NEW = 'another long password of mine';
export const DESK = 'correct horse battery staple';

export interface Claimed {
  readonly browser: FlowPorts;
  readonly email: string;
  readonly accountId: string;
  readonly pseudonym: string;
  readonly recoveryWords: readonly string[];
}

export const refused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code, String(error));
  return true;
};

export function deskOf(host: TestNode) {
  const { connection } = host.administrator;
  /** The desk signs in again where its session has ended: the test's clock runs ahead. */
  async function signedIn(work: () => Promise<unknown>): Promise<unknown> {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: string }).code !== 'bad-credentials') throw error;
      await signIn(host.administrator, 'desk@city.example', DESK);
      return await work();
    }
  }
  async function send<Answer>(path: string, body?: object, method?: string): Promise<Answer> {
    return (await signedIn(() => connection.send(path, body, method))) as Answer;
  }
  const patients = new Map<string, string>();
  return {
    send,
    /** Before the clock runs ahead: the token that makes Patients is good for 30 days. */
    async admit(...givens: readonly string[]): Promise<void> {
      for (const given of givens) {
        const body = { resourceType: 'Patient', name: [{ given: [given], family: 'Lost' }] };
        const answer = await host.ask('POST', '/fhir/R4/Patient', { token: host.tokens.system, body });
        assert.equal(answer.status, 201, answer.body);
        patients.set(given, answer.json().id);
      }
    },
    /** Who was admitted, with an account whose key is on the ledger. */
    async claimed(given: string): Promise<Claimed> {
      const email = `${given}.lost@people.example`;
      const { code } = await send<{ code: string }>(`/api/patients/${patients.get(given)}/claim-code`, {});
      const browser = browserAt(host.node.url, host.now);
      const { session, recoveryWords } = await registerByCode(browser, { code, email, password: OLD });
      await host.node.hospital.settled(30_000);
      const { accountId, pseudonym = '' } = await signIn(browser, email, OLD);
      assert.equal(accountId, session.accountId);
      return { browser, email, accountId, pseudonym, recoveryWords };
    },
    async slipFor({ accountId }: Claimed): Promise<string> {
      const { code } = await send<{ code: string }>(`/api/accounts/${accountId}/new-key`, { shown: 'passport' });
      return code;
    },
    async takeBack({ accountId }: Claimed): Promise<void> {
      await send(`/api/accounts/${accountId}/new-key`, undefined, 'DELETE');
    },
    /** What the desk's line of this account says. */
    async isNewKeyBegun({ accountId }: Claimed): Promise<boolean | undefined> {
      const list = await signedIn(() => connection.requestJson('/api/accounts?state=active&page=1'));
      const { accounts } = list as { accounts: readonly { readonly id: string; readonly newKeyBegun: boolean }[] };
      return accounts.find(({ id }) => id === accountId)?.newKeyBegun;
    },
  };
}
