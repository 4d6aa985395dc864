/** A practitioner's favourites over HTTP: kept for the next device, seen and changed by nobody else, by whichever way. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Favourite, FavouriteList } from '@clearchart/api';
import { operationsOf } from '@clearchart/node';
import { type Answer, startTestNode, type TestNode } from './test-node.fixture.ts';

const PATH = '/api/favourites';
const ONE: Favourite = { medicine: 'paracetamol/tablet', strength: '500 mg', pattern: 'sos', days: 3 };
const OTHER: Favourite = { medicine: 'amlodipine/tablet', strength: '5 mg', pattern: '1-0-0', days: 30 };

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

type Who = keyof TestNode['tokens'];
const ask = (who: Who, method: string, path: string, body?: unknown): Promise<Answer> =>
  host.ask(method, path, { token: host.tokens[who], ...(body === undefined ? {} : { body }) });
const json = <Shape>({ body }: Answer) => JSON.parse(body) as Shape;
const own = async (who: Who) => json<FavouriteList>(await ask(who, 'GET', PATH));
const save = async (who: Who, favourites: readonly Favourite[]) =>
  ask(who, 'POST', PATH, { versionId: (await own(who)).versionId, favourites });
const stored = async () =>
  json<{ entry?: { resource: Record<string, unknown> & { id: string } }[] }>(
    await ask('system', 'GET', `/fhir/R4/List?source=Practitioner/${host.ids['mine']}`),
  ).entry?.map(({ resource }) => resource) ?? [];

/** Who has kept none yet. */
async function colleague(): Promise<{ id: string; token: string }> {
  const body = { resourceType: 'Practitioner', active: true, name: [{ family: 'Rao' }] };
  const { id } = (await ask('system', 'POST', '/fhir/R4/Practitioner', body)).json();
  const operate = operationsOf(host.node.hospital);
  const parameters = { role: 'practitioner', days: 1, person: id };
  const { token } = (await operate({ operation: 'token-create', parameters }, () => {})) as { token: string };
  return { id, token };
}

test('C24 a practitioner keeps, orders and removes the own favourites; a colleague has others', async () => {
  assert.deepEqual(await own('mine'), { versionId: null, favourites: [] });
  const first = await save('mine', [ONE, OTHER]);
  assert.equal(first.status, 200, first.body);
  assert.deepEqual((await own('mine')).favourites, [ONE, OTHER]);
  assert.deepEqual(await own('strange'), { versionId: null, favourites: [] });
  assert.equal((await save('mine', [OTHER, ONE])).status, 200);
  assert.deepEqual((await own('mine')).favourites, [OTHER, ONE]);
  assert.equal((await save('strange', [OTHER])).status, 200);
  assert.equal((await save('mine', [])).status, 200);
  const { versionId, favourites } = await own('mine');
  assert.deepEqual([versionId === null, favourites], [false, []], 'none is something else than never any');
  assert.deepEqual((await own('strange')).favourites, [OTHER]);
  assert.equal((await save('mine', [ONE])).status, 200);
  assert.equal((await stored()).length, 1);
});

test('C24 a version that is not the newest is refused, also when two devices keep the first one at once', async () => {
  const { versionId } = await own('mine');
  assert.equal((await save('mine', [ONE, OTHER])).status, 200);
  for (const stale of [versionId, null, '999']) {
    const late = await ask('mine', 'POST', PATH, { versionId: stale, favourites: [] });
    assert.deepEqual([late.status, json<{ code: string }>(late).code], [412, 'changed-meanwhile']);
  }
  assert.deepEqual((await own('mine')).favourites, [ONE, OTHER]);
  const { token } = await colleague();
  const both = await Promise.all(
    [ONE, OTHER].map((one) => host.ask('POST', PATH, { token, body: { versionId: null, favourites: [one] } })),
  );
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, 412],
  );
});

test('C24 nobody else comes to them: not over the door, not over FHIR, not the desk', async () => {
  for (const who of ['patient', 'system'] as const)
    for (const method of ['GET', 'POST'])
      assert.equal((await ask(who, method, PATH, method === 'GET' ? undefined : { versionId: null })).status, 403);
  assert.equal((await host.askAsAdministrator('GET', PATH)).status, 403);
  const [list] = await stored();
  assert.ok(list);
  for (const who of ['strange', 'mine', 'patient'] as const) {
    assert.equal((await ask(who, 'GET', `/fhir/R4/List/${list.id}`)).status, 404, who);
    const found = await ask(who, 'GET', `/fhir/R4/List?source=Practitioner/${host.ids['mine']}`);
    assert.ok(!found.body.includes('paracetamol'), who);
    const changed = await ask(who, 'PUT', `/fhir/R4/List/${list.id}`, { ...list, title: 'Mine now' });
    assert.ok([403, 404, 405].includes(changed.status), `${who}: ${changed.status}`);
    const removed = await ask(who, 'DELETE', `/fhir/R4/List/${list.id}`);
    assert.ok([403, 404].includes(removed.status), `${who}: ${removed.status}`);
  }
  assert.equal((await host.askAsAdministrator('GET', `/fhir/R4/List/${list.id}`)).status, 403);
});

test('C24 a list that a colleague writes under somebody’s name, about a patient or about nobody, is none of them', async () => {
  const { id, token } = await colleague();
  const [list] = await stored();
  const { id: _, ...rest } = { ...list, meta: undefined };
  const forged = {
    ...rest,
    identifier: [{ system: 'urn:clearchart:favourite-prescriptions-of', value: id }],
    source: { reference: `Practitioner/${id}` },
  };
  const subject = { reference: `Patient/${host.ids['p']}` };
  const about = await ask('mine', 'POST', '/fhir/R4/List', { ...forged, subject });
  assert.equal(about.status, 201, about.body);
  assert.ok(
    (await ask('mine', 'POST', '/fhir/R4/List', forged)).status >= 400,
    'about nobody only the hospital writes',
  );
  const { body } = await host.ask('GET', PATH, { token });
  assert.deepEqual(JSON.parse(body), { versionId: null, favourites: [] });
});

test('C24 what is in no formulary, twice the same, too many and other shapes are refused, and nothing of them is kept', async () => {
  const before_ = await own('mine');
  const { versionId } = before_;
  const many = Array.from({ length: 25 }, (_, days) => ({
    ...ONE,
    pattern: `${days % 10}-${Math.floor(days / 10)}-1`,
  }));
  for (const favourites of [
    [{ ...ONE, medicine: 'unicorn/tablet' }],
    [{ ...ONE, strength: '501 mg' }],
    [{ ...ONE, pattern: '1-1' }],
    [{ ...ONE, days: 0 }],
    [{ ...ONE, days: 366 }],
    [{ ...ONE, note: 'Meera Kulkarni' }],
    [ONE, { ...ONE, days: 9 }],
    many,
  ]) {
    const answer = await ask('mine', 'POST', PATH, { versionId, favourites });
    assert.equal(answer.status, 400, JSON.stringify(favourites).slice(0, 90));
    assert.ok(!/unicorn|Kulkarni/.test(answer.body));
  }
  assert.deepEqual(await own('mine'), before_);
});
