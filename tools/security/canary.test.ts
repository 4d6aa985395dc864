/** Marked strings go in through every door; afterwards they are found nowhere in clear: not on disk, not in the log, not in a refusal. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { observation, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const mark = (door: string): string => `CANARY${door}ZQX`;

/** Every file of the data folder, as bytes. */
function filesOf(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .map((path) => [path, readFileSync(path)]);
}

/** Where a marked string stands, in any spelling a file might keep it in. */
function places(text: string): string[] {
  const spellings = [
    text,
    text.toLowerCase(),
    Buffer.from(text).toString('base64').slice(0, 12),
    Buffer.from(text).toString('hex'),
    encodeURIComponent(text),
  ];
  const found: string[] = [];
  for (const [path, bytes] of filesOf(host.folder)) {
    for (const spelling of spellings)
      if (bytes.includes(spelling) || bytes.includes(Buffer.from(spelling, 'utf16le'))) found.push(path);
  }
  for (const line of host.logs)
    for (const spelling of spellings) if (line.includes(spelling)) found.push(`the log: ${line.slice(0, 80)}`);
  return found;
}

test('B7 what is written through every door is nowhere in clear, neither on disk nor in the log', async () => {
  const { ids, tokens, node } = host;
  const token = tokens.system;
  const p = ids['p'] ?? '';
  const marked = {
    ...observation(p, 71),
    note: [{ text: mark('note') }],
    code: { coding: [{ system: 'http://canary.example', code: mark('code') }] },
    identifier: [{ system: 'urn:x', value: mark('identifier') }],
  };
  const made = await host.ask('POST', '/fhir/R4/Observation', { token, body: marked });
  assert.equal(made.status, 201, made.body.slice(0, 300));
  for (const key of [mark('key'), `"${mark('key')}"`, `${mark('badkey')}, twice`]) {
    const keyed = { token, body: observation(p, 72), headers: { 'idempotency-key': key } };
    const { status, body } = await host.ask('POST', '/fhir/R4/Observation', keyed);
    assert.equal(status, key.includes('twice') ? 400 : 201);
    assert.ok(!body.includes('CANARY'), 'an answer says back a key');
  }
  const one = `/fhir/R4/Observation/${made.json().id}`;
  await host.ask('PUT', one, { token, body: { ...made.json(), note: [{ text: mark('update') }] } });
  await host.ask('PATCH', one, {
    token,
    body: [{ op: 'replace', path: '/note/0/text', value: mark('patch') }],
    headers: { 'content-type': 'application/json-patch+json' },
  });
  await host.ask('POST', '/fhir/R4', {
    token,
    body: {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          resource: {
            resourceType: 'Patient',
            name: [{ family: mark('bundle') }],
            telecom: [{ system: 'email', value: `${mark('mail')}@x.example` }],
            address: [{ city: mark('city') }],
          },
          request: { method: 'POST', url: 'Patient' },
        },
      ],
    },
  });
  for (const query of [
    `Patient?name=${mark('query')}`,
    `Observation?code=${mark('token')}`,
    `Observation?_content=${mark('content')}`,
    `Patient?nonsense=${mark('refused')}`,
    `Observation/${mark('path')}`,
  ]) {
    const { body } = await host.ask('GET', `/fhir/R4/${query}`, { token });
    if (!query.includes('?name') && !query.includes('?code'))
      assert.ok(!body.includes('CANARY'), `an answer says back: ${body.slice(0, 200)}`);
  }
  await host.ask('POST', '/fhir/R4/Patient/_search', {
    token,
    body: `name=${mark('form')}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const refused = await host.ask('POST', '/fhir/R4/Observation', {
    token,
    body: { ...marked, status: mark('status') },
  });
  assert.equal(refused.status, 422);
  assert.ok(!refused.body.includes('CANARY'), 'a refusal says back what was sent');
  const role = await host.ask('POST', '/fhir/R4/PractitionerRole', {
    token,
    body: {
      resourceType: 'PractitionerRole',
      practitioner: { reference: `Practitioner/${ids['mine']}` },
      specialty: [{ coding: [{ system: 'http://snomed.info/sct', code: '394802001' }] }],
      availableTime: [{ allDay: true }],
    },
  });
  const tomorrow = new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000).toISOString();
  const visit = { role: (JSON.parse(role.body) as { id: string }).id, start: tomorrow, text: mark('complaint') };
  const booked = await host.ask('POST', '/api/booking/appointments', { token: tokens.patient, body: visit });
  assert.equal(booked.status, 201, booked.body.slice(0, 200));
  const timesOff = [{ from: tomorrow.slice(0, 10), reason: mark('time off') }];
  const hours = { versionId: '1', week: [], timesOff };
  const off = await host.ask('POST', `/api/hours/${visit.role}`, { token: tokens.mine, body: hours });
  assert.equal(off.status, 200, off.body.slice(0, 200));
  const conditionPath = `/api/records/Condition/${ids['pCondition']}/versions/1/dispute`;
  const wrong = await host.ask('POST', conditionPath, { token: tokens.patient, body: { words: mark('wrong') } });
  assert.equal(wrong.status, 201, wrong.body.slice(0, 200));
  const answer = `/api/record-disputes/${wrong.json().id}/answer`;
  await host.ask('POST', answer, { token: tokens.mine, body: { outcome: 'stands', words: mark('stands') } });
  await host.askAsAdministrator('GET', `/api/registry?query=${mark('registry')}`);
  await host.askAsAdministrator('POST', '/api/invitations', {
    role: 'practitioner',
    email: `${mark('invite').toLowerCase()}@x.example`,
    name: mark('invitee'),
    person: `Practitioner/${ids['strange']}`,
  });
  await host.ask('POST', '/api/session/start', {
    body: { email: `${mark('login').toLowerCase()}@x.example`, startLoginRequest: 'x', startNewKeyLoginRequest: 'x' },
  });
  for (const path of ['messages', 'questions']) {
    const headers = { 'content-type': 'application/octet-stream', 'clearchart-nonce': mark('peernonce') };
    const { status, body } = await host.ask('POST', `/api/peers/${path}`, { body: mark('peer'), headers });
    assert.equal(status, 401);
    assert.ok(!body.includes('CANARY'), 'an answer says back what another node sent');
  }
  await host.ask('GET', `/api/ledger/state/${mark('state')}/proof`);
  await host.ask('GET', `/${mark('page')}?q=${mark('pagequery')}`);
  await host.ask('GET', one, { token: tokens.mine });
  await node.hospital.settled(30_000);
  await new Promise((done) => setTimeout(done, 1_500));
  await node.hospital.settled(30_000);
  const doors = [
    'wrong',
    'stands',
    'note',
    'code',
    'identifier',
    'key',
    'badkey',
    'update',
    'patch',
    'bundle',
    'mail',
    'city',
    'query',
    'token',
    'content',
    'refused',
    'path',
    'form',
    'status',
    'complaint',
    'registry',
    'invite',
    'invitee',
    'login',
    'state',
    'page',
    'pagequery',
    'peer',
    'peernonce',
  ];
  for (const door of doors) assert.deepEqual(places(mark(door)), [], door);
  for (const known of [
    'Kulkarni',
    'asha@people.example',
    'Joshi',
    'Asthma',
    'Farida',
    'desk@city.example',
    'correct horse',
  ]) {
    assert.deepEqual(places(known), [], known);
  }
  assert.ok(host.logs.length > 0, 'the log was not listened to');
});

test('B7 the search finds what is in clear: the name of the hospital, which is public', () => {
  assert.ok(places('City Hospital').length > 0);
});
