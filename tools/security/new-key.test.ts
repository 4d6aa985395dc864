/** A person who lost everything, on a real node and a test clock: seven days, a veto, and nobody who becomes them unseen. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type FlowPorts, makeNewKey, readSession, recover, registerByCode, signIn, vetoNewKey } from '@clearchart/web';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

const DAY_MS = 24 * 60 * 60_000;
const OLD = 'the old long password of mine';
const NEW = 'another long password of mine';
const DESK = 'correct horse battery staple';

let host: TestNode;
const patients = { asha: '', bilal: '', chitra: '', deepa: '', esha: '' };
before(async () => {
  host = await startTestNode();
  patients.asha = host.ids['p'] ?? '';
  patients.bilal = host.ids['q'] ?? '';
  for (const who of ['chitra', 'deepa', 'esha'] as const) patients[who] = await newPatient(who);
});

async function newPatient(given: string): Promise<string> {
  const body = { resourceType: 'Patient', name: [{ given: [given], family: 'Lost' }] };
  const answer = await host.ask('POST', '/fhir/R4/Patient', { token: host.tokens.system, body });
  assert.equal(answer.status, 201, answer.body);
  return (JSON.parse(answer.body) as { id: string }).id;
}
after(() => host.close());

/** The desk signs in again: sessions end while the test's clock runs ahead. */
async function desk<Answer>(path: string, body: object): Promise<Answer> {
  await signIn(host.administrator, 'desk@city.example', DESK);
  return (await host.administrator.connection.send(path, body)) as Answer;
}

interface Claimed {
  readonly browser: FlowPorts;
  readonly email: string;
  readonly accountId: string;
  readonly recoveryWords: readonly string[];
}

async function claimed(patient: string, email: string): Promise<Claimed> {
  const { code } = await desk<{ code: string }>(`/api/patients/${patient}/claim-code`, {});
  const browser = browserAt(host.node.url, host.now);
  const { session, recoveryWords } = await registerByCode(browser, { code, email, password: OLD });
  await host.node.hospital.settled(30_000);
  return { browser, email, accountId: session.accountId, recoveryWords };
}

async function slipFor({ accountId }: Claimed): Promise<string> {
  const { code } = await desk<{ code: string }>(`/api/accounts/${accountId}/new-key`, { shown: 'passport' });
  return code;
}

const refused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code, String(error));
  return true;
};

test('A32 a new key by the desk takes effect after seven days, with its own password and words, and ends the old ones', async () => {
  const asha = await claimed(patients.asha, 'asha.lost@people.example');
  const made = await makeNewKey(browserAt(host.node.url, host.now), await slipFor(asha), NEW);
  const waiting = (await asha.browser.connection.requestJson('/api/account/new-key')) as {
    waiting: { askedBy: string; effectiveAt: number } | null;
  };
  assert.equal(waiting.waiting?.askedBy, 'Farida Shaikh');
  assert.ok(Math.abs((waiting.waiting?.effectiveAt ?? 0) - made.effectiveAt) < 60_000);
  host.advance(7 * DAY_MS - 60_000);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), asha.email, NEW), refused('sign-in-failed'));
  await signIn(asha.browser, asha.email, OLD);
  host.advance(2 * 60_000);
  const fresh = browserAt(host.node.url, host.now);
  const session = await signIn(fresh, asha.email, NEW);
  assert.equal(session.accountId, asha.accountId);
  assert.equal(session.keyBound, true);
  assert.equal(await readSession(asha.browser.connection), undefined, 'other sessions have ended');
  await assert.rejects(signIn(asha.browser, asha.email, OLD), refused('sign-in-failed'));
  await assert.rejects(
    recover(asha.browser, { email: asha.email }, asha.recoveryWords, OLD),
    refused('recovery-failed'),
  );
  await recover(browserAt(host.node.url, host.now), { email: asha.email }, made.recoveryWords, NEW);
  assert.equal(host.node.hospital.people.keys.current(session.pseudonym ?? ''), fresh.keyring.keys[0]?.key.publicKey);
});

test('A33 every device of the account shows it, and the old key stops it for good', async () => {
  const bilal = await claimed(patients.bilal, 'bilal.lost@people.example');
  const code = await slipFor(bilal);
  await makeNewKey(browserAt(host.node.url, host.now), code, NEW);
  await assert.rejects(
    makeNewKey(browserAt(host.node.url, host.now), code, NEW),
    refused('code-invalid'),
    'a slip works once',
  );
  await assert.rejects(slipFor(bilal), refused('new-key-waits'));
  await vetoNewKey(bilal.browser, bilal.email, OLD);
  const { waiting } = (await bilal.browser.connection.requestJson('/api/account/new-key')) as {
    waiting: object | null;
  };
  assert.equal(waiting, null);
  host.advance(8 * DAY_MS);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), bilal.email, NEW), refused('sign-in-failed'));
  await signIn(bilal.browser, bilal.email, OLD);
  await assert.rejects(vetoNewKey(bilal.browser, bilal.email, OLD), refused('wrong-state'));
});

test('A33 a new key that is due waits for its password: others begin sign-ins, and the old key still stops it', async () => {
  const chitra = await claimed(patients.chitra, 'chitra.lost@people.example');
  await makeNewKey(browserAt(host.node.url, host.now), await slipFor(chitra), NEW);
  host.advance(8 * DAY_MS);
  const wrong = signIn(browserAt(host.node.url, host.now), chitra.email, 'a guess of somebody');
  await assert.rejects(wrong, refused('sign-in-failed'));
  await vetoNewKey(chitra.browser, chitra.email, OLD);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), chitra.email, NEW), refused('sign-in-failed'));
  await signIn(chitra.browser, chitra.email, OLD);
});

test('A32 a closed account takes no new key, also when it is due', async () => {
  const deepa = await claimed(patients.deepa, 'deepa.lost@people.example');
  const { pseudonym = '' } = await signIn(deepa.browser, deepa.email, OLD);
  const before = host.node.hospital.people.keys.current(pseudonym);
  await makeNewKey(browserAt(host.node.url, host.now), await slipFor(deepa), NEW);
  host.advance(8 * DAY_MS);
  await desk(`/api/accounts/${deepa.accountId}/deactivate`, {});
  await assert.rejects(signIn(browserAt(host.node.url, host.now), deepa.email, NEW), refused('sign-in-failed'));
  assert.equal(host.node.hospital.people.keys.current(pseudonym), before);
  await desk(`/api/accounts/${deepa.accountId}/reactivate`, {});
  await signIn(browserAt(host.node.url, host.now), deepa.email, NEW);
  assert.notEqual(host.node.hospital.people.keys.current(pseudonym), before);
});

test('A34 the desk takes a new key back, before and after the slip was used, and may begin another', async () => {
  const esha = await claimed(patients.esha, 'esha.lost@people.example');
  const takeBack = async () => {
    await signIn(host.administrator, 'desk@city.example', DESK);
    await host.administrator.connection.send(`/api/accounts/${esha.accountId}/new-key`, undefined, 'DELETE');
  };
  const unused = await slipFor(esha);
  await takeBack();
  await assert.rejects(makeNewKey(browserAt(host.node.url, host.now), unused, NEW), refused('code-invalid'));
  await makeNewKey(browserAt(host.node.url, host.now), await slipFor(esha), NEW);
  await takeBack();
  await assert.rejects(takeBack(), refused('wrong-state'));
  host.advance(8 * DAY_MS);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), esha.email, NEW), refused('sign-in-failed'));
  await makeNewKey(browserAt(host.node.url, host.now), await slipFor(esha), 'the third long password');
  host.advance(8 * DAY_MS);
  await signIn(browserAt(host.node.url, host.now), esha.email, 'the third long password');
});

test('A32 nobody at the desk begins it for the own account, and a code of another kind begins nothing', async () => {
  const session = await signIn(host.administrator, 'desk@city.example', DESK);
  const own = host.administrator.connection.send(`/api/accounts/${session.accountId}/new-key`, { shown: 'me' });
  await assert.rejects(own, refused('forbidden'));
  const invitation = { role: 'administrator', email: 'second@city.example', name: 'Second' };
  const { code } = await desk<{ code: string }>('/api/invitations', invitation);
  await assert.rejects(makeNewKey(browserAt(host.node.url, host.now), code, NEW), refused('code-invalid'));
});
