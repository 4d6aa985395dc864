/** What several desks do at the same moment about one person, on a real node: one Patient, whatever the order. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { registerPatient } from '@clearchart/web';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const patients = async (): Promise<number> =>
  (await host.ask('GET', '/fhir/R4/Patient?_summary=count', { token: host.tokens.system })).json().total;

async function waitingAccount(email: string): Promise<{ id: string; deskNumber: string | undefined }> {
  const profile = {
    name: { given: 'Asha', family: 'Kulkarni' },
    birthDate: '1985-03-14',
    gender: 'female' as const,
    email,
    mobile: '+91 98765 43210',
    address: { line: 'Lake Road 1', city: 'Pune' },
  };
  const { session } = await registerPatient(browserAt(host.node.url), profile, 'correct horse battery staple');
  return { id: session.accountId, deskNumber: session.deskNumber };
}

test('A26 twelve confirmations of one registration at once leave one Patient more', async () => {
  const { id, deskNumber } = await waitingAccount('at.once@people.example');
  const before_ = await patients();
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => host.askAsAdministrator('POST', `/api/accounts/${id}/verify`, { deskNumber })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, ...Array<number>(11).fill(409)],
  );
  assert.equal(await patients(), before_ + 1);
});

test('A26 a confirmation that links a known patient and one that makes a new one, at once, leave one of the two', async () => {
  const { id, deskNumber } = await waitingAccount('either.or@people.example');
  const before_ = await patients();
  const answers = await Promise.all(
    [{}, { patientId: host.ids['p'] }, {}, { patientId: host.ids['p'] }].map((body) =>
      host.askAsAdministrator('POST', `/api/accounts/${id}/verify`, { deskNumber, ...body }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  const made = (await patients()) - before_;
  const winner = answers.find(({ status }) => status === 200);
  assert.equal(made, winner?.body.includes(host.ids['p'] ?? '') === true ? 0 : 1);
});

test('A26 claim codes asked for at once leave one that works', async () => {
  const path = `/api/patients/${host.ids['q']}/claim-code`;
  const answers = await Promise.all(Array.from({ length: 8 }, () => host.askAsAdministrator('POST', path)));
  const codes = answers.map(({ body }) => (JSON.parse(body) as { code: string }).code);
  const checks = await Promise.all(codes.map((code) => host.ask('POST', '/api/codes/check', { body: { code } })));
  assert.deepEqual(
    checks.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, ...Array<number>(7).fill(404)],
  );
});
