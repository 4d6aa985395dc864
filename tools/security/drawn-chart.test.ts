/** A chart that the node draws is a reading like every other: the same right, the same trace, and nothing for who may not see. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type FlowPorts, registerByCode } from '@clearchart/web';
import { parse } from 'devalue';
import { buildWeb } from '../build-web.ts';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
let reader: FlowPorts;

before(async () => {
  await buildWeb();
  host = await startTestNode({ timeZone: 'Pacific/Kiritimati' });
  reader = await practitioner('Sunita Joshi', 'mine');
});
after(() => host.close());

async function practitioner(name: string, id: 'mine' | 'strange'): Promise<FlowPorts> {
  const person = `Practitioner/${host.ids[id]}`;
  const invitation = { role: 'practitioner', email: `${id}@city.example`, name, person };
  const { code } = (await host.administrator.connection.send('/api/invitations', invitation)) as { code: string };
  const browser = browserAt(host.node.url);
  await registerByCode(browser, { code, password: 'a long password of theirs' });
  return browser;
}

const chart = async (browser: FlowPorts, id: string | undefined) =>
  await (await browser.connection.request(`/patients/${id}`, { headers: { accept: 'text/html' } })).text();

const SEED = /<script type="application\/json" id="drawn-page-seed">(.*?)<\/script>/s;

/** A drawing that takes longer than a reader waits for it is not sent, as the first of a node; the app comes then. */
async function drawnChart(browser: FlowPorts, id: string | undefined): Promise<string> {
  for (let tries = 0; tries < 30; tries += 1) {
    const page = await chart(browser, id);
    if (SEED.test(page)) return page;
  }
  return assert.fail('no chart is drawn');
}

test('C21 a chart is drawn for who may see it; who may not gets the same empty page as for a record that is not there', async () => {
  const seen = await drawnChart(reader, host.ids['p']);
  assert.match(seen, /Asha Kulkarni/);
  assert.match(seen, /Asthma/);
  const empty = await chart(reader, '6f1e0d52-0000-4000-8000-000000000000');
  assert.equal(await chart(reader, host.ids['q']), empty);
  assert.doesNotMatch(empty, SEED);
  for (const other of [host.administrator, browserAt(host.node.url)])
    assert.equal(await chart(other, host.ids['p']), empty);
});

test('C13 a drawn chart stands in the list of who saw the record', async () => {
  const seenBy = async (): Promise<string[]> => {
    const { body } = await host.ask('GET', `/api/patients/${host.ids['p']}/accesses`, { token: host.tokens.patient });
    const { entries = [] } = JSON.parse(body) as { entries?: { practitioner?: string }[] };
    return entries.map(({ practitioner = '' }) => practitioner);
  };
  for (let tries = 0; tries < 100 && !(await seenBy()).includes('Sunita Joshi'); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok((await seenBy()).includes('Sunita Joshi'));
});

/** Kinds of answers that a drawn page may carry. */
const LOOKED_AT = new Set('session new-key notices demo ledger my-patients record record-disputes name-of'.split(' '));

test('what a chart was drawn with holds no secret but the token of its own page', async () => {
  const [, seed = ''] = SEED.exec(await drawnChart(reader, host.ids['p'])) ?? [];
  const { queries } = parse(seed) as { queries: { queries: { queryKey: unknown[] }[] } };
  const kinds = new Set(queries.queries.map(({ queryKey }) => queryKey[0]));
  for (const kind of kinds) {
    assert.ok(LOOKED_AT.has(String(kind)), `${String(kind)}: the node draws what nobody has looked at`);
  }
  assert.doesNotMatch(seed, /vault|passwordRecord/);
});

test('times are told as at the hospital, wherever its node runs', async () => {
  const visit = {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [{ text: 'Night visit' }],
    subject: { reference: `Patient/${host.ids['p']}` },
    period: { start: '2020-01-31T12:00:00Z', end: '2020-01-31T12:20:00Z' },
  };
  assert.equal((await host.ask('POST', '/fhir/R4/Encounter', { token: host.tokens.system, body: visit })).status, 201);
  const page = await drawnChart(reader, host.ids['p']);
  assert.match(page, /1 Feb 2020(?:(?!<li).)*Night visit/s);
  assert.doesNotMatch(page, /31 Jan 2020/);
});

test('a record that was joined with another one leads there by the app: no empty page is drawn', async () => {
  const make = async (body: { resourceType: string; [element: string]: unknown }): Promise<string> =>
    (await host.ask('POST', `/fhir/R4/${body.resourceType}`, { token: host.tokens.system, body })).json().id;
  const patient = { resourceType: 'Patient', name: [{ given: ['Asha'], family: 'Twice' }] };
  const id = await make(patient);
  const team = {
    subject: { reference: `Patient/${id}` },
    participant: [{ member: { reference: `Practitioner/${host.ids['mine']}` } }],
  };
  await make({ resourceType: 'CareTeam', status: 'active', ...team });
  await drawnChart(reader, id);
  const link = [{ other: { reference: `Patient/${host.ids['p']}` }, type: 'replaced-by' }];
  const joined = { ...patient, id, active: false, link };
  const put = await host.ask('PUT', `/fhir/R4/Patient/${id}`, { token: host.tokens.system, body: joined });
  assert.equal(put.status, 200);
  for (let tries = 0; tries < 3; tries += 1) assert.doesNotMatch(await chart(reader, id), SEED);
});

test('readers who ask at once are each answered with what is theirs', async () => {
  const other = await practitioner('Arun Dalvi', 'strange');
  const team = {
    resourceType: 'CareTeam',
    status: 'active',
    subject: { reference: `Patient/${host.ids['p']}` },
    participant: [{ member: { reference: `Practitioner/${host.ids['strange']}` } }],
  };
  await host.ask('POST', '/fhir/R4/CareTeam', { token: host.tokens.system, body: team });
  const pages = await Promise.all(
    Array.from({ length: 12 }, (_, at) => chart(at % 2 === 0 ? reader : other, host.ids['p'])),
  );
  const drawn = pages.map((page) => SEED.exec(page)?.[1]);
  assert.ok(drawn.some((seed) => seed !== undefined));
  for (const [at, seed] of drawn.entries()) {
    const [own, others] = at % 2 === 0 ? ['mine', 'strange'] : ['strange', 'mine'];
    if (seed === undefined) continue;
    assert.ok(seed.includes(`${own}@city.example`), 'drawn for another');
    assert.ok(!seed.includes(`${others}@city.example`), 'drawn with what another is told');
  }
});
