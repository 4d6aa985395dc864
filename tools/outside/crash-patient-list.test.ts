/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/** kill -9 while the desk's list of patients is being written: what was written is known, and the same list writes only the rest. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { registerByCode, signIn } from '@clearchart/web';
import { browserAt } from '../security/test-node.fixture.ts';
import { clearchartJson, startNode, temporaryFolder } from './clearchart-process.fixture.ts';

const temporary = temporaryFolder();
const data = join(temporary.path, 'data');
after(() => temporary.remove());

const EMAIL = 'desk@city.example';
const PASSWORD = 'correct horse battery staple';
const PEOPLE = 600;
const CSV = [
  'given,family,birth date,gender',
  ...Array.from(
    { length: PEOPLE },
    (_, at) => `Person${at},Number${at}q,19${10 + (at % 90)}-01-${10 + (at % 19)},unknown`,
  ),
].join('\n');
const POST = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

test('A29 after kill -9 the list goes on where it was, and nobody is written twice', async () => {
  const founded = await clearchartJson(['init', '--data', data, '--name', 'City Hospital', '--admin-email', EMAIL]);
  const { answer: system } = await clearchartJson(['token', 'create', '--data', data, '--role', 'system']);
  let node = await startNode(data);
  let desk = browserAt(node.url);
  const json = async (path: string, init?: object) =>
    (await desk.connection.request(path, { method: 'GET', ...init })).json();
  const count = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${system.token}` };
    return (await (await fetch(`${node.url}/fhir/R4/Patient?_summary=count`, { headers })).json()).total;
  };
  await registerByCode(desk, { code: founded.answer.enrolUrl.split('#')[1] ?? '', password: PASSWORD, name: 'Farida' });
  await json('/api/patient-lists', POST({ csv: CSV, alsoKnown: false, expected: PEOPLE }));
  while ((await json('/api/patient-lists/last')).list.written === 0) await setTimeout(5);
  await node.kill();

  node = await startNode(data);
  try {
    desk = browserAt(node.url);
    await signIn(desk, EMAIL, PASSWORD);
    assert.deepEqual(await json('/api/patient-lists/last'), {}, 'nothing goes on by itself');
    const before = await count();
    assert.ok(before > 0 && before < PEOPLE, `${before} were written before`);
    const checked = await json('/api/patient-lists/check', POST({ csv: CSV }));
    assert.deepEqual([checked.people, checked.written, checked.knownCount], [PEOPLE, before, 0]);
    await json('/api/patient-lists', POST({ csv: CSV, alsoKnown: false, expected: PEOPLE - before }));
    for (;;) {
      const { list } = await json('/api/patient-lists/last');
      if (list.state === 'written') break;
      assert.equal(list.state, 'being-written');
      await setTimeout(50);
    }
    assert.equal(await count(), PEOPLE);
  } finally {
    assert.equal((await node.stop()).code, 0);
  }
});
