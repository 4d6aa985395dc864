import {
  RequestRefused,
  changePassword,
  readSession,
  recover,
  registerByCode,
  registerPatient,
  signIn,
  signOut,
  newPassword,
  provePassword,
} from '@clearchart/web';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, openTestHospital } from './flows.fixture.ts';

const hospital = await openTestHospital();
after(() => hospital.close());

const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof RequestRefused, String(error));
  assert.equal(error.code, code);
  return true;
};

const password = 'correct horse battery';
const administrator = hospital.browser();
const first = await registerByCode(administrator, { code: hospital.enrolmentCode, name: 'Canary Adminname', password });
let administratorPassword = password;

test('A1 the enrolment code makes the first administrator once, with a key signed on the ledger by its holder', async () => {
  assert.equal(first.session.role, 'administrator');
  assert.equal(first.session.keyBound, true);
  assert.equal(first.recoveryWords.length, 24);
  assert.equal(hospital.submitted[0]?.draft.type, 'enrol-person');
  assert.equal(hospital.submitted[0]?.draft.body.publicKey, administrator.keyring.keys[0]?.key.publicKey);
  const again = registerByCode(hospital.browser(), {
    code: hospital.enrolmentCode,
    email: 'x@example.org',
    name: 'X',
    password,
  });
  await assert.rejects(again, refusedWith('code-invalid'));
});

test('A2 the right password signs in, however the e-mail is typed; a wrong one and an unknown e-mail are refused alike', async () => {
  const browser = hospital.browser();
  const session = await signIn(browser, ` ${ADMINISTRATOR_EMAIL.toUpperCase()}`.trim(), administratorPassword);
  assert.equal(session.accountId, first.session.accountId);
  assert.equal((await readSession(browser.connection))?.email, ADMINISTRATOR_EMAIL);
  await assert.rejects(signIn(hospital.browser(), ADMINISTRATOR_EMAIL, 'wrong'), refusedWith('sign-in-failed'));
  await assert.rejects(signIn(hospital.browser(), 'nobody@example.org', 'wrong'), refusedWith('sign-in-failed'));
});

test('A3 signing in gives a new session secret and ends the one the browser came with', async () => {
  const browser = hospital.browser();
  await signIn(browser, ADMINISTRATOR_EMAIL, administratorPassword);
  const [name, before] = [...browser.cookies][0] ?? ['', ''];
  await signIn(browser, ADMINISTRATOR_EMAIL, administratorPassword);
  assert.notEqual(browser.cookies.get(name), before);
  const answer = await fetch(`${hospital.address}/api/sessions`, { headers: { cookie: `${name}=${before}` } });
  assert.equal(answer.status, 401);
  // A value planted before signing in is not taken over.
  const fixed = hospital.browser();
  fixed.cookies.set(name, 'planted');
  await signIn(fixed, ADMINISTRATOR_EMAIL, administratorPassword);
  assert.notEqual(fixed.cookies.get(name), 'planted');
});

test('A4 signing out ends the session on the node, and one device can end another', async () => {
  const [one, other] = [hospital.browser(), hospital.browser()];
  await signIn(one, ADMINISTRATOR_EMAIL, administratorPassword);
  await signIn(other, ADMINISTRATOR_EMAIL, administratorPassword);
  const listed = (await one.connection.requestJson('/api/sessions')) as {
    sessions: { id: string; current: boolean }[];
  };
  const current = ((await other.connection.requestJson('/api/sessions')) as typeof listed).sessions.find(
    (row) => row.current,
  );
  await one.connection.send(`/api/sessions/${current?.id}`, undefined, 'DELETE');
  assert.equal(await readSession(other.connection), undefined);
  const [name = '', secret = ''] = [...one.cookies][0] ?? [];
  await signOut(one);
  assert.equal(
    (await fetch(`${hospital.address}/api/sessions`, { headers: { cookie: `${name}=${secret}` } })).status,
    401,
  );
});

test('A4 a session tells, for as long as it lasts, when the account was signed in to before it', async () => {
  await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, administratorPassword);
  hospital.advance(5_000);
  const browser = hospital.browser();
  const before_ = (await signIn(browser, ADMINISTRATOR_EMAIL, administratorPassword)).lastSignInAt;
  hospital.advance(90_000);
  // Somebody signs in elsewhere, and the last use is written anew: what this session tells stays.
  await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, administratorPassword);
  const now = await readSession(browser.connection);
  assert.ok(before_ !== undefined && now !== undefined);
  assert.equal(now.lastSignInAt, before_);
  assert.ok(before_ < now.signedInAt);
});

test('A5 a change without the session’s own token against forged requests is refused', async () => {
  const browser = hospital.browser();
  await signIn(browser, ADMINISTRATOR_EMAIL, administratorPassword);
  browser.connection.setCsrfToken(first.session.csrfToken);
  await assert.rejects(browser.connection.send('/api/session', undefined, 'DELETE'), refusedWith('csrf-mismatch'));
});

test('A6 an invited practitioner registers once; a withdrawn, unknown or old invitation opens nothing', async () => {
  const invitation = {
    role: 'practitioner',
    email: 'canary.doctor@example.org',
    name: 'Dr Canary',
    person: 'Practitioner/dr-1',
  };
  const withdrawn = (await administrator.connection.send('/api/invitations', {
    ...invitation,
    email: 'w@example.org',
  })) as { id: string; code: string };
  await administrator.connection.send(`/api/invitations/${withdrawn.id}`, undefined, 'DELETE');
  await assert.rejects(
    registerByCode(hospital.browser(), { code: withdrawn.code, password }),
    refusedWith('code-invalid'),
  );
  const { code } = (await administrator.connection.send('/api/invitations', invitation)) as { code: string };
  const { session } = await registerByCode(hospital.browser(), { code: code.toLowerCase(), password });
  assert.equal(session.person, 'Practitioner/dr-1');
  assert.match(session.pseudonym ?? '', /^[0-9a-f]{32}$/);
  await assert.rejects(registerByCode(hospital.browser(), { code, password }), refusedWith('code-invalid'));
  const unknown = { ...invitation, email: 'n@example.org', person: 'Practitioner/nobody' };
  await assert.rejects(administrator.connection.send('/api/invitations', unknown), refusedWith('not-found'));
  await assert.rejects(administrator.connection.send('/api/invitations', invitation), refusedWith('email-taken'));
});

test('A7 a claim code binds the first key to the patient’s pseudonym, and a second code ends the first', async () => {
  hospital.patients.set('p1', { name: 'Canary Patientname', pseudonym: 'ab'.repeat(16) });
  const issue = async () =>
    ((await administrator.connection.send('/api/patients/p1/claim-code')) as { code: string }).code;
  const early = await issue();
  const code = await issue();
  const claim = { email: 'canary.patient@example.org', password };
  await assert.rejects(registerByCode(hospital.browser(), { code: early, ...claim }), refusedWith('code-invalid'));
  const { session } = await registerByCode(hospital.browser(), { code, ...claim });
  assert.equal(session.person, 'Patient/p1');
  assert.equal(session.name, 'Canary Patientname');
  const submitted = hospital.submitted.at(-1);
  assert.equal(submitted?.draft.type, 'bind-person-key');
  assert.equal(submitted?.draft.body.pseudonym, 'ab'.repeat(16));
  await assert.rejects(issue(), refusedWith('already-claimed'));
});

test('A8 who registers alone sees nothing until the desk has checked, then gets a Patient and a bound key', async () => {
  const profile = {
    name: { given: 'Canary', family: 'Selfmade' },
    birthDate: '1980-02-03',
    gender: 'female' as const,
    email: 'canary.self@example.org',
    mobile: '+91 98765 43210',
    address: { line: 'Canary Street 1', city: 'Pune' },
  };
  const browser = hospital.browser();
  const { session } = await registerPatient(browser, profile, password);
  assert.equal(session.state, 'unverified');
  await assert.rejects(browser.connection.requestJson('/api/only-checked'), refusedWith('awaiting-desk'));
  const { accounts } = (await administrator.connection.requestJson('/api/accounts?state=unverified')) as {
    accounts: { id: string; profile: object }[];
  };
  assert.deepEqual(accounts[0]?.profile, profile);
  const { deskNumber } = session;
  await administrator.connection.send(`/api/accounts/${session.accountId}/verify`, { deskNumber });
  const checked = await signIn(browser, profile.email, password);
  assert.equal(checked.state, 'active');
  assert.equal(checked.keyBound, true);
  assert.equal(hospital.submitted.at(-1)?.draft.type, 'bind-person-key');
  const { caller } = (await browser.connection.requestJson('/api/only-checked')) as { caller: { person: string } };
  assert.match(caller.person, /^Patient\/made-/);
  // A taken e-mail is answered as a free one is, and changes nothing.
  await assert.rejects(registerPatient(hospital.browser(), profile, 'another password'), refusedWith('sign-in-failed'));
  await signIn(hospital.browser(), profile.email, password);
});

test('A9 a new password ends other sessions, keeps keys and words; the old one is refused', async () => {
  const [one, other] = [hospital.browser(), hospital.browser()];
  await signIn(other, ADMINISTRATOR_EMAIL, administratorPassword);
  await changePassword(one, ADMINISTRATOR_EMAIL, administratorPassword, 'a new long password');
  assert.equal(await readSession(other.connection), undefined);
  await assert.rejects(
    signIn(hospital.browser(), ADMINISTRATOR_EMAIL, administratorPassword),
    refusedWith('sign-in-failed'),
  );
  administratorPassword = 'a new long password';
  await signIn(administrator, ADMINISTRATOR_EMAIL, administratorPassword);
  assert.equal(administrator.keyring.keys[0]?.key.publicKey, hospital.submitted[0]?.draft.body.publicKey);
  hospital.advance(6 * 60_000);
  const late = administrator.connection.send('/api/account/password/finish', {
    registrationRecord: 'A'.repeat(256),
    vault: emptyVault,
  });
  await assert.rejects(late, refusedWith('sign-in-again'));
});

const emptyVault = { version: 1, wraps: { password: 'AAAA', recovery: 'AAAA' }, sealed: 'AAAA' };

test('A10 the 24 words set a new password; wrong words and an unknown e-mail are refused alike', async () => {
  await recover(hospital.browser(), { email: ADMINISTRATOR_EMAIL }, first.recoveryWords, 'recovered password');
  administratorPassword = 'recovered password';
  await signIn(administrator, ADMINISTRATOR_EMAIL, administratorPassword);
  const wrong = [...first.recoveryWords].reverse();
  await assert.rejects(
    recover(hospital.browser(), { email: ADMINISTRATOR_EMAIL }, wrong, 'x'),
    refusedWith('recovery-failed'),
  );
  await assert.rejects(
    recover(hospital.browser(), { email: 'nobody@example.org' }, first.recoveryWords, 'x'),
    refusedWith('recovery-failed'),
  );
});

test('A11 recovery and sign-in of an unknown e-mail have the shape of a known one, and stay the same when asked again', async () => {
  const { registrationRequest } = await newPassword('x');
  const { startLoginRequest } = await provePassword('x');
  const { startLoginRequest: startNewKeyLoginRequest } = await provePassword('x');
  const { connection } = hospital.browser();
  type Answer = { accountId: string; vault: { wraps: { recovery: string }; sealed: string }; loginResponse: string };
  const ask = async (email: string) => ({
    ...((await connection.send('/api/recovery/start', { email, registrationRequest })) as Answer),
    ...((await connection.send('/api/session/start', {
      email,
      startLoginRequest,
      startNewKeyLoginRequest,
    })) as Answer),
  });
  const shape = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.length
      : typeof value === 'object' && value !== null
        ? Object.entries(value).map(([key, child]) => [key, shape(child)])
        : value;
  const [known, unknown, again] = [
    await ask(ADMINISTRATOR_EMAIL),
    await ask('nobody@example.org'),
    await ask('nobody@example.org'),
  ];
  assert.deepEqual(shape(unknown), shape(known));
  assert.equal(unknown.accountId, again.accountId);
  assert.deepEqual(unknown.vault, again.vault);
});

test('A12 sessions end after 30 minutes idle and after 12 hours at most', async () => {
  const browser = hospital.browser();
  await signIn(browser, ADMINISTRATOR_EMAIL, administratorPassword);
  hospital.advance(29 * 60_000);
  assert.ok(await readSession(browser.connection));
  hospital.advance(31 * 60_000);
  assert.equal(await readSession(browser.connection), undefined);
  await signIn(browser, ADMINISTRATOR_EMAIL, administratorPassword);
  for (let half = 0; half < 24; half += 1) {
    hospital.advance(29 * 60_000);
    assert.ok(await readSession(browser.connection));
  }
  hospital.advance(25 * 60_000);
  assert.equal(await readSession(browser.connection), undefined);
  await signIn(browser, ADMINISTRATOR_EMAIL, administratorPassword);
  for (let minute = 0; minute < 29; minute += 1) {
    hospital.advance(60_000);
    await browser.connection.request('/api/sessions', { headers: { 'x-unattended': '1' } });
  }
  hospital.advance(60_000);
  assert.equal(await readSession(browser.connection), undefined, 'what a page asks by itself is no use of it');
  await signIn(administrator, ADMINISTRATOR_EMAIL, administratorPassword);
});
