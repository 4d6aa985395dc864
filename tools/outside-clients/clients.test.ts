import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client as FhirKitClient } from 'fhir-kit-client';
import FHIR from 'fhirclient';
import { startTestNode, type TestNode } from '../security/test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

interface Found {
  readonly id: string;
  readonly total?: number;
  readonly meta: { readonly versionId: string };
  readonly entry?: readonly {
    readonly resource: { readonly id: string };
    readonly response?: { readonly status: string };
  }[];
  readonly fhirVersion?: string;
  readonly birthDate?: string;
}

const person = (family: string) => ({
  resourceType: 'Patient',
  name: [{ family, given: ['Client'] }],
  birthDate: '1970-01-01',
});
const entryOf = (family: string) => ({ resource: person(family), request: { method: 'POST', url: 'Patient' } });

test('fhir-kit-client reads the capabilities, creates, reads, searches page by page, updates with If-Match and sends a transaction', async () => {
  const client = new FhirKitClient({ baseUrl: `${host.node.url}/fhir/R4`, bearerToken: host.tokens.system });
  const capabilities = (await client.capabilityStatement()) as unknown as Found;
  assert.equal(capabilities.fhirVersion, '4.0.1');
  const made = (await client.create({ resourceType: 'Patient', body: person('Kit') as never })) as unknown as Found;
  const read = (await client.read({ resourceType: 'Patient', id: made.id })) as unknown as Found;
  assert.equal(read.birthDate, '1970-01-01');
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry: ['Kita', 'Kitb', 'Kitc', 'Kitd'].map(entryOf) };
  const answered = (await client.transaction({ body: bundle as never })) as unknown as Found;
  assert.deepEqual(
    answered.entry?.map(({ response }) => response?.status.slice(0, 3)),
    ['201', '201', '201', '201'],
  );

  const seen = new Set<string>();
  let page = (await client.search({
    resourceType: 'Patient',
    searchParams: { family: 'Kit', _count: 2 },
  })) as unknown as Found;
  for (let pages = 0; page !== undefined; pages += 1) {
    assert.ok(pages < 5, 'the pages do not end');
    for (const { resource } of page.entry ?? []) seen.add(resource.id);
    page = (await client.nextPage({ bundle: page as never })) as unknown as Found;
  }
  assert.equal(seen.size, 5);

  const update = (versionId: string) =>
    client.update({
      resourceType: 'Patient',
      id: made.id,
      body: { ...read, birthDate: '1971-01-01' } as never,
      options: { headers: { 'If-Match': `W/"${versionId}"` } } as never,
    });
  const changed = (await update(read.meta.versionId)) as unknown as Found;
  assert.equal(changed.meta.versionId, '2');
  await assert.rejects(update('1'), (fault: { response?: { status: number } }) => fault.response?.status === 412);
});

test('fhirclient reads, creates, follows pages to their end, updates and is told of a stale version', async () => {
  // On a server the library is given a request and its answer; with a token at hand it needs neither.
  const client = FHIR({ headers: {} } as never, {} as never).client({
    serverUrl: `${host.node.url}/fhir/R4`,
    tokenResponse: { access_token: host.tokens.system },
  });
  const made = (await client.create(person('Smart') as never)) as unknown as Found;
  const read = (await client.request(`Patient/${made.id}`)) as Found;
  assert.equal(read.birthDate, '1970-01-01');
  for (const family of ['Smarta', 'Smartb', 'Smartc']) await client.create(person(family) as never);
  const pages = (await client.request('Patient?family=Smart&_count=2', { pageLimit: 0, flat: true })) as {
    id: string;
  }[];
  assert.equal(new Set(pages.map(({ id }) => id)).size, 4);
  const changed = (await client.update({ ...read, birthDate: '1972-02-02' } as never, {
    headers: { 'If-Match': 'W/"1"' },
  })) as unknown as Found;
  assert.equal(changed.meta.versionId, '2');
  await assert.rejects(client.update(read as never, { headers: { 'If-Match': 'W/"1"' } }), /412|changed/i);
});
