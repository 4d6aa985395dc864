/**
 * Searches against a plain evaluator that walks all resources: whatever index, driver and join are chosen,
 * the hits are the same. Broken variants: a prefix compared with the wrong end of a range, OR read as AND,
 * a driver that loses a condition, `:not` that loses resources without a value.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sharedDefinitions, type TestServer, testServer } from './store.fixture.ts';

interface Made {
  readonly id: string;
  readonly patient: number;
  readonly status: string;
  readonly code: string;
  readonly system: string | undefined;
  readonly date: string | undefined;
  readonly value: number | undefined;
}

interface Person {
  readonly id: string;
  readonly family: string;
  readonly gender: string | undefined;
}

let server: TestServer;
const people: Person[] = [];
const observations: Made[] = [];
const FAMILIES = ['Rao', 'Raó', 'Raghunathan-Venkataraman', 'Iyer', 'raj', 'O Neil'];
const DATES = ['2019', '2020', '2020-02', '2020-02-29', '2020-02-29T12:00:00Z', '2020-03-01T00:00:00+05:30', undefined];
const VALUES = [1, 1.5, 1.45, 2, 100, -3, undefined];
const STATUSES = ['final', 'amended', 'preliminary'];
const CODES: [string, string | undefined][] = [
  ['a', 'urn:s'],
  ['a', 'urn:t'],
  ['b', 'urn:s'],
  ['b', undefined],
];

async function make(resource: object): Promise<string> {
  const reply = await server.request('POST', `/${(resource as { resourceType: string }).resourceType}`, resource);
  assert.equal(reply.status, 201, reply.text);
  return reply.body.id;
}

before(async () => {
  server = await testServer();
  for (const [index, family] of FAMILIES.entries()) {
    const gender = [undefined, 'male', 'female'][index % 3];
    people.push({
      family,
      gender,
      id: await make({ resourceType: 'Patient', name: [{ family }], ...(gender === undefined ? {} : { gender }) }),
    });
  }
  for (let n = 0; n < 84; n++) {
    const [code = '', system] = CODES[n % CODES.length] ?? [];
    const made = {
      patient: n % FAMILIES.length,
      status: STATUSES[(n >> 1) % 3] ?? '',
      code,
      system,
      date: DATES[n % DATES.length],
      value: VALUES[(n * 5) % VALUES.length],
    };
    const id = await make({
      resourceType: 'Observation',
      status: made.status,
      code: { coding: [{ code, ...(system === undefined ? {} : { system }) }] },
      subject: { reference: `Patient/${people[made.patient]?.id}` },
      ...(made.date === undefined ? {} : { effectiveDateTime: made.date }),
      ...(made.value === undefined ? {} : { valueQuantity: { value: made.value, unit: 'cm' } }),
    });
    observations.push({ ...made, id });
  }
});
after(async () => (await sharedDefinitions()).close());

async function idsOf(path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, body, text } = await server.request('GET', next);
    assert.equal(status, 200, `${path}: ${text}`);
    ids.push(...(body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id));
    next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
  }
  return ids;
}

/** First and last millisecond, worked out without the code under test. */
function span(text: string): [number, number] {
  if (/^\d{4}$/.test(text)) return [Date.UTC(Number(text), 0), Date.UTC(Number(text) + 1, 0) - 1];
  if (/^\d{4}-\d{2}$/.test(text))
    return [
      Date.parse(`${text}-01T00:00:00Z`),
      new Date(Date.parse(`${text}-01T00:00:00Z`)).setUTCMonth(Number(text.slice(5))) - 1,
    ];
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return [Date.parse(text), Date.parse(text) + 86_399_999];
  return [Date.parse(text), Date.parse(text) + 999];
}

type Test = (made: Made) => boolean;
const condition: fc.Arbitrary<[string, Test]> = fc.oneof(
  fc
    .subarray(STATUSES, { minLength: 1 })
    .chain((list) =>
      fc
        .boolean()
        .map((not): [string, Test] => [
          `status${not ? ':not' : ''}=${list.join(',')}`,
          ({ status }) => list.includes(status) !== not,
        ]),
    ),
  fc.constantFrom<[string, Test]>(
    ['code=a', ({ code }) => code === 'a'],
    ['code=urn:s|a', ({ code, system }) => code === 'a' && system === 'urn:s'],
    ['code=urn:s|', ({ system }) => system === 'urn:s'],
    ['code=|b', ({ code, system }) => code === 'b' && system === undefined],
    ['code=|a', () => false],
    ['code=urn:t|b,urn:t|a', ({ code, system }) => system === 'urn:t' && code === 'a'],
    ['date:missing=true', ({ date }) => date === undefined],
    ['date:missing=false', ({ date }) => date !== undefined],
    ['value-quantity:missing=true', ({ value }) => value === undefined],
    ['subject:missing=true', () => false],
    ['status:missing=false', () => true],
  ),
  fc
    .nat(FAMILIES.length - 1)
    .chain((index) =>
      fc
        .constantFrom(
          'subject=Patient/',
          'patient=',
          'subject:Patient=',
          'subject=',
          'subject=http://test/fhir/R4/Patient/',
        )
        .map((form): [string, Test] => [`${form}${people[index]?.id}`, ({ patient }) => patient === index]),
    ),
  fc.constantFrom('ra', 'RAO', 'raghunathan-v', 'Raghunathan-Venkataraman', 'o neil', 'x').chain((text) =>
    fc.constantFrom('patient.family=', 'subject:Patient.family=', 'patient.name=').map((form): [string, Test] => {
      const asked = text.slice(0, 12).toLowerCase();
      return [`${form}${text.slice(0, 12)}`, ({ patient }) => plain(FAMILIES[patient] ?? '').startsWith(asked)];
    }),
  ),
  fc.constantFrom('', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb').chain((prefix) =>
    fc
      .constantFrom(...DATES.filter((date) => date !== undefined), '2020-02-28', '2021')
      .map((asked): [string, Test] => {
        const [from, to] = span(asked);
        const compare = (low: number, high: number): boolean => {
          const inside = low >= from && high <= to;
          return (
            {
              '': inside,
              eq: inside,
              ne: !inside,
              gt: high > to,
              lt: low < from,
              ge: high > to || inside,
              le: low < from || inside,
              sa: low > to,
              eb: high < from,
            }[prefix] ?? false
          );
        };
        return [
          `date=${prefix}${encodeURIComponent(asked)}`,
          ({ date }) => date !== undefined && compare(...span(date)),
        ];
      }),
  ),
  fc.constantFrom('', 'ne', 'gt', 'lt', 'ge', 'le').chain((prefix) =>
    fc.constantFrom('1', '1.5', '1.50', '2', '100', '1e2', '-3').chain((asked) =>
      fc.constantFrom('', '||cm', '||kg').map((unit): [string, Test] => {
        const number = Number(asked);
        const half = { '1': 0.5, '1.5': 0.05, '1.50': 0.005, '2': 0.5, '100': 0.5, '1e2': 50, '-3': 0.5 }[asked] ?? 0;
        const compare = (value: number): boolean => {
          const equal = value >= number - half && value < number + half;
          return (
            { '': equal, ne: !equal, gt: value > number, lt: value < number, ge: value >= number, le: value <= number }[
              prefix
            ] ?? false
          );
        };
        return [
          `value-quantity=${prefix}${asked}${unit}`,
          ({ value }) => value !== undefined && unit !== '||kg' && compare(value),
        ];
      }),
    ),
  ),
);

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

test('any conjunction of conditions finds what a walk over all resources finds, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(condition, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(3, 50, 1000),
      async (conditions, count) => {
        const expected = observations
          .filter((made) => conditions.every(([, holds]) => holds(made)))
          .map(({ id }) => id);
        const query = conditions.map(([text]) => text).join('&');
        assert.deepEqual(await idsOf(`/Observation?${query}&_count=${count}`), expected, query);
        const { body } = await server.request('GET', `/Observation?${query}&_summary=count`);
        assert.equal(body.total, expected.length, query);
      },
    ),
    { numRuns: 150 },
  );
});

test('sorting by any keys, in SQL or over opened hits, is the same order page by page', async () => {
  const keys = {
    date: ({ date }: Made, down: boolean) => (date === undefined ? undefined : span(date)[down ? 1 : 0]),
    'value-quantity': ({ value }: Made) => value,
    status: ({ status }: Made) => status,
    code: ({ code }: Made) => code,
  };
  type Key = keyof typeof keys;
  const key = fc.tuple(fc.constantFrom<Key>('date', 'value-quantity', 'status', 'code'), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(key, { minLength: 1, maxLength: 3, selector: ([name]) => name }), async (sort) => {
      const expected = [...observations].sort((left, right) => {
        for (const [name, down] of sort) {
          const a = keys[name](left, down);
          const b = keys[name](right, down);
          if (a === b) continue;
          if (a === undefined) return 1;
          if (b === undefined) return -1;
          return a < b === down ? 1 : -1;
        }
        return observations.indexOf(left) - observations.indexOf(right);
      });
      const query = `/Observation?_count=30&_sort=${sort.map(([name, down]) => `${down ? '-' : ''}${name}`).join(',')}`;
      assert.deepEqual(
        await idsOf(query),
        expected.map(({ id }) => id),
        query,
      );
    }),
    { numRuns: 25 },
  );
});

test('strings are found by prefix, exactly, or anywhere in them, whatever their accents', async () => {
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

test('a page link survives writes before it and names nobody', async () => {
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
