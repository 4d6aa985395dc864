import { recoveryMessage } from '@clearchart/api';
import { toHex } from '@clearchart/crypto';
import { transactionId } from '@clearchart/ledger';
import { nodeRandom } from '@clearchart/node-crypto';
import { newPassword, readSession, recover, registerByCode, RequestRefused, signIn } from '@clearchart/web';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, type Browser, openTestHospital } from './flows.fixture.ts';

const hospital = await openTestHospital();
after(() => hospital.close());

const password = 'correct horse battery';
const administrator = hospital.browser();
const first = await registerByCode(administrator, { code: hospital.enrolmentCode, name: 'Ada', password });

const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof RequestRefused, String(error));
  assert.equal(error.code, code);
  return true;
};
const lastSubmitted = () => hospital.submitted.at(-1) ?? assert.fail('nothing was submitted');

async function claimed(patientId: string, email: string): Promise<Browser> {
  hospital.patients.set(patientId, { name: 'Late', pseudonym: toHex(nodeRandom.bytes(16)) });
  const issued = await administrator.connection.send(`/api/patients/${patientId}/claim-code`);
  const browser = hospital.browser();
  await registerByCode(browser, { code: (issued as { code: string }).code, email, password });
  return browser;
}

test('A10 recovery is refused with a vault of other keys, even when the right key has signed it', async () => {
  const { connection } = hospital.browser();
  const chosen = await newPassword('another password', administrator.keyStretching);
  const { registrationRequest } = chosen;
  const started = (await connection.send('/api/recovery/start', {
    email: ADMINISTRATOR_EMAIL,
    registrationRequest,
  })) as {
    recoveryId: string;
    accountId: string;
    challenge: string;
    registrationResponse: string;
  };
  const { recoveryId, accountId, challenge } = started;
  const { registrationRecord } = chosen.finish(started.registrationResponse);
  const vault = { version: 1 as const, wraps: { password: 'AAAA', recovery: 'AAAA' }, sealed: 'AAAA' };
  const { key } = administrator.keyring.keys[0] ?? assert.fail('the key is at hand');
  const signature = toHex(await key.sign(recoveryMessage({ accountId, challenge, registrationRecord, vault })));
  const proof = { recoveryId, registrationRecord, vault, publicKey: key.publicKey, signature };
  await assert.rejects(connection.send('/api/recovery/finish', proof), refusedWith('bad-request'));
  await recover(hospital.browser(), { email: ADMINISTRATOR_EMAIL }, first.recoveryWords, password);
  await signIn(administrator, ADMINISTRATOR_EMAIL, password);
});

test('A16 a bound key is not bound again; one that expired unmined is, to the same pseudonym of the patient', async () => {
  const patient = await claimed('late', 'late@example.org');
  await assert.rejects(patient.connection.send('/api/account/key/start'), refusedWith('wrong-state'));
  const { draft } = lastSubmitted();
  hospital.expireTransaction(transactionId(draft));
  assert.equal((await readSession(patient.connection))?.keyBound, false);
  assert.equal((await signIn(patient, 'late@example.org', password)).keyBound, true);
  const anew = lastSubmitted().draft;
  assert.notEqual(transactionId(anew), transactionId(draft));
  assert.deepEqual(anew.body, draft.body);
});

test('A16 staff whose enrolment expired unmined are enrolled under a new pseudonym with the same key', async () => {
  const invitation = { role: 'practitioner', email: 'dr@example.org', name: 'Dr', person: 'Practitioner/dr-1' };
  const { code } = (await administrator.connection.send('/api/invitations', invitation)) as { code: string };
  const doctor = hospital.browser();
  await registerByCode(doctor, { code, password });
  const { draft } = lastSubmitted();
  hospital.expireTransaction(transactionId(draft));
  const session = await signIn(doctor, invitation.email, password);
  const anew = lastSubmitted().draft;
  assert.equal(session.keyBound, true);
  assert.equal(session.pseudonym, anew.body.pseudonym);
  assert.notEqual(anew.body.pseudonym, draft.body.pseudonym);
  assert.equal(anew.body.publicKey, draft.body.publicKey);
});

test('A16 a key is bound only beside the vault whose password and words are the stored ones', async () => {
  const patient = await claimed('wraps', 'wraps@example.org');
  hospital.expireTransaction(transactionId(lastSubmitted().draft));
  const before = hospital.submitted.length;
  const { connection } = patient;
  const swapping: Browser = {
    ...patient,
    connection: {
      ...connection,
      send(path, body, method) {
        const sent = body as { vault?: { wraps: object } } | undefined;
        if (path !== '/api/account/key/finish' || sent?.vault === undefined) return connection.send(path, body, method);
        const vault = { ...sent.vault, wraps: { ...sent.vault.wraps, password: 'AAAA' } };
        return connection.send(path, { ...sent, vault }, method);
      },
    },
  };
  await assert.rejects(signIn(swapping, 'wraps@example.org', password), refusedWith('bad-request'));
  assert.equal(hospital.submitted.length, before);
  assert.equal((await signIn(patient, 'wraps@example.org', password)).keyBound, true);
});
