/** The address for calendar programs: a secret that shows times and nothing else, can be ended, and stands nowhere in clear. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type FlowPorts, registerByCode } from '@clearchart/web';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

const WORDS = 'CANARYcomplaintZQX';
let host: TestNode;
let patient: FlowPorts;
let path: string;
let id: string;

async function claim(person: string, email: string): Promise<FlowPorts> {
  const issued = await host.askAsAdministrator('POST', `/api/patients/${host.ids[person]}/claim-code`, {});
  const browser = browserAt(host.node.url, host.now);
  const { code } = issued.json() as unknown as { code: string };
  await registerByCode(browser, { code, email, password: 'the old long password of mine' });
  return browser;
}

before(async () => {
  host = await startTestNode();
  patient = await claim('p', 'asha@people.example');
  const { tokens, ids } = host;
  const start = new Date(host.now() + 48 * 60 * 60_000).toISOString();
  const end = new Date(Date.parse(start) + 20 * 60_000).toISOString();
  const appointment = {
    resourceType: 'Appointment',
    status: 'booked',
    reasonCode: [{ text: WORDS }],
    start,
    end,
    participant: [
      { actor: { reference: `Patient/${ids['p']}`, display: 'Asha Kulkarni' }, status: 'accepted' },
      { actor: { reference: `Practitioner/${ids['mine']}`, display: 'Dr Joshi' }, status: 'accepted' },
    ],
  };
  assert.equal(
    (await host.ask('POST', '/fhir/R4/Appointment', { token: tokens.system, body: appointment })).status,
    201,
  );
});
after(() => host.close());

test('S14 a person makes an address; it shows the own times without a name, a reason or a practitioner', async () => {
  ({ id, path } = (await patient.connection.send('/api/calendar-feeds', {})) as { id: string; path: string });
  const answer = await host.ask('GET', path);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/calendar/);
  assert.match(answer.body, /SUMMARY:City Hospital\r\n/);
  assert.equal(answer.body.match(/BEGIN:VEVENT/g)?.length, 1);
  assert.doesNotMatch(answer.body, /Asha|Joshi|CANARY/);
  const tag = answer.headers.get('etag') ?? '';
  assert.equal((await host.ask('GET', path, { headers: { 'if-none-match': tag } })).status, 304);
});

test('S14 another patient’s address shows nothing of it, and a token of a program makes none', async () => {
  const other = await claim('q', 'bilal@people.example');
  const made = (await other.connection.send('/api/calendar-feeds', {})) as { path: string };
  assert.doesNotMatch((await host.ask('GET', made.path)).body, /VEVENT/);
  assert.equal((await host.ask('POST', '/api/calendar-feeds', { token: host.tokens.patient, body: {} })).status, 404);
  const list = (await patient.connection.requestJson('/api/calendar-feeds')) as { feeds: { id: string }[] };
  assert.deepEqual(
    list.feeds.map((feed) => feed.id),
    [id],
  );
  await assert.rejects(other.connection.request(`/api/calendar-feeds/${id}`, { method: 'DELETE' }), { status: 404 });
});

test('S14 the secret stands neither in a file nor in the log, and a wrong one is not there', async () => {
  const secret = path.split('/').at(-1)?.replace('.ics', '') ?? '';
  assert.equal(secret.length, 43);
  for (const name of readdirSync(host.folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(host.folder, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true)
      assert.ok(!readFileSync(file).includes(secret), name);
  }
  assert.ok(!host.logs.some((line) => line.includes(secret)));
  const wrong = secret.slice(0, -2) + (secret.endsWith('AA') ? 'BB' : 'AA');
  for (const guess of [`/api/calendar/${wrong}.ics`, `/api/calendar/${secret}`, '/api/calendar/x.ics'])
    assert.equal((await host.ask('GET', guess)).status, 404, guess);
});

test('S14 an address that was ended, and one of a closed account, is not there any more', async () => {
  const second = (await patient.connection.send('/api/calendar-feeds', {})) as { path: string };
  await patient.connection.request(`/api/calendar-feeds/${id}`, { method: 'DELETE' });
  assert.equal((await host.ask('GET', path)).status, 404);
  assert.equal((await host.ask('GET', second.path)).status, 200);
  for (let made = 1; made < 5; made += 1) await patient.connection.send('/api/calendar-feeds', {});
  await assert.rejects(patient.connection.send('/api/calendar-feeds', {}), { status: 409 });
  const { accounts } = (await host.askAsAdministrator('GET', '/api/accounts')).json() as unknown as {
    accounts: { id: string; email: string }[];
  };
  const account = accounts.find(({ email }) => email === 'asha@people.example');
  await host.askAsAdministrator('POST', `/api/accounts/${account?.id}/deactivate`, {});
  assert.equal((await host.ask('GET', second.path)).status, 404);
});
