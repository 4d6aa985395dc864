import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAMILIES, idsOf, observations, people, plain, server } from './search.fixture.ts';

test('R25 strings are found by prefix, exactly, or anywhere in them, whatever their accents', async () => {
  const found = async (query: string): Promise<string[]> => {
    const ids = await idsOf(`/Patient?${query}`);
    return ids.map((id) => people.find((person) => person.id === id)?.family ?? '');
  };
  assert.deepEqual(await found('family=rao'), ['Rao', 'Raó']);
  assert.deepEqual(await found('family:exact=Rao'), ['Rao']);
  assert.deepEqual(await found('family:exact=rao'), []);
  assert.deepEqual(await found('family:contains=venkat'), ['Raghunathan-Venkataraman']);
  assert.deepEqual(await found('family=Raghunathan-Venkatara'), ['Raghunathan-Venkataraman']);
  assert.deepEqual(await found('family=Raghunathan-Xenkatara'), []);
  assert.deepEqual(await found('family=iyer,raj'), ['Iyer', 'raj']);
  assert.deepEqual(
    await found('family:contains=ra&_sort=-family'),
    ['Raó', 'Rao', 'raj', 'Raghunathan-Venkataraman'].sort((a, b) =>
      plain(a) < plain(b) ? 1 : plain(a) > plain(b) ? -1 : FAMILIES.indexOf(a) - FAMILIES.indexOf(b),
    ),
  );
});

test('_has finds by what points here, also behind another link', async () => {
  const withAmended = new Set(
    observations.filter(({ status }) => status === 'amended').map(({ patient }) => people[patient]?.id),
  );
  assert.deepEqual(
    await idsOf('/Patient?_has:Observation:patient:status=amended'),
    people.filter(({ id }) => withAmended.has(id)).map(({ id }) => id),
  );
  assert.deepEqual(
    await idsOf('/Patient?_has:Observation:subject:value-quantity=gt99&_has:Observation:subject:status=nothing'),
    [],
  );
  const males = people.flatMap(({ gender }, index) => (gender === 'male' ? [index] : []));
  assert.deepEqual(
    await idsOf('/Observation?patient.gender=male&_count=1000'),
    observations.filter(({ patient }) => males.includes(patient)).map(({ id }) => id),
  );
});

test('R26 a page link survives writes before it and names nobody', async () => {
  const first = await server.request('GET', '/Patient?family=ra&_count=2');
  const next = first.body.link[1].url;
  assert.match(next, /^http:\/\/test\/fhir\/R4\/Patient\?_cursor=[A-Za-z0-9_-]+$/);
  await server.request('DELETE', `/Patient/${first.body.entry[0].resource.id}`);
  const second = await server.request('GET', next);
  assert.deepEqual(
    second.body.entry.map((entry: { resource: { id: string } }) => entry.resource.id),
    [people[2]?.id, people[4]?.id],
  );
  assert.equal((await server.request('GET', `${next.slice(0, -2)}AA`)).status, 400);
  assert.equal((await server.request('GET', next.replace('Patient?', 'Observation?'))).status, 400);
  const posted = await server.request('POST', '/Patient/_search', 'family=ra&_count=1', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  assert.equal(posted.status, 200);
  assert.doesNotMatch(JSON.stringify(posted.body.link), /family|ra&/);
});

test('_elements and _summary show a part and say so', async () => {
  const { body } = await server.request('GET', '/Observation?_elements=value&_count=1&value-quantity:missing=false');
  const resource = body.entry[0].resource;
  assert.deepEqual(Object.keys(resource).sort(), ['code', 'id', 'meta', 'resourceType', 'status', 'valueQuantity']);
  assert.equal(resource.meta.tag[0].code, 'SUBSETTED');
  for (const summary of ['true', 'text', 'data'])
    assert.equal((await server.request('GET', `/Observation?_summary=${summary}&_count=1`)).status, 200);
  assert.equal((await server.request('GET', '/Observation?_summary=count')).body.entry, undefined);
});

test('what is not understood is refused with 400, never left out', async () => {
  const refused = [
    'Observation?nonsense=1',
    'Observation?code:text=a',
    'Observation?code:in=a',
    'Observation?code:above=a',
    'Observation?date=nonsense',
    'Observation?date:exact=2020',
    'Observation?value-quantity=abc',
    'Observation?value-quantity=1|cm',
    'Observation?status=',
    'Observation?_sort=nonsense',
    'Observation?_include=*',
    'Observation?_include=Observation:nonsense',
    'Observation?_include:recurse=Observation:subject',
    'Observation?_count=-1',
    'Observation?_count=1001',
    'Observation?_total=some',
    'Observation?_summary=some',
    'Observation?code-value-quantity=a$1',
    'Observation?subject.nonsense=1',
    'Observation?status.code=1',
    'Observation?_has:Nonsense:a:b=1',
    'Observation?_has:Observation:subject=1',
    'Observation?_has:Encounter:patient:status=a',
    'Observation?_text=a',
    'Observation?_content=a',
    'Observation?_filter=a',
    'Observation?_list=a',
    'Observation?_cursor=abc',
    'Observation?_cursor=abc&code=a',
    'Observation?subject:Nonsense=1',
    'Observation?subject=Nonsense/1',
    'Observation?code=|',
    'Observation?_count=1&_count=2',
    'Observation?phonetic=a',
    'Patient?phonetic=a',
    'Location?near=1|2',
    `Observation?code=${Array.from({ length: 201 }, (_, n) => n).join(',')}`,
    'Observation?subject.general-practitioner.organization.partof.partof.name=a',
    'Observation?subject:Patient.family:contains=a',
    'Nonsense?code=a',
  ];
  for (const path of refused) {
    const { status, body } = await server.request('GET', `/${path}`);
    assert.equal(status, 400, path);
    assert.equal(body.resourceType, 'OperationOutcome');
  }
});
