/** The authorisation matrix: every route with every kind of caller, and every kind of relation to a record with every way to it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Asker, isStaticPage, ROUTE_ORACLE } from './route-oracle.fixture.ts';
import { type Answer, observation, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const ASKERS: readonly Asker[] = ['anonymous', 'administrator', 'practitioner', 'patient', 'system'];

function ask(asker: Asker, method: string, path: string, body?: unknown): Promise<Answer> {
  if (asker === 'administrator') return host.askAsAdministrator(method, path, body);
  const { tokens } = host;
  const token = { anonymous: undefined, practitioner: tokens.mine, patient: tokens.patient, system: tokens.system }[
    asker
  ];
  return host.ask(method, path, { token, ...(body === undefined ? {} : { body }) });
}

const listed = () => host.node.routes.filter(({ method, url }) => method !== 'HEAD' && !isStaticPage(url));

test('C20 every route of the node stands in the oracle, and every route of the oracle exists', () => {
  const routes = listed().map(({ method, url }) => `${method} ${url}`);
  assert.deepEqual(routes.toSorted(), Object.keys(ROUTE_ORACLE).toSorted());
});

test('C20 each route answers 401 to strangers and 403 to roles that may never use it, and lets the others in', async () => {
  const wrong: string[] = [];
  for (const { method, url } of listed()) {
    // Nothing that ends a session or makes a block is really done here.
    const path = url.replace(/:(\w+)/g, (_, name: string) => EXAMPLES[name] ?? 'x');
    for (const asker of ASKERS) {
      if (url === '/api/events' || (method === 'DELETE' && url === '/api/session')) continue;
      const allowed = ROUTE_ORACLE[`${method} ${url}`]?.includes(asker) === true;
      const { status } = await ask(asker, method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
      const isPublic = ROUTE_ORACLE[`${method} ${url}`]?.includes('anonymous') === true;
      const refused = asker === 'anonymous' ? status === 401 : status === 401 || status === 403;
      // These are about the own session, which a token does not have.
      const needsSession = /^\/api\/(account|sessions)\b/.test(url);
      const mayRefuseInside = isPublic || url.startsWith('/fhir/') || needsSession;
      if (allowed ? refused && !mayRefuseInside : !refused) wrong.push(`${asker} ${method} ${url}: ${status}`);
      if (status >= 500) wrong.push(`${asker} ${method} ${url}: ${status}`);
    }
  }
  assert.deepEqual(wrong, []);
});

const EXAMPLES: Readonly<Record<string, string>> = {
  height: '1',
  id: '0'.repeat(64),
  key: 'members',
  type: 'Patient',
  version: '1',
  versionId: '1',
};

test('C20 a token that is made up, cut, or of another node opens nothing', async () => {
  const token = host.tokens.system;
  for (const bad of ['', 'x', `${token}x`, token.slice(0, -1), token.toUpperCase()]) {
    assert.equal((await host.ask('GET', '/fhir/R4/Patient', { token: bad })).status, 401, bad.slice(0, 8));
  }
  assert.equal((await host.ask('GET', '/fhir/R4/Patient', { headers: { authorization: 'Basic eDp5' } })).status, 401);
});

/** Who may see p's and q's records; p is in the care of "mine", whose time with q is over. */
const RELATIONS: readonly [name: string, token: keyof TestNode['tokens'], sees: { p: boolean; q: boolean }][] = [
  ['a practitioner in care', 'mine', { p: true, q: false }],
  ['a practitioner without a relationship', 'strange', { p: false, q: false }],
  ['the patient', 'patient', { p: true, q: false }],
  ['another patient', 'other', { p: false, q: true }],
  ['a system token', 'system', { p: true, q: true }],
];

/** Ways to one Observation; each tells whether the answer gives it away. */
const WAYS: readonly [string, (person: 'p' | 'q') => string][] = [
  ['read', (who) => `/fhir/R4/Observation/${host.ids[`${who}Observation`]}`],
  ['vread', (who) => `/fhir/R4/Observation/${host.ids[`${who}Observation`]}/_history/1`],
  ['history', (who) => `/fhir/R4/Observation/${host.ids[`${who}Observation`]}/_history`],
  ['opening', (who) => `/api/records/Observation/${host.ids[`${who}Observation`]}/versions/1`],
  ['receipt', (who) => `/api/records/Observation/${host.ids[`${who}Observation`]}/versions/1/receipt`],
  ['patient read', (who) => `/fhir/R4/Patient/${host.ids[who]}`],
];

test('C21 an invisible record and an absent one are answered alike, by every way to one record', async () => {
  await host.node.hospital.settled(30_000);
  for (const [name, token, sees] of RELATIONS) {
    for (const [way, pathOf] of WAYS) {
      const absent = pathOf('p').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '00000000-0000-4000-8000-000000000000');
      const nothing = await host.ask('GET', absent, { token: host.tokens[token] });
      for (const person of ['p', 'q'] as const) {
        const found = await host.ask('GET', pathOf(person), { token: host.tokens[token] });
        assert.equal(found.status, sees[person] ? 200 : 404, `${name}: ${way} of ${person}`);
        if (!sees[person])
          assert.equal(withoutIds(found.body), withoutIds(nothing.body), `${name}: ${way} of ${person}`);
      }
    }
  }
});

function withoutIds(text: string): string {
  return text.replace(/"requestId":"[^"]*"/g, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
}

/** Searches that must neither show nor count what may not be seen. */
const SEARCHES: readonly [string, () => string, (sees: { p: boolean; q: boolean }) => number][] = [
  ['all', () => 'Observation', ({ p, q }) => Number(p) + Number(q)],
  ['count only', () => 'Observation?_summary=count', ({ p, q }) => Number(p) + Number(q)],
  ['by patient', () => `Observation?patient=${host.ids['q']}`, ({ q }) => Number(q)],
  ['by id', () => `Observation?_id=${host.ids['qObservation']}`, ({ q }) => Number(q)],
  ['by a chained name', () => 'Observation?patient.name=Bilal', ({ q }) => Number(q)],
  ['by reverse chaining', () => 'Patient?_has:Observation:patient:code=8867-4', ({ p, q }) => Number(p) + Number(q)],
  ['by value', () => 'Observation?value-quantity=88', ({ q }) => Number(q)],
  ['not', () => 'Observation?status:not=cancelled', ({ p, q }) => Number(p) + Number(q)],
  ['missing', () => 'Condition?onset-date:missing=true', ({ p, q }) => Number(p) + Number(q)],
];

test('C21 searches, counts, chains and reverse chains hold nothing of what may not be seen', async () => {
  for (const [name, token, sees] of RELATIONS) {
    for (const [what, query, expected] of SEARCHES) {
      const answer = await host.ask('GET', `/fhir/R4/${query()}`, { token: host.tokens[token] });
      assert.equal(answer.status, 200, `${name}: ${what}: ${answer.body.slice(0, 200)}`);
      assert.equal(answer.json().total, expected(sees), `${name}: ${what}`);
    }
    const included = await host.ask('GET', '/fhir/R4/Location?_revinclude=Observation:subject', {
      token: host.tokens[token],
    });
    for (const person of ['p', 'q'] as const) {
      if (!sees[person])
        assert.ok(!included.body.includes(host.ids[`${person}Observation`] ?? ''), `${name}: included ${person}`);
    }
  }
});

test('C21 nobody writes into a record that may not be seen, and an attempt leaves nothing behind', async () => {
  const { ids, tokens } = host;
  const attempts: [string, keyof TestNode['tokens'], string, string, unknown, number[]][] = [
    [
      'a stranger updates',
      'strange',
      'PUT',
      `/fhir/R4/Observation/${ids['pObservation']}`,
      { ...observation(ids['p'] ?? '', 1), id: ids['pObservation'] },
      [403, 404],
    ],
    ['a stranger deletes', 'strange', 'DELETE', `/fhir/R4/Observation/${ids['pObservation']}`, undefined, [403, 404]],
    ['a stranger creates', 'strange', 'POST', '/fhir/R4/Observation', observation(ids['p'] ?? '', 1), [403, 404, 422]],
    [
      'the former practitioner creates',
      'mine',
      'POST',
      '/fhir/R4/Observation',
      observation(ids['q'] ?? '', 1),
      [403, 404, 422],
    ],
    [
      'a patient writes an observation',
      'patient',
      'POST',
      '/fhir/R4/Observation',
      observation(ids['p'] ?? '', 1),
      [403],
    ],
    [
      'a practitioner makes a care team',
      'mine',
      'POST',
      '/fhir/R4/CareTeam',
      {
        resourceType: 'CareTeam',
        status: 'active',
        subject: { reference: `Patient/${ids['q']}` },
        participant: [{ member: { reference: `Practitioner/${ids['mine']}` } }],
      },
      [403],
    ],
    [
      'a stranger makes an encounter',
      'strange',
      'POST',
      '/fhir/R4/Encounter',
      {
        resourceType: 'Encounter',
        status: 'in-progress',
        class: { code: 'AMB', system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode' },
        subject: { reference: `Patient/${ids['p']}` },
        participant: [{ individual: { reference: `Practitioner/${ids['strange']}` } }],
      },
      [403, 404, 422],
    ],
  ];
  for (const [name, token, method, path, body, statuses] of attempts) {
    const { status } = await host.ask(method, path, { token: tokens[token], ...(body === undefined ? {} : { body }) });
    assert.ok(statuses.includes(status), `${name}: ${status}`);
  }
  const observations = await host.ask('GET', '/fhir/R4/Observation', { token: tokens.system });
  assert.equal(observations.json().total, 2);
  assert.equal((await host.ask('GET', '/fhir/R4/Encounter', { token: tokens.system })).json().total, 0);
  assert.equal(
    (await host.ask('GET', `/fhir/R4/Observation/${ids['pObservation']}`, { token: tokens.system })).json().meta
      .versionId,
    '1',
  );
});

test('C8 a patient changes the own contact, and nothing else of the own record', async () => {
  const { ids, tokens } = host;
  const path = `/fhir/R4/Patient/${ids['p']}`;
  const before_ = (await host.ask('GET', path, { token: tokens.patient })).json();
  const older = await host.ask('PUT', path, { token: tokens.patient, body: { ...before_, birthDate: '1990-01-01' } });
  assert.equal(older.status, 403);
  const moved = { ...before_, telecom: [{ system: 'phone', value: '+91 20 5550 0199' }] };
  assert.equal((await host.ask('PUT', path, { token: tokens.patient, body: moved })).status, 200);
  assert.equal((await host.ask('DELETE', path, { token: tokens.patient })).status, 403);
});

test('C9 the administrator sees registry lines and no clinical content', async () => {
  const { ids } = host;
  assert.equal((await host.askAsAdministrator('GET', `/fhir/R4/Patient/${ids['p']}`)).status, 200);
  for (const path of [
    `/fhir/R4/Observation/${ids['pObservation']}`,
    '/fhir/R4/Observation',
    '/fhir/R4/Condition',
    `/fhir/R4/Condition/${ids['pCondition']}/_history`,
  ]) {
    assert.equal((await host.askAsAdministrator('GET', path)).status, 403, path);
  }
  const hidden = await host.askAsAdministrator('GET', '/fhir/R4/Patient?_revinclude=Observation:subject');
  assert.ok(!hidden.body.includes(ids['pObservation'] ?? ''));
  assert.notEqual(
    (await host.askAsAdministrator('GET', '/fhir/R4/Patient?_has:Observation:patient:value-quantity=88')).json().total,
    1,
  );
});

test('C21 a deleted record is gone for those who could see it and absent for the others', async () => {
  const { ids, tokens } = host;
  const made = await host.ask('POST', '/fhir/R4/Observation', {
    token: tokens.mine,
    body: observation(ids['p'] ?? '', 99),
  });
  assert.equal(made.status, 201, made.body.slice(0, 200));
  const path = `/fhir/R4/Observation/${made.json().id}`;
  assert.equal((await host.ask('DELETE', path, { token: tokens.mine })).status, 204);
  assert.equal((await host.ask('GET', path, { token: tokens.mine })).status, 410);
  assert.equal((await host.ask('GET', path, { token: tokens.patient })).status, 410);
  assert.equal((await host.ask('GET', path, { token: tokens.strange })).status, 404);
  assert.equal((await host.ask('GET', path, { token: tokens.other })).status, 404);
});
