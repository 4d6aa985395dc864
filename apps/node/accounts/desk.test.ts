import { readSession, registerByCode, registerPatient, RequestRefused, signIn } from '@clearchart/web';
import type { PatientProfile } from '@clearchart/api';
import { toHex } from '@clearchart/crypto';
import { nodeRandom } from '@clearchart/node-crypto';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, type Browser, openTestHospital } from './flows.fixture.ts';
import { renewEnrolment } from './operator.ts';

const hospital = await openTestHospital();
after(() => hospital.close());

const password = 'correct horse battery';
const administrator = hospital.browser();

const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof RequestRefused, String(error));
  assert.equal(error.code, code);
  return true;
};

test('A25 while nobody has come in, the command line makes a new enrolment code in place of every one before', async () => {
  const once = renewEnrolment(hospital.store, undefined);
  const { enrolUrl, expires } = renewEnrolment(hospital.store, undefined);
  assert.ok(Date.parse(expires) > Date.now() + 89 * 24 * 60 * 60_000);
  const enrol = (url: string) =>
    registerByCode(administrator, { code: url.split('#')[1] ?? '', name: 'Canary Adminname', password });
  for (const old of [`/enrol#${hospital.enrolmentCode}`, once.enrolUrl])
    await assert.rejects(enrol(old), refusedWith('code-invalid'));
  const { session } = await enrol(enrolUrl);
  assert.equal(session.email, ADMINISTRATOR_EMAIL);
  assert.throws(() => renewEnrolment(hospital.store, 'other@example.org'), /has an administrator/);
});

test('A24 the cookie of a known device is kept from scripts and other sites, and outlives the session', async () => {
  const browser = hospital.browser();
  await signIn(browser, ADMINISTRATOR_EMAIL, password);
  const name = [...browser.cookies.keys()].find((one) => one.endsWith('-device')) ?? '';
  const kept = browser.cookies.get(name) ?? '';
  assert.match(kept, /^[\w-]{22}\.\d{13}\.[\w-]{43}$/);
  const line = hospital.setCookies.findLast((one) => one.startsWith(`${name}=`)) ?? '';
  for (const attribute of [/; HttpOnly/, /; SameSite=Strict/, /; Path=\//, /; Max-Age=15552000/])
    assert.match(line, attribute);
  await browser.connection.send('/api/session', undefined, 'DELETE');
  assert.equal(browser.cookies.get(name), kept);
});

const profile = (email: string, birthDate = '1980-02-03'): PatientProfile => ({
  name: { given: 'Asha', family: 'Selfmade' },
  birthDate,
  gender: 'female',
  email,
  mobile: '+91 98765 43210',
  address: { line: 'Lake Road 1', city: 'Pune' },
});

async function outcome(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
    return 'done';
  } catch (error) {
    return error instanceof RequestRefused && error.code !== undefined ? error.code : String(error);
  }
}

interface Registered {
  readonly browser: Browser;
  readonly id: string;
  /** Resolves to `done` or to the code of the refusal. */
  readonly verify: (body: object) => Promise<string>;
}

async function registered(email: string): Promise<Registered> {
  const browser = hospital.browser();
  const { session } = await registerPatient(browser, profile(email), password);
  const verify = (body: object) =>
    outcome(
      administrator.connection.send(`/api/accounts/${session.accountId}/verify`, {
        deskNumber: session.deskNumber,
        ...body,
      }),
    );
  return { browser, id: session.accountId, verify };
}

test('A8 nobody registers who is still to be born, or was born before 1900, or on a day that never was', async () => {
  const tomorrow = new Date(Date.now() + 2 * 24 * 60 * 60_000).toISOString().slice(0, 10);
  for (const [index, day] of [tomorrow, '2999-01-01', '1899-12-31', '2023-02-29', '1980-13-01'].entries()) {
    const sent = registerPatient(hospital.browser(), profile(`unborn${index}@example.org`, day), password);
    await assert.rejects(sent, refusedWith('bad-request'), day);
  }
  const today = new Date().toISOString().slice(0, 10);
  await registerPatient(hospital.browser(), profile('newborn@example.org', today), password);
});

test('A36 the desk confirms who says the number that their own account shows, and nobody with another one', async () => {
  const first = await registered('first.come@example.org');
  const right = await registered('right.person@example.org');
  const shown = (await readSession(right.browser.connection))?.deskNumber ?? '';
  assert.match(shown, /^\d{6}$/);
  const before = hospital.patients.size;
  assert.equal(await first.verify({ deskNumber: shown }), 'desk-number-wrong');
  for (const deskNumber of ['', '12345', undefined]) assert.equal(await first.verify({ deskNumber }), 'bad-request');
  assert.equal(hospital.patients.size, before);
  const lines = JSON.stringify(await administrator.connection.requestJson('/api/accounts?state=unverified'));
  assert.ok(!lines.includes(shown), 'no line of the desk tells the number');
  assert.equal(await right.verify({ deskNumber: shown }), 'done');
  assert.equal((await readSession(right.browser.connection))?.deskNumber, undefined);
});

test('A26 desks that confirm one registration at once make one Patient, and only one of them is told that it did', async () => {
  const { browser, verify } = await registered('twice@example.org');
  const before = hospital.patients.size;
  const answers = await Promise.all(Array.from({ length: 8 }, () => verify({})));
  assert.deepEqual(answers.toSorted(), ['done', ...Array<string>(7).fill('wrong-state')]);
  assert.equal(hospital.patients.size, before + 1);
  assert.equal((await signIn(browser, 'twice@example.org', password)).state, 'active');
});

test('A26 desks that decide differently about one registration at once: the first decision holds, the other makes nobody', async () => {
  const { verify } = await registered('differently@example.org');
  hospital.patients.set('known', { name: 'Known', pseudonym: toHex(nodeRandom.bytes(16)) });
  const before = hospital.patients.size;
  assert.deepEqual(await Promise.all([verify({ patientId: 'known' }), verify({})]), ['done', 'wrong-state']);
  assert.equal(hospital.patients.size, before);
});

test('A26 a decision that was cut short is carried out again, and after a minute another one may be taken', async () => {
  const { id, verify } = await registered('cutshort@example.org');
  hospital.patients.set('second', { name: 'Second', pseudonym: toHex(nodeRandom.bytes(16)) });
  const account = hospital.store.accounts.byId(id) ?? assert.fail('no account');
  const verifying = { link: 'new', until: Date.now() + 60_000 };
  hospital.store.accounts.update(account, 'unverified', { ...account.identity, verifying });
  assert.equal(await verify({ patientId: 'second' }), 'wrong-state');
  hospital.advance(61_000);
  assert.equal(await verify({ patientId: 'second' }), 'done');
});

test('A26 of claim codes made at once for one person one opens the record, once, and none after the desk linked it', async () => {
  hospital.patients.set('claimed', { name: 'Claimed', pseudonym: toHex(nodeRandom.bytes(16)) });
  const issue = (patient: string) =>
    administrator.connection.send(`/api/patients/${patient}/claim-code`) as Promise<{ code: string }>;
  const codes = await Promise.all(Array.from({ length: 6 }, () => issue('claimed')));
  const claims = codes.map(({ code }, index) =>
    outcome(registerByCode(hospital.browser(), { code, email: `claim${index}@example.org`, password })),
  );
  assert.deepEqual((await Promise.all(claims)).toSorted(), [...Array<string>(5).fill('code-invalid'), 'done']);
  hospital.patients.set('linked', { name: 'Linked', pseudonym: toHex(nodeRandom.bytes(16)) });
  const { code } = await issue('linked');
  const { verify } = await registered('linked@example.org');
  assert.equal(await verify({ patientId: 'linked' }), 'done');
  const late = registerByCode(hospital.browser(), { code, email: 'late@example.org', password });
  await assert.rejects(late, refusedWith('code-invalid'));
  await assert.rejects(issue('linked'), refusedWith('already-claimed'));
});

test('A20 an account that was closed is opened again as it was, and both are kept with time and name', async () => {
  const browser = hospital.browser();
  hospital.patients.set('reopened', { name: 'Reopened', pseudonym: toHex(nodeRandom.bytes(16)) });
  const { code } = (await administrator.connection.send('/api/patients/reopened/claim-code')) as { code: string };
  const email = 'reopened@example.org';
  const { session } = await registerByCode(browser, { code, email, password });
  const change = (how: string) => administrator.connection.send(`/api/accounts/${session.accountId}/${how}`);
  await change('deactivate');
  await change('deactivate');
  const closed = hospital.store.accounts.byId(session.accountId);
  assert.deepEqual(
    closed?.identity.changes?.map(({ to, by }) => [to, by.name]),
    [['deactivated', 'Canary Adminname']],
  );
  await assert.rejects(signIn(browser, email, password), refusedWith('account-inactive'));
  await change('reactivate');
  await change('reactivate');
  await assert.rejects(browser.connection.requestJson('/api/only-checked'), refusedWith('bad-credentials'));
  const again = await signIn(browser, email, password);
  assert.equal(again.person, session.person);
  assert.equal(again.keyBound, true);
  const { accounts } = (await administrator.connection.requestJson('/api/accounts?state=active')) as {
    accounts: { id: string; changed?: { at: number; by: string } }[];
  };
  const line = accounts.find(({ id }) => id === session.accountId);
  assert.equal(line?.changed?.by, 'Canary Adminname');
});

test('A20 who was closed before the desk had checked is opened again to wait for the desk', async () => {
  const { browser, id, verify } = await registered('waiting@example.org');
  await administrator.connection.send(`/api/accounts/${id}/deactivate`);
  assert.equal(await verify({}), 'wrong-state');
  await administrator.connection.send(`/api/accounts/${id}/reactivate`);
  assert.equal((await signIn(browser, 'waiting@example.org', password)).state, 'unverified');
  assert.equal(await verify({}), 'done');
  await assert.rejects(
    administrator.connection.send(`/api/accounts/${'0'.repeat(32)}/reactivate`),
    refusedWith('not-found'),
  );
});

test('A35 when an administrator’s account is closed, what it handed out and nobody has used ends; what others handed out stays', async () => {
  const invitation = { role: 'administrator', email: 'leaving@example.org', name: 'Leaving' };
  const leaving = hospital.browser();
  const { code } = (await administrator.connection.send('/api/invitations', invitation)) as { code: string };
  const { session } = await registerByCode(leaving, { code, password });
  hospital.patients.set('of-leaving', { name: 'Of Leaving', pseudonym: toHex(nodeRandom.bytes(16)) });
  hospital.patients.set('of-staying', { name: 'Of Staying', pseudonym: toHex(nodeRandom.bytes(16)) });
  const codeOf = async (by: Browser, path: string, body?: object) =>
    ((await by.connection.send(path, body)) as { code: string }).code;
  const theirs = [
    await codeOf(leaving, '/api/patients/of-leaving/claim-code'),
    await codeOf(leaving, '/api/invitations', { ...invitation, email: 'friend@example.org' }),
  ];
  const ours = await codeOf(administrator, '/api/patients/of-staying/claim-code');
  await administrator.connection.send(`/api/accounts/${session.accountId}/deactivate`);
  for (const [at, one] of theirs.entries()) {
    const email = `late-${at}@example.org`;
    await assert.rejects(
      registerByCode(hospital.browser(), { code: one, email, password }),
      refusedWith('code-invalid'),
    );
  }
  await registerByCode(hospital.browser(), { code: ours, email: 'staying@example.org', password });
});
