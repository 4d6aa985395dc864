/** What outside clients do beside plain reading and writing, and what they are told when they are refused. */
import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { Client as FhirKitClient, type FhirResource } from 'fhir-kit-client';
import smart from 'fhirclient';
import { startTestNode, type TestNode } from '../security/test-node.fixture.ts';

interface Bundle {
  readonly total?: number;
  readonly entry?: readonly { readonly response?: { readonly status: string } }[];
}

let host: TestNode;
let kit: FhirKitClient;

before(async () => {
  host = await startTestNode();
  kit = new FhirKitClient({ baseUrl: `${host.node.url}/fhir/R4`, bearerToken: host.tokens.system });
});

after(async () => {
  await host?.close();
});

/** The library wants the request and answer of a web server it runs in; with a token it goes on without a login. */
function fhirclientWith(token: string): ReturnType<ReturnType<typeof smart>['client']> {
  const request = new IncomingMessage(new Socket());
  return smart(request, new ServerResponse(request)).client({
    serverUrl: `${host.node.url}/fhir/R4`,
    tokenResponse: { access_token: token, token_type: 'Bearer' },
  });
}

const wards = (names: readonly string[], status = 'active'): FhirResource => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: names.map((name, at) => ({
    resource: { resourceType: 'Location', name, status: at === names.length - 1 ? status : 'active' },
    request: { method: 'POST', url: 'Location' },
  })),
});

interface KitRefusal {
  readonly response?: { readonly status: number; readonly data?: { readonly resourceType?: string } };
}

const refusedWith =
  (...statuses: number[]) =>
  ({ response }: KitRefusal) => {
    assert.ok(statuses.includes(response?.status ?? 0), `status ${response?.status}`);
    assert.equal(response?.data?.resourceType, 'OperationOutcome');
    return true;
  };

test('a transaction of which one entry breaks a rule is refused whole, with an OperationOutcome', async () => {
  const found = async () => {
    const searchParams = { name: 'Ward 8', _total: 'accurate' };
    return ((await kit.search({ resourceType: 'Location', searchParams })) as Bundle).total;
  };
  await assert.rejects(kit.transaction({ body: wards(['Ward 8', 'Ward 9'], 'no-such-status') }), refusedWith(400, 422));
  assert.equal(await found(), 0);
  await kit.transaction({ body: wards(['Ward 8', 'Ward 9']) });
  assert.equal(await found(), 1);
});

test('fhir-kit-client patches, reads versions and deletes; what is gone is answered with 410', async () => {
  const resourceType = 'Location';
  const made = await kit.create({ resourceType, body: { resourceType, status: 'active', name: 'Ward 5' } });
  const id = String(made['id']);
  const patched = await kit.patch({
    resourceType,
    id,
    jsonPatch: [{ op: 'replace', path: '/name', value: 'Ward 6' }],
  });
  assert.equal(patched['name'], 'Ward 6');
  assert.equal((await kit.vread({ resourceType, id, version: '1' }))['name'], 'Ward 5');
  await kit.delete({ resourceType, id });
  await assert.rejects(kit.read({ resourceType, id }), refusedWith(410));
});

test('without a token a client is told 401, not what is there', async () => {
  const nobody = new FhirKitClient({ baseUrl: `${host.node.url}/fhir/R4` });
  await assert.rejects(nobody.read({ resourceType: 'Patient', id: host.ids['p'] ?? '' }), refusedWith(401));
  assert.equal((await nobody.capabilityStatement())['fhirVersion'], '4.0.1');
});

test('fhirclient finds the version of FHIR, sends a transaction, and resolves what a result refers to', async () => {
  const client = fhirclientWith(host.tokens.system);
  assert.equal(await client.getFhirVersion(), '4.0.1');
  const done = await client.request<Bundle>({
    url: '',
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(wards(['Ward 1', 'Ward 2'])),
  });
  assert.deepEqual(
    done.entry?.map(({ response }) => response?.status.slice(0, 3)),
    ['201', '201'],
  );
  const [pulse] = await client.request<{ subject: { resourceType: string } }[]>(
    `Observation?patient=${host.ids['p']}`,
    {
      flat: true,
      resolveReferences: ['subject'],
    },
  );
  assert.equal(pulse?.subject.resourceType, 'Patient');
});

test('fhirclient with a patient’s token reads that patient’s record, and another one is not there', async () => {
  const own = fhirclientWith(host.tokens.patient);
  assert.equal((await own.request<{ id: string }>(`Patient/${host.ids['p']}`)).id, host.ids['p']);
  await assert.rejects(own.request(`Patient/${host.ids['q']}`), (fault: { status?: number; statusCode?: number }) => {
    assert.equal(fault.status ?? fault.statusCode, 404);
    return true;
  });
});
