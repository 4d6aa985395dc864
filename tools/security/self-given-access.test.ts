/** Nobody gives the right to read: every way of writing what gives it, tried by a practitioner over HTTP. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { type Answer, startTestNode, type TestNode } from './test-node.fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
const from = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

interface Written {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

let host: TestNode;
/** The hospital's own: "mine" sees q because of it, and of nothing else. */
let visit: Written;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());
beforeEach(async () => {
  visit = await booked();
});
afterEach(async () => {
  await as('system')('DELETE', `Appointment/${visit.id}`);
});

const reference = (type: string, key: string) => ({ reference: `${type}/${host.ids[key]}` });
const appointment = (over: object = {}): Written => ({
  resourceType: 'Appointment',
  status: 'booked',
  start: from(HOUR_MS),
  end: from(2 * HOUR_MS),
  participant: [
    { actor: reference('Practitioner', 'mine'), status: 'accepted' },
    { actor: reference('Patient', 'q'), status: 'accepted' },
  ],
  ...over,
});
const encounter = (over: object = {}): Written => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: reference('Patient', 'q'),
  period: { start: from(-HOUR_MS) },
  participant: [{ individual: reference('Practitioner', 'mine') }],
  ...over,
});

const as = (who: 'system' | 'mine' | 'strange') =>
  async function (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    return host.ask(method, `/fhir/R4/${path}`, { token: host.tokens[who], headers, ...(body ? { body } : {}) });
  };

async function written(answer: Promise<Answer>): Promise<Written> {
  const { status, body } = await answer;
  assert.ok(status === 200 || status === 201, body.slice(0, 300));
  return JSON.parse(body) as Written;
}

const booked = (over: object = {}) => written(as('system')('POST', 'Appointment', appointment(over)));
const seesQ = async (who: 'mine' | 'strange') => (await as(who)('GET', `Patient/${host.ids['q']}`)).status === 200;

/** The hospital takes its appointment away: what is left is what practitioners gave themselves. */
async function withoutVisit(): Promise<boolean[]> {
  await as('system')('DELETE', `Appointment/${visit.id}`);
  return [await seesQ('mine'), await seesQ('strange')];
}

const bundle = (type: 'batch' | 'transaction', method: string, url: string, resource?: unknown, more: object = {}) => ({
  resourceType: 'Bundle',
  type,
  entry: [{ request: { method, url, ...more }, ...(resource === undefined ? {} : { resource }) }],
});

test('C6 no way of changing an appointment makes it last longer for its practitioner', async () => {
  const mine = as('mine');
  const path = `Appointment/${visit.id}`;
  assert.equal(await seesQ('mine'), true);
  const longer = { ...visit, end: '2099-01-01T00:00:00Z' };
  const patch = [{ op: 'replace', path: '/end', value: '2099-01-01T00:00:00Z' }];
  const binary = {
    resourceType: 'Binary',
    contentType: 'application/json-patch+json',
    data: Buffer.from(JSON.stringify(patch)).toString('base64'),
  };
  const byPath = {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'operation',
        part: [
          { name: 'type', valueCode: 'replace' },
          { name: 'path', valueString: 'Appointment.end' },
          { name: 'value', valueInstant: '2099-01-01T00:00:00Z' },
        ],
      },
    ],
  };
  const direct = [
    await mine('PATCH', path, patch, JSON_PATCH),
    await mine('PATCH', path, byPath),
    await mine('PUT', path, longer),
    await mine('PUT', `Appointment?_id=${visit.id}`, longer),
    await mine('PATCH', `Appointment?_id=${visit.id}`, patch, JSON_PATCH),
    await mine('POST', '', bundle('transaction', 'PUT', path, longer)),
    await mine('POST', '', bundle('transaction', 'PATCH', path, binary)),
    await mine('PUT', path, { ...visit, start: '2030-01-01T00:00:00Z', end: '2030-01-01T01:00:00Z' }),
  ];
  for (const [index, { status, body }] of direct.entries()) {
    assert.equal(status, 403, `${index}: ${body.slice(0, 300)}`);
    assert.match(body, /would-give-access/, String(index));
  }
  for (const [method, body] of [['PUT', longer] as const, ['PATCH', binary] as const]) {
    const answer = await mine('POST', '', bundle('batch', method, path, body));
    assert.equal(answer.status, 200);
    assert.match(answer.body, /"status":"403".*would-give-access/);
  }
  const now = await as('system')('GET', path);
  assert.equal(now.json().meta.versionId, '1');
  assert.equal(
    (await mine('PATCH', path, [{ op: 'replace', path: '/status', value: 'arrived' }], JSON_PATCH)).status,
    200,
  );
  assert.equal(await seesQ('mine'), true, 'who marks an arrival sees the patient still');
});

test('C6 what a practitioner makes outlives nothing: not for the author, not for a colleague, by no way of creating', async () => {
  const mine = as('mine');
  const both = [
    { individual: reference('Practitioner', 'mine') },
    { individual: reference('Practitioner', 'strange') },
  ];
  const open = encounter({ participant: both });
  const made = [
    await mine('POST', 'Encounter', open),
    await mine('POST', 'Encounter', open, { 'if-none-exist': 'identifier=urn:none|1' }),
    await mine('POST', 'Encounter', { ...open, period: undefined }),
    await mine('POST', 'Appointment', appointment({ start: from(3 * HOUR_MS), end: '2099-01-01T00:00:00Z' })),
    await mine('POST', '', bundle('transaction', 'POST', 'Encounter', open)),
    await mine('POST', '', bundle('batch', 'POST', 'Encounter', open)),
    await mine('PUT', 'Encounter?identifier=urn:none|2', open),
  ];
  assert.deepEqual(
    made.map(({ status }) => status),
    [201, 201, 201, 201, 200, 200, 201],
  );
  assert.equal(await seesQ('strange'), false);
  assert.deepEqual(await withoutVisit(), [false, false]);
});

test('C6 the mark of an own encounter is not taken away, and a deleted one does not come back without it', async () => {
  const mine = as('mine');
  const made = await written(mine('POST', 'Encounter', encounter()));
  const path = `Encounter/${made.id}`;
  const { meta: _meta, ...bare } = made;
  for (const answer of [
    await mine('PATCH', path, [{ op: 'remove', path: '/meta/tag' }], JSON_PATCH),
    await mine('PUT', path, bare),
    await mine('PUT', path, { ...bare, meta: { tag: [{ system: 'urn:clearchart:made-by', code: 'hospital' }] } }),
  ])
    assert.match(`${answer.status} ${answer.body}`, /^403.*would-give-access/);
  assert.equal((await mine('PUT', path, { ...bare, status: 'finished' })).status, 200);
  assert.equal((await mine('PUT', path, bare)).status, 403, 'a finished visit does not begin again');
  assert.equal((await mine('DELETE', path)).status, 204);
  assert.ok([201, 403].includes((await mine('PUT', path, bare)).status));
  assert.deepEqual(await withoutVisit(), [false, false]);
});

test('C6 an own appointment gives the right once the desk has written it', async () => {
  const later = { start: from(2 * HOUR_MS), end: from(2.5 * HOUR_MS) };
  const made = await written(as('mine')('POST', 'Appointment', appointment(later)));
  assert.deepEqual(await withoutVisit(), [false, false]);
  const path = `/fhir/R4/Appointment/${made.id}`;
  const seen = JSON.parse((await host.askAsAdministrator('GET', path)).body) as Written;
  assert.equal((await host.askAsAdministrator('PUT', path, { ...seen, status: 'arrived' })).status, 200);
  assert.equal(await seesQ('mine'), true);
  await as('system')('DELETE', `Appointment/${made.id}`);
});

test('C2 an encounter of the hospital without a period, or begun long ago, opens the record while it is under way', async () => {
  await withoutVisit();
  for (const period of [undefined, { start: '2020-01-01' }]) {
    const made = await written(as('system')('POST', 'Encounter', encounter({ period })));
    assert.equal(await seesQ('mine'), true);
    await written(as('system')('PUT', `Encounter/${made.id}`, { ...made, status: 'finished' }));
    assert.equal(await seesQ('mine'), false);
  }
});

test('C6 a practitioner finishes the visit of a patient in care in one transaction, and nobody else’s at all', async () => {
  const finished = (who: 'mine' | 'strange') => {
    const { id: _id, ...over } = visit;
    const fulfilled = { ...over, id: visit.id, status: 'fulfilled' };
    const entries = [
      bundle('transaction', 'POST', 'Encounter', encounter({ status: 'finished' })).entry,
      bundle('transaction', 'PUT', `Appointment/${visit.id}`, fulfilled).entry,
    ];
    return as(who)('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: entries.flat() });
  };
  const before = await as('system')('GET', `Encounter?patient=${host.ids['q']}&status=finished&_summary=count`);
  assert.equal((await finished('strange')).status, 404);
  const after = await as('system')('GET', `Encounter?patient=${host.ids['q']}&status=finished&_summary=count`);
  const total = ({ body }: Answer) => (JSON.parse(body) as { total?: number }).total;
  assert.equal(total(after), total(before), 'nothing half done');
  const { status, body } = await finished('mine');
  assert.equal(status, 200, body.slice(0, 300));
  assert.deepEqual(await withoutVisit(), [false, false], 'a finished visit gives no right by itself');
});

test('C3 an appointment of several days counts until a day after its end', async () => {
  await withoutVisit();
  const made = await booked({ start: from(-5 * DAY_MS), end: from(-DAY_MS / 2) });
  assert.equal(await seesQ('mine'), true);
  await written(as('system')('PUT', `Appointment/${made.id}`, { ...made, end: from(-2 * DAY_MS) }));
  assert.equal(await seesQ('mine'), false);
});
