import {
  changePassword,
  newPassword,
  recover,
  registerByCode,
  registerPatient,
  RequestRefused,
  signIn,
} from '@clearchart/web';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, openTestHospital } from './flows.fixture.ts';

const links: { to: string; code: string }[] = [];
const changed: string[] = [];
const hospital = await openTestHospital({
  recoveryLink(to, path) {
    assert.match(path, /^\/recover#[0-9A-Z]{26}$/);
    links.push({ to, code: path.slice('/recover#'.length) });
  },
  passwordChanged: (to) => void changed.push(to),
  wordsChanged: assert.fail,
  newDevice: () => {},
  newKeyAsked: assert.fail,
  newKeyTaken: assert.fail,
  newKeyVetoed: assert.fail,
  newKeyWithdrawn: assert.fail,
});
after(() => hospital.close());

const password = 'correct horse battery';
const administrator = hospital.browser();
const { recoveryWords } = await registerByCode(administrator, {
  code: hospital.enrolmentCode,
  name: 'Canary Adminname',
  password,
});

const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof RequestRefused, String(error));
  assert.equal(error.code, code);
  return true;
};

/** Asks for a link from a network of its own; resolves to the code of the letter, if one went out. */
async function ask(email: string): Promise<string | undefined> {
  const before = links.length;
  await hospital.browser().connection.send('/api/recovery/mail', { email });
  return links.at(before)?.code;
}

test('A27 link and words together set a new password, once; the person is told, and other links end', async () => {
  const way = await hospital.browser().connection.requestJson('/api/recovery');
  assert.deepEqual(way, { byMail: true });
  const [first = '', second = ''] = [await ask(ADMINISTRATOR_EMAIL), await ask(ADMINISTRATOR_EMAIL.toUpperCase())];
  const wrong = [...recoveryWords].reverse();
  await assert.rejects(
    recover(hospital.browser(), { code: first }, wrong, 'a new one'),
    refusedWith('recovery-failed'),
  );
  await recover(hospital.browser(), { code: first }, recoveryWords, 'a new long password');
  assert.deepEqual(changed.splice(0), [ADMINISTRATOR_EMAIL]);
  for (const code of [first, second])
    await assert.rejects(recover(hospital.browser(), { code }, recoveryWords, 'again'), refusedWith('code-invalid'));
  await signIn(administrator, ADMINISTRATOR_EMAIL, 'a new long password');
});

test('A27 where mail is sent the words alone open nothing, and the vault is not given to who knows the e-mail', async () => {
  for (const email of [ADMINISTRATOR_EMAIL, 'nobody@example.org'])
    await assert.rejects(
      recover(hospital.browser(), { email }, recoveryWords, 'x'),
      refusedWith('recovery-needs-mail'),
    );
});

test('A27 asking says the same for an unknown address, and sends nothing to it or to a closed account', async () => {
  assert.equal(await ask('nobody@example.org'), undefined);
  hospital.patients.set('closed', { name: 'Closed', pseudonym: 'ab'.repeat(16) });
  const { code } = (await administrator.connection.send('/api/patients/closed/claim-code')) as { code: string };
  const email = 'closed@example.org';
  const { session } = await registerByCode(hospital.browser(), { code, email, password });
  const link = (await ask(email)) ?? '';
  await administrator.connection.send(`/api/accounts/${session.accountId}/deactivate`);
  assert.equal(await ask(email), undefined);
  const { registrationRequest } = await newPassword('x');
  const started = hospital.browser().connection.send('/api/recovery/start', { code: link, registrationRequest });
  await assert.rejects(started, refusedWith('code-invalid'));
});

test('A27 a link is good for thirty minutes, and is no code to come in with', async () => {
  const code = (await ask(ADMINISTRATOR_EMAIL)) ?? '';
  await assert.rejects(registerByCode(hospital.browser(), { code, password }), refusedWith('code-invalid'));
  const { invitations } = (await administrator.connection.requestJson('/api/invitations')) as { invitations: object[] };
  assert.deepEqual(invitations, []);
  hospital.advance(30 * 60_000);
  await assert.rejects(recover(hospital.browser(), { code }, recoveryWords, 'late'), refusedWith('code-invalid'));
  await signIn(administrator, ADMINISTRATOR_EMAIL, 'a new long password');
  const invitation = { role: 'administrator', email: 'second@example.org', name: 'Second' };
  const issued = (await administrator.connection.send('/api/invitations', invitation)) as { code: string };
  const started = recover(hospital.browser(), { code: issued.code }, recoveryWords, 'x');
  await assert.rejects(started, refusedWith('code-invalid'), 'an invitation recovers nothing');
});

test('A28 one address gets three letters, then waits longer each time, whoever asks; unknown ones are braked alike', async () => {
  const profile = {
    name: { given: 'Asha', family: 'Selfmade' },
    birthDate: '1980-02-03',
    gender: 'female' as const,
    email: 'flooded@example.org',
    mobile: '+91 98765 43210',
    address: { line: 'Lake Road 1', city: 'Pune' },
  };
  const own = hospital.browser();
  await registerPatient(own, profile, password);
  const before = links.length;
  for (const email of [profile.email, 'unknown@example.org']) {
    for (let letter = 0; letter < 3; letter += 1) await ask(email);
    await assert.rejects(ask(email), (error: unknown) => {
      assert.ok(error instanceof RequestRefused && error.code === 'too-many-requests');
      assert.ok((error.retryAfterSeconds ?? 0) > 30);
      return true;
    });
  }
  assert.equal(links.length, before + 3);
  await own.connection.send('/api/recovery/mail', { email: profile.email });
  assert.equal(links.length, before + 4, 'the device of its owner has letters of its own');
});

test('A27 a password changed in the account is told by letter too, and ends the links that were mailed before', async () => {
  changed.length = 0;
  hospital.advance(24 * 60 * 60_000);
  const code = await ask(ADMINISTRATOR_EMAIL);
  assert.ok(code);
  await changePassword(administrator, ADMINISTRATOR_EMAIL, 'a new long password', password);
  assert.deepEqual(changed, [ADMINISTRATOR_EMAIL]);
  await assert.rejects(recover(hospital.browser(), { code }, recoveryWords, 'again'), refusedWith('code-invalid'));
});
