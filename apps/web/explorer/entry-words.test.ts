import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryWords, nameOf } from './entry-words.ts';

const organization = 'ab'.repeat(16);
const members = [{ organization, name: 'City Hospital', publicKey: '00'.repeat(32) }];

test('an anchor is told as counts of versions, people and categories', () => {
  const records = [
    { subject: 'p1', categoryTag: 'c1' },
    { subject: 'p1', categoryTag: 'c2' },
    { subject: null, categoryTag: 'c3' },
  ];
  const words = entryWords({ type: 'anchor-records', body: { organization, records } }, members);
  assert.deepEqual(words.values, { count: 3, people: 1, categories: 3 });
  assert.equal(words.organization, 'City Hospital');
});

test('a batch without entries is a report that nothing more was opened', () => {
  const words = entryWords({ type: 'log-accesses', body: { organization, entries: [], completeUpTo: 5 } }, members);
  assert.equal(words.key, 'completeness');
});

test('openings are counted apart from closings', () => {
  const entries = [
    { kind: 'opened', patient: 'p1' },
    { kind: 'closed', patient: 'p1' },
    { kind: 'opened', patient: 'p2' },
  ];
  const words = entryWords({ type: 'log-accesses', body: { organization, entries } }, members);
  assert.deepEqual(words.values, { count: 2, closed: 1, people: 2 });
});

test('an entry about another hospital names it, also one that is no member yet', () => {
  const admitted = { type: 'admit-organization', body: { organization, application: { name: 'Hill Clinic' } } };
  assert.equal(entryWords(admitted, members).other, 'Hill Clinic');
  const member = 'cd'.repeat(16);
  assert.equal(entryWords({ type: 'retire-organization', body: { organization, member } }, members).other, 'cdcdcdcd');
  const reported = { type: 'report-misbehaviour', body: { organization, first: { organization } } };
  assert.equal(entryWords(reported, members).other, 'City Hospital');
});

test('an entry of a kind this page does not know is still shown', () => {
  assert.equal(entryWords({ type: 'grant-access', body: {} }, members).key, 'unknown');
});

test('a hospital that is no member any more is shown by the start of its id', () => {
  assert.equal(nameOf('cd'.repeat(16), members), 'cdcdcdcd');
});
