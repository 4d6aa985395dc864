/** A server and the few requests that tests of REST interactions repeat. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { sharedDefinitions, type TestServer, testServer } from './store.fixture.ts';

export let server: TestServer;
before(async () => {
  server = await testServer();
});
after(async () => (await sharedDefinitions()).close());

export const patient = (family = 'Rao', more: object = {}): object => ({
  resourceType: 'Patient',
  name: [{ family, given: ['Asha'] }],
  gender: 'female',
  ...more,
});

export async function created(resource: object): Promise<{ id: string; url: string }> {
  const { resourceType } = resource as { resourceType: string };
  const reply = await server.request('POST', `/${resourceType}`, resource);
  assert.equal(reply.status, 201, reply.text);
  return { id: reply.body.id, url: `/${resourceType}/${reply.body.id}` };
}

/** Every refusal is an OperationOutcome with a stable code. */
export async function refused(
  status: number,
  code: string,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) {
  const reply = await server.request(method, path, body, headers);
  assert.equal(reply.status, status, `${method} ${path}: ${reply.text}`);
  assert.equal(reply.body.resourceType, 'OperationOutcome');
  assert.equal(reply.body.issue[0].details.coding[0].code, code);
  return reply;
}
