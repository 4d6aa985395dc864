/** The file of the own record with its proofs, over HTTP (R31): who gets it, what is in it, and that it checks out elsewhere. */
import { type ChainId, chainIdOf, openExport } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestNode, type TestNode } from './test-node.fixture.ts';

interface Export {
  readonly patient: string;
  readonly versions: { opening: { content: { resourceType: string; id: string; description?: string } } }[];
}

let host: TestNode;
let chainId: ChainId;
const WORDS = 'That was not me.';
const ask = (who: keyof TestNode['tokens'], name = 'p') =>
  host.ask('GET', `/api/patients/${host.ids[name]}/export`, { token: host.tokens[who] });

before(async () => {
  host = await startTestNode();
  chainId = chainIdOf(host.node.hospital.reader.genesis);
  const dispute = `/api/records/Condition/${host.ids['pCondition']}/versions/1/dispute`;
  const asked = await host.ask('POST', dispute, { token: host.tokens.patient, body: { words: WORDS } });
  assert.equal(asked.status, 201);
});
after(() => host.close());

const audited = () => host.node.hospital.database.prepare('SELECT count(*) AS n FROM audit').get()?.['n'] as number;

async function exported(): Promise<{ value: Export; announced: number; type: string | null }> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask('patient');
    assert.equal(answer.status, 200, answer.body.slice(0, 200));
    const value = JSON.parse(answer.body) as Export;
    const announced = Number(answer.headers.get('x-clearchart-versions'));
    // The newest versions wait for their block.
    if (value.versions.length === announced || tries > 100)
      return { value, announced, type: answer.headers.get('content-disposition') };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('R31 nobody but the patient gets the file; of another patient there is none', async () => {
  for (const who of ['mine', 'strange', 'system'] as const) assert.equal((await ask(who)).status, 403, who);
  const [foreign, absent] = [await ask('patient', 'q'), await ask('patient', 'nobody')];
  assert.deepEqual([foreign.status, absent.status], [404, 404]);
  const said = ({ body }: { body: string }) => ({ ...(JSON.parse(body) as object), requestId: '' });
  assert.deepEqual(said(foreign), said(absent));
});

test('R31 every version of the own record and its disputes are in it, each proved without the hospital; nothing of others', async () => {
  const { value, announced, type } = await exported();
  assert.equal(value.versions.length, announced);
  assert.equal(value.patient, host.ids['p']);
  assert.match(type ?? '', /filename="clearchart-export\.json"/);
  const opened = openExport(value, chainId, nodeVerifier);
  assert.ok(opened.ok, JSON.stringify(opened));
  for (let index = 0; index < opened.count; index += 1) assert.equal(opened.check(index).ok, true, String(index));
  const contents = value.versions.map(({ opening }) => opening.content);
  const types = new Set(contents.map(({ resourceType }) => resourceType));
  for (const one of ['Patient', 'Observation', 'Condition', 'Task']) assert.ok(types.has(one), one);
  const text = JSON.stringify(contents);
  assert.match(text, new RegExp(WORDS));
  for (const name of ['q', 'qObservation', 'qCondition']) assert.ok(!text.includes(host.ids[name] ?? '?'), name);
});

test('R31 one changed letter in it is found', async () => {
  const { value } = await exported();
  const changed = JSON.parse(JSON.stringify(value).replace(WORDS, 'That was mine me')) as unknown;
  const opened = openExport(changed, chainId, nodeVerifier);
  assert.ok(opened.ok);
  const verdicts = Array.from({ length: opened.count }, (_, index) => opened.check(index).ok);
  assert.equal(verdicts.filter((ok) => !ok).length, 1);
});

test('R31 asked for eight times at once it is made one at a time', async () => {
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => ask('patient')))).map(({ status }) => status);
  assert.deepEqual(new Set(statuses), new Set([200, 429]));
  assert.equal((await ask('patient')).status, 200);
});

test('R31 each version is in the audit log as soon as it has left', async () => {
  const url = `/fhir/R4/Observation/${host.ids['pObservation']}`;
  const token = host.tokens.system;
  const whole = (await host.ask('GET', url, { token })).json();
  assert.equal((await host.ask('PUT', url, { token, body: { ...whole, note: [{ text: 'new' }] } })).status, 200);
  const before_ = audited();
  assert.equal((await ask('patient')).status, 200);
  // C14: a line stands there within 100 ms after the answer.
  for (let waited = 0; audited() <= before_ && waited < 5_000; waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(audited() > before_);
});
