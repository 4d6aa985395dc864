/** Custody by other ways than the plain one: an account that was there before, a record that was closed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { custodyKey, decodeValue, personKey, type Pseudonym } from '@clearchart/ledger';
import { registerPatient, signIn } from '@clearchart/web';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

const PASSWORD = 'correct horse battery staple';
const EMAIL = 'bilal.alone@people.example';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

test('A41 an account that the desk links to a patient in custody takes the key over at the next sign-in', async () => {
  const patient = host.ids['q'] ?? '';
  const { hospital } = host.node;
  const pseudonym = hospital.clinical.pseudonymOf(patient) as Pseudonym;
  const read = <Value>(key: string): Value => {
    const bytes = hospital.state.get(key);
    assert.ok(bytes !== undefined, key);
    return decodeValue(bytes) as unknown as Value;
  };
  const asked = await host.askAsAdministrator('POST', `/api/patients/${patient}/custody`, { shown: 'passport' });
  assert.equal(asked.status, 201, asked.body);
  const kept = read<{ publicKey: string }>(custodyKey(pseudonym)).publicKey;
  const profile = {
    name: { given: 'Bilal', family: 'Shaikh' },
    gender: 'male' as const,
    birthDate: '1980-02-03',
    email: EMAIL,
    mobile: '+91 98220 77777',
    address: { line: '1 Lake Road', city: 'Pune' },
  };
  const { session } = await registerPatient(browserAt(host.node.url), profile, PASSWORD);
  const linked = await host.askAsAdministrator('POST', `/api/accounts/${session.accountId}/verify`, {
    deskNumber: session.deskNumber,
    patientId: patient,
  });
  assert.equal(linked.status, 200, linked.body);
  const late = await host.askAsAdministrator('POST', `/api/patients/${patient}/custody/entries`, { told: ['Gout'] });
  assert.equal(late.status, 409, 'from the moment the patient has an account the kept key signs nothing else');
  const browser = browserAt(host.node.url);
  assert.equal((await signIn(browser, EMAIL, PASSWORD)).keyBound, true);
  await hospital.settled(30_000);
  const own = browser.keyring.keys[0]?.key.publicKey;
  assert.notEqual(own, kept);
  assert.equal(read<{ publicKey: string }>(personKey(pseudonym)).publicKey, own);
  assert.equal(typeof read<{ endedAt: number | null }>(custodyKey(pseudonym)).endedAt, 'number');
  assert.equal(hospital.accounts.custody.find(pseudonym), undefined);
});

test('P9 for a record that was joined into another, or closed, nothing more is written in custody', async () => {
  const patient = host.ids['p'] ?? '';
  const entries = (told: string) =>
    host.askAsAdministrator('POST', `/api/patients/${patient}/custody/entries`, { told: [told] });
  await host.askAsAdministrator('POST', `/api/patients/${patient}/custody`, { shown: 'passport' });
  assert.equal((await entries('Hay fever')).status, 201);
  const options = { token: host.tokens.system };
  const before = JSON.parse((await host.ask('GET', `/fhir/R4/Patient/${patient}`, options)).body) as object;
  const closed = { ...options, body: { ...before, active: false } };
  assert.equal((await host.ask('PUT', `/fhir/R4/Patient/${patient}`, closed)).status, 200);
  assert.equal((await entries('Migraine')).status, 409);
});
