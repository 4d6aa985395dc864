import { newPassword, provePassword, RequestRefused, registerByCode, registerPatient, signIn } from '@clearchart/web';
import { toHex } from '@clearchart/crypto';
import { createSigner, nodeRandom } from '@clearchart/node-crypto';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, CHAIN, openTestHospital, ORGANIZATION } from './flows.fixture.ts';
import { createToken } from './operator.ts';

const hospital = await openTestHospital();
after(() => hospital.close());

/** The store is another one after the node has stopped and started. */
const tokenPorts = () => ({ accounts: hospital.store, exists: (person: string) => person !== 'Patient/nobody' });

const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof RequestRefused, String(error));
  assert.equal(error.code, code);
  return true;
};

const password = 'canary-password-1';
const administrator = hospital.browser();
const { session: administratorSession } = await registerByCode(administrator, {
  code: hospital.enrolmentCode,
  name: 'Canary-Adminname',
  password,
});

const claimCode = async (patientId: string): Promise<string> => {
  hospital.patients.set(patientId, { name: `Canary-${patientId}`, pseudonym: toHex(nodeRandom.bytes(16)) });
  return ((await administrator.connection.send(`/api/patients/${patientId}/claim-code`)) as { code: string }).code;
};

const post = async (path: string, body: unknown): Promise<{ status: number; text: string }> => {
  const answer = await fetch(hospital.address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
};

test('A13 codes that are too old open nothing', async () => {
  const code = await claimCode('old');
  hospital.advance(14 * 24 * 60 * 60_000);
  const claim = registerByCode(hospital.browser(), { code, email: 'old@example.org', password });
  await assert.rejects(claim, refusedWith('code-invalid'));
  await signIn(administrator, ADMINISTRATOR_EMAIL, password);
});

test('A14 a registration whose draft is signed by another key leaves no account and the code unused', async () => {
  const code = await claimCode('signed');
  const [own, other] = [createSigner(nodeRandom.bytes(32)), createSigner(nodeRandom.bytes(32))];
  const chosen = await newPassword(password, { 'argon2id-custom': { iterations: 1, memory: 64, parallelism: 1 } });
  const { registrationRequest } = chosen;
  const about = { code, email: 'signed@example.org', publicKey: toHex(own.publicKey), registrationRequest };
  const started = JSON.parse((await post('/api/registration/start', about)).text) as {
    registrationId: string;
    registrationResponse: string;
  };
  const { registrationRecord } = chosen.finish(started.registrationResponse);
  const finish = {
    registrationId: started.registrationId,
    registrationRecord,
    vault: { version: 1, wraps: { password: 'AAAA', recovery: 'AAAA' }, sealed: 'AAAA' },
    signature: toHex(other.sign(new Uint8Array(32))),
  };
  const refused = await post('/api/registration/finish', finish);
  assert.equal(refused.status, 422);
  assert.equal((await post('/api/registration/finish', finish)).status, 400, 'each registration is finished once');
  await registerByCode(hospital.browser(), { code, email: 'signed@example.org', password });
});

test('A15 the browser signs nothing but its own enrolment or binding', async () => {
  const code = await claimCode('drafted');
  const browser = { ...hospital.browser(), expectedChainId: () => 'e'.repeat(64) };
  await assert.rejects(registerByCode(browser, { code, email: 'd@example.org', password }), /nothing was signed/);
});

test('A16 a node that stops between the signature and the outbox finishes the account when it starts again', async () => {
  const code = await claimCode('crash');
  const claim = { code, email: 'crash@example.org', password };
  hospital.breakOutbox(true);
  await assert.rejects(registerByCode(hospital.browser(), claim), refusedWith('fault'));
  await assert.rejects(signIn(hospital.browser(), claim.email, password), refusedWith('fault'));
  hospital.breakOutbox(false);
  const before = hospital.submitted.length;
  await hospital.restart();
  assert.equal(hospital.submitted.length, before + 1);
  const session = await signIn(hospital.browser(), claim.email, password);
  assert.equal(session.keyBound, true);
});

test('A17 malformed sign-in messages are 400 on every route that takes one, never a fault', async () => {
  const email = ADMINISTRATOR_EMAIL;
  const publicKey = toHex(createSigner(nodeRandom.bytes(32)).publicKey);
  const { startLoginRequest: good } = await provePassword('x');
  for (const bad of ['A', 'AAAA', 'A'.repeat(43), 'A'.repeat(256), '_'.repeat(2_000), 'not base64!', '', 7, null]) {
    const code = await claimCode(`malformed-${String(bad).length}-${typeof bad}`);
    for (const [path, body] of [
      ['/api/session/start', { email: `${code}@example.org`, startLoginRequest: bad, startNewKeyLoginRequest: good }],
      ['/api/session/start', { email: `${code}@example.org`, startLoginRequest: good, startNewKeyLoginRequest: bad }],
      ['/api/recovery/start', { email: `${code}@example.org`, registrationRequest: bad }],
      ['/api/registration/start', { code, email: 'm@example.org', publicKey, registrationRequest: bad }],
    ] as const) {
      const { status, text } = await post(path, body);
      assert.equal(status, 400, `${path} ${String(bad)}: ${text}`);
    }
  }
  for (const withNewKey of [false, true]) {
    const asked = { email, startLoginRequest: good, startNewKeyLoginRequest: good };
    const { signInId } = JSON.parse((await post('/api/session/start', asked)).text) as { signInId: string };
    const finished = await post('/api/session/finish', { signInId, finishLoginRequest: 'AAAA', withNewKey });
    assert.equal(finished.status, 400);
  }
  const smallOrder = { email: 's@example.org', code: await claimCode('small'), publicKey: '01'.padEnd(64, '0') };
  const { registrationRequest } = await newPassword('x');
  assert.equal((await post('/api/registration/start', { ...smallOrder, registrationRequest })).status, 400);
});

test('A18 guessing is slowed by up to a minute from one address, and the right person elsewhere still gets in', async () => {
  const guesser = hospital.browser();
  let refused: unknown;
  for (let guess = 0; guess < 12; guess += 1) {
    await signIn(guesser, ADMINISTRATOR_EMAIL, `guess ${guess}`).catch((error: unknown) => (refused = error));
  }
  assert.ok(refused instanceof RequestRefused);
  assert.equal(refused.code, 'too-many-requests');
  assert.ok((refused.retryAfterSeconds ?? 0) >= 1 && (refused.retryAfterSeconds ?? 0) <= 60);
  await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, password);
  hospital.advance(61_000);
  await signIn(guesser, ADMINISTRATOR_EMAIL, password);
});

test('A19 tokens are known by their hash only, work until their day or their withdrawal, and name who made them', async () => {
  const ask = (token: string) =>
    fetch(`${hospital.address}/api/any-caller`, { headers: { authorization: `Bearer ${token}` } });
  const made = createToken(tokenPorts(), { role: 'practitioner', person: 'dr-1', days: 2 });
  const { caller } = (await (await ask(made.token)).json()) as { caller: object };
  const expected = { role: 'practitioner', person: 'Practitioner/dr-1', authorisedBy: 'operator' };
  assert.deepEqual({ ...expected, ...caller }, caller);
  const { tokens } = (await administrator.connection.requestJson('/api/tokens')) as { tokens: { id: string }[] };
  assert.deepEqual(
    tokens.map(({ id }) => id),
    [made.id],
  );
  await administrator.connection.send(`/api/tokens/${made.id}`, undefined, 'DELETE');
  assert.equal((await ask(made.token)).status, 401);
  const system = createToken(tokenPorts(), { role: 'system', days: 1 });
  assert.equal((await ask(system.token)).status, 200);
  assert.equal((await ask(`${system.token}x`)).status, 401);
  hospital.advance(24 * 60 * 60_000);
  assert.equal((await ask(system.token)).status, 401);
  assert.throws(() => createToken(tokenPorts(), { role: 'system', person: 'dr-1', days: 1 }), RangeError);
  assert.throws(() => createToken(tokenPorts(), { role: 'patient', days: 1 }), RangeError);
  assert.throws(() => createToken(tokenPorts(), { role: 'patient', person: 'nobody', days: 1 }), /there is no Patient/);
  await signIn(administrator, ADMINISTRATOR_EMAIL, password);
});

test('A20 a closed account ends its sessions and tokens; the last administrator stays', async () => {
  const browser = hospital.browser();
  const code = await claimCode('closed');
  const { session } = await registerByCode(browser, { code, email: 'closed@example.org', password });
  const { token } = createToken(tokenPorts(), { role: 'patient', person: 'closed', days: 1 });
  await administrator.connection.send(`/api/accounts/${session.accountId}/deactivate`);
  await assert.rejects(browser.connection.requestJson('/api/only-checked'), refusedWith('bad-credentials'));
  const answer = await fetch(`${hospital.address}/api/any-caller`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 401);
  await assert.rejects(signIn(browser, 'closed@example.org', password), refusedWith('account-inactive'));
  const last = administrator.connection.send(`/api/accounts/${administratorSession.accountId}/deactivate`);
  await assert.rejects(last, refusedWith('last-administrator'));
});

test('A21 only an administrator reaches the desk', async () => {
  const browser = hospital.browser();
  await registerByCode(browser, { code: await claimCode('curious'), email: 'curious@example.org', password });
  for (const path of ['/api/accounts', '/api/invitations', '/api/tokens']) {
    await assert.rejects(browser.connection.requestJson(path), refusedWith('forbidden'));
    assert.equal((await fetch(hospital.address + path)).status, 401);
  }
});

test('A22 neither the stored files nor the log hold an e-mail, a name, a password, a code or a secret in clear', async () => {
  await registerPatient(
    hospital.browser(),
    {
      name: { given: 'Canary-given', family: 'Canary-family' },
      birthDate: '1999-09-09',
      gender: 'other',
      email: 'canary-self@example.org',
      mobile: '+4412345678',
      address: { line: 'Canary-street', city: 'Canary-city' },
    },
    password,
  );
  const code = await claimCode('unused');
  const [cookie = ''] = administrator.cookies.values();
  const { token } = createToken(tokenPorts(), { role: 'system', days: 1 });
  const files = readdirSync(hospital.folder).map((name) =>
    readFileSync(join(hospital.folder, name)).toString('latin1'),
  );
  assert.ok(files.join('').length > 10_000 && hospital.logged.length > 100);
  const clear = [...files, ...hospital.logged].join('\n');
  for (const canary of [/canary/i, /1999-09-09/, /12345678/, code, cookie, token, password, 'Test browser']) {
    assert.equal(clear.search(canary instanceof RegExp ? canary : escaped(canary)), -1, String(canary));
  }
  assert.equal(clear.includes(CHAIN) || clear.includes(ORGANIZATION), false);
});

function escaped(text: string): RegExp {
  return new RegExp(text.replaceAll(/[^A-Za-z0-9]/g, '\\$&'), 'i');
}
