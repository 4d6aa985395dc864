/**
 * Searches against a plain evaluator that walks all resources: whatever index, driver and join are chosen,
 * the hits are the same. Broken variants: a prefix compared with the wrong end of a range, OR read as AND,
 * a driver that loses a condition, `:not` that loses resources without a value.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  DATES,
  FAMILIES,
  idsOf,
  observations,
  people,
  plain,
  server,
  span,
  STATUSES,
  type Made,
} from './search.fixture.ts';

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
