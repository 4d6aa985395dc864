/** A sign-in that somebody began in time, and finishes when its password is the account's no longer. */
import { changePassword, provePassword, readSession, recover, registerByCode, RequestRefused } from '@clearchart/web';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, openTestHospital } from './flows.fixture.ts';

const hospital = await openTestHospital();
after(() => hospital.close());

const own = hospital.browser();
const [first, second, third] = ['correct horse battery', 'a wholly new password', 'one after the words'];
const { recoveryWords } = await registerByCode(own, { code: hospital.enrolmentCode, name: 'Ada', password: first });

/** Proves the password up to its last message. */
async function beginSignIn(password: string) {
  const browser = hospital.browser();
  const [proof, unused] = await Promise.all([0, 1].map(() => provePassword(password, browser.keyStretching)));
  assert.ok(proof !== undefined && unused !== undefined);
  const { signInId, loginResponse } = (await browser.connection.send('/api/session/start', {
    email: ADMINISTRATOR_EMAIL,
    startLoginRequest: proof.startLoginRequest,
    startNewKeyLoginRequest: unused.startLoginRequest,
  })) as { signInId: string; loginResponse: string };
  const { finishLoginRequest } = proof.finish(loginResponse) ?? assert.fail('the password was not the account’s');
  const last = { signInId, finishLoginRequest, withNewKey: false };
  return { browser, finish: () => browser.connection.send('/api/session/finish', last) };
}

const refused = (error: unknown) => error instanceof RequestRefused && error.code === 'sign-in-failed';

test('A9 a sign-in that began with the password before opens no session once the password is changed', async () => {
  const [inTime, late] = [await beginSignIn(first), await beginSignIn(first)];
  await inTime.finish();
  assert.ok(await readSession(inTime.browser.connection));
  await changePassword(own, ADMINISTRATOR_EMAIL, first, second);
  await assert.rejects(late.finish(), refused);
  assert.equal(await readSession(late.browser.connection), undefined);
});

test('A9 the same password chosen again is another one to a sign-in that began before', async () => {
  const late = await beginSignIn(second);
  await changePassword(own, ADMINISTRATOR_EMAIL, second, second);
  await assert.rejects(late.finish(), refused);
});

test('A10 a sign-in that began before a recovery opens no session after it', async () => {
  const late = await beginSignIn(second);
  await recover(hospital.browser(), { email: ADMINISTRATOR_EMAIL }, recoveryWords, third);
  await assert.rejects(late.finish(), refused);
  assert.equal(await readSession(late.browser.connection), undefined);
});
