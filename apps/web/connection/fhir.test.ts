import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createFhir, searchFhir } from './fhir.ts';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

function answering(pages: Record<string, object>): string[] {
  const asked: string[] = [];
  globalThis.fetch = async (input) => {
    const path = input as string;
    asked.push(path);
    return Response.json(pages[path] ?? {}, { status: path in pages ? 200 : 404 });
  };
  return asked;
}

const entry = (id: string, mode = 'match') => ({ resource: { resourceType: 'Condition', id }, search: { mode } });
const next = (url: string) => [{ relation: 'next', url }];

test('a list is read to its last page, and what is no match is left out', async () => {
  const asked = answering({
    '/fhir/R4/Condition?patient=1&_count=1000': {
      entry: [entry('a'), entry('p', 'include')],
      link: next('http://somewhere.example/fhir/R4/Condition?patient=1&_count=1000&_cursor=x'),
    },
    '/fhir/R4/Condition?patient=1&_count=1000&_cursor=x': { entry: [entry('b')] },
  });
  assert.deepEqual(
    (await searchFhir('Condition?patient=1')).map(({ id }) => id),
    ['a', 'b'],
  );
  assert.equal(asked.length, 2);
});

test('a list that never ends is no list', async () => {
  const path = '/fhir/R4/Condition?_count=1000';
  answering({ [path]: { entry: [entry('a')], link: next(path) } });
  await assert.rejects(searchFhir('Condition'), /More than 20000/);
});

test('a type that is not this reader’s is an empty list', async () => {
  answering({});
  assert.deepEqual(await searchFhir('Condition'), []);
});

test('a write sent twice at once, or again without an answer, has one key; the same after an answer has another', async () => {
  const keys: (string | null)[] = [];
  let fails = true;
  globalThis.fetch = async (_url, init) => {
    keys.push(new Headers(init?.headers).get('idempotency-key'));
    if (fails) throw new TypeError('no network');
    return Response.json({ resourceType: 'Observation', id: '1' });
  };
  const observation = { resourceType: 'Observation' };
  await assert.rejects(createFhir(observation));
  fails = false;
  const [one, two] = await Promise.all([createFhir(observation), createFhir(observation)]);
  assert.deepEqual([one.resource.id, two.resource.id], ['1', '1']);
  await createFhir(observation);
  await createFhir({ resourceType: 'Condition' });
  assert.equal(keys.length, 4);
  assert.match(keys[0] ?? '', /^[0-9a-f]{32}$/);
  assert.equal(keys[1], keys[0]);
  assert.equal(new Set(keys).size, 3);
});
