/**
 * Two patients, one caller who may see the first. Each test asks about the second in another way. The
 * broken variant they catch: `Visibility.condition` answering '1', or one table of a query left without it.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import { scopeOf, sharedDefinitions, type TestServer, testServer } from './store.fixture.ts';

export let server: TestServer;
export const mine = { patient: '', observation: '', condition: '' };
export const theirs = { patient: '', observation: '', condition: '', encounter: '', practitioner: '' };

export async function make(resource: object): Promise<string> {
  const { resourceType } = resource as { resourceType: string };
  const reply = await server.request('POST', `/${resourceType}`, resource);
  assert.equal(reply.status, 201, reply.text);
  return reply.body.id;
}

export const observationOf = (patient: string, more: object = {}): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8302-2' }] },
  subject: { reference: `Patient/${patient}` },
  ...more,
});
export const conditionOf = (patient: string, more: object = {}): object => ({
  resourceType: 'Condition',
  code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }] },
  subject: { reference: `Patient/${patient}` },
  ...more,
});

before(async () => {
  server = await testServer();
  theirs.practitioner = await make({ resourceType: 'Practitioner', name: [{ family: 'Shared' }] });
  mine.patient = await make({
    resourceType: 'Patient',
    name: [{ family: 'Mine' }],
    identifier: [{ system: 'urn:mrn', value: '1' }],
  });
  theirs.patient = await make({
    resourceType: 'Patient',
    name: [{ family: 'Theirs' }],
    identifier: [{ system: 'urn:mrn', value: '2' }],
    generalPractitioner: [{ reference: `Practitioner/${theirs.practitioner}` }],
  });
  theirs.encounter = await make({
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${theirs.patient}` },
  });
  mine.observation = await make(
    observationOf(mine.patient, { encounter: { reference: `Encounter/${theirs.encounter}` } }),
  );
  theirs.observation = await make(
    observationOf(theirs.patient, { valueQuantity: { value: 180 }, effectiveDateTime: '2020-01-01' }),
  );
  mine.condition = await make(conditionOf(mine.patient));
  theirs.condition = await make(conditionOf(theirs.patient));
});
after(async () => (await sharedDefinitions()).close());
beforeEach(() => {
  server.scope = scopeOf(mine.patient);
  server.disclosures.length = 0;
});

export const refused = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
  const absent = await server.request(
    method,
    path.replace(theirs.patient, 'absent').replace(theirs.observation, 'absent'),
    body,
    headers,
  );
  const hidden = await server.request(method, path, body, headers);
  assert.equal(hidden.status, absent.status);
  assert.equal(hidden.text, absent.text);
  return hidden.status;
};

export const search = async (path: string) => {
  const { status, body, text } = await server.request('GET', path);
  assert.equal(status, 200, text);
  assert.doesNotMatch(
    text.replace(/"link":\[.*?\]/, ''),
    new RegExp(`Theirs|${theirs.observation}|"id":"${theirs.patient}`),
  );
  for (const { patients } of server.disclosures) assert.ok(!patients.has(theirs.patient));
  return {
    total: body.total as number,
    ids: (body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id) as string[],
  };
};
