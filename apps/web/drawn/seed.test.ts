import { dehydrate, QueryClient } from '@tanstack/react-query';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedOfText, textOfSeed } from './seed.ts';

const seedWith = (data: unknown) => {
  const client = new QueryClient();
  client.setQueryData(['record', 'one'], data);
  return textOfSeed({ language: 'en', queries: dehydrate(client) });
};

test('an answer comes to the app as the page kept it, bytes and gaps included', () => {
  const data = { signature: Uint8Array.of(0, 200, 255), reason: undefined, by: new Map([['one', [1, 2]]]) };
  const [query] = seedOfText(seedWith(data)).queries.queries;
  assert.deepEqual(query?.state.data, data);
});

test('what has no text makes no page, rather than one with something else', () => {
  assert.throws(() => seedWith({ act: () => 1 }));
});
