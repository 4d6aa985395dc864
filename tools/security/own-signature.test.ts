/** The patient's own signature, over HTTP: every way of writing one in another's name, or of taking one away, is refused. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Answer, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const OTHER_PSEUDONYM = 'f'.repeat(32);

function provenance(person: string, pseudonym: string, ...versions: string[]): object {
  const who = { reference: person, display: 'Somebody' };
  const when = '2026-11-27T08:00:00.000Z';
  const coding = {
    system: 'urn:iso-astm:E1762-95:2013',
    code: '1.2.840.10065.1.12.1.1',
    display: 'Author\u2019s Signature',
  };
  const identifier = { system: 'urn:clearchart:pseudonym', value: pseudonym };
  return {
    resourceType: 'Provenance',
    target: [`Patient/${host.ids['p']}`, ...versions].map((reference) => ({ reference })),
    recorded: when,
    agent: [{ who }],
    signature: [{ type: [coding], when, who: { ...who, identifier }, data: `${'A'.repeat(86)}==` }],
  };
}
type Who = keyof TestNode['tokens'];
const ask = (who: Who, method: string, path: string, body?: unknown): Promise<Answer> =>
  host.ask(method, `/fhir/R4/${path}`, { token: host.tokens[who], ...(body === undefined ? {} : { body }) });

test('P7 P8 over HTTP nobody stores, changes or removes a signature of somebody else', async () => {
  const own = `Patient/${host.ids['p']}`;
  const version = `${own}/_history/1`;
  const kept = await ask('system', 'POST', 'Provenance', provenance(own, OTHER_PSEUDONYM, version));
  assert.equal(kept.status, 201, kept.body.slice(0, 300));
  const { id } = JSON.parse(kept.body) as { id: string };
  const entry = (method: string, url: string, resource?: object) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method, url }, ...(resource === undefined ? {} : { resource }) }],
  });
  const forged = provenance(own, OTHER_PSEUDONYM, version);
  const tries: [string, Answer][] = [
    ['another pseudonym', await ask('patient', 'POST', 'Provenance', forged)],
    ['in a transaction', await ask('patient', 'POST', '', entry('POST', 'Provenance', forged))],
    ['a visit', await ask('patient', 'POST', 'Provenance', provenance(own, OTHER_PSEUDONYM, 'Encounter/e/_history/1'))],
    ['no signature', await ask('patient', 'POST', 'Provenance', { ...forged, signature: [] })],
    ['changed', await ask('patient', 'PUT', `Provenance/${id}`, { ...forged, id })],
    ['removed', await ask('patient', 'DELETE', `Provenance/${id}`)],
    ['removed in a transaction', await ask('patient', 'POST', '', entry('DELETE', `Provenance/${id}`))],
    ['by the doctor', await ask('mine', 'POST', 'Provenance', forged)],
    ['removed by the doctor', await ask('mine', 'DELETE', `Provenance/${id}`)],
  ];
  for (const [what, { status, body }] of tries)
    assert.ok([400, 403, 422].includes(status), `${what}: ${status} ${body.slice(0, 200)}`);
  const stored = (await ask('system', 'GET', `Provenance?patient=${host.ids['p']}`)).json();
  assert.equal(stored.entry?.length, 1);
  assert.equal((await ask('system', 'GET', `Provenance/${id}`)).json().meta.versionId, '1');
});

test('C23 the own details bear the patient’s mark in every way of writing, and lose it with the next writer', async () => {
  const path = `Patient/${host.ids['p']}`;
  const tags = (answer: Answer) =>
    (JSON.parse(answer.body) as { meta: { tag?: { code: string }[] } }).meta.tag?.map(({ code }) => code) ?? [];
  const before = JSON.parse((await ask('patient', 'GET', path)).body) as Record<string, unknown>;
  const changed = await ask('patient', 'PUT', path, {
    ...before,
    telecom: [{ system: 'phone', value: '98220 11111' }],
  });
  assert.equal(changed.status, 200, changed.body.slice(0, 300));
  assert.deepEqual(tags(changed), ['patient']);
  const again = await ask('system', 'PUT', path, JSON.parse(changed.body));
  assert.deepEqual(tags(again), []);
});
