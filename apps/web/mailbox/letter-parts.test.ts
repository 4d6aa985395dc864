import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letterParts } from './letter-parts.ts';

test('a paragraph that is a link leads to its path on this node, and words stay words', () => {
  assert.deepEqual(letterParts('Open this:\n\nhttps://records.city.example/recover#CODE\n\nor not.'), [
    { text: 'Open this:' },
    { text: 'https://records.city.example/recover#CODE', path: '/recover#CODE' },
    { text: 'or not.' },
  ]);
});

test('a paragraph in Hindi says so, for whoever has it read aloud', () => {
  assert.deepEqual(letterParts('City Hospital में नया\n\nIf not'), [
    { text: 'City Hospital में नया', language: 'hi' },
    { text: 'If not' },
  ]);
});

test('nothing but an address of http is made a link', () => {
  for (const text of ['javascript:alert(1)', 'see https://x.example', 'http://', ''])
    assert.ok(
      letterParts(text).every(({ path }) => path === undefined),
      text,
    );
});
