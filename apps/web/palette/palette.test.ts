import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openedBy } from './keys.ts';
import { matching } from './matching.ts';

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  typing: false,
  ...more,
});

test('Ctrl K and ⌘ K open the palette, also while somebody types; no other K does', () => {
  assert.equal(openedBy(press('k', { ctrlKey: true, typing: true }), false), 'palette');
  assert.equal(openedBy(press('K', { metaKey: true }), true), 'palette');
  for (const other of [press('k'), press('k', { ctrlKey: true, altKey: true }), press('j', { ctrlKey: true })]) {
    assert.equal(openedBy(other, true), undefined);
  }
});

test('? opens the sheet of keys, not while somebody types and not when single keys are switched off', () => {
  assert.equal(openedBy(press('?'), true), 'keys');
  assert.equal(openedBy(press('?', { typing: true }), true), undefined);
  assert.equal(openedBy(press('?'), false), undefined);
});

test('an entry is found by the beginnings of its words, in any order, with or without marks, and by its hidden words', () => {
  const entries = [
    { id: 'a', words: 'Dr Meera Kulkarni' },
    { id: 'b', words: 'Kulkarni, José' },
    { id: 'c', words: 'Light or dark', also: 'theme' },
    { id: 'd', words: 'मरीज़' },
  ];
  const ids = (typed: string) => matching(entries, typed).map(({ id }) => id);
  assert.deepEqual(ids('kul me'), ['a']);
  assert.deepEqual(ids('kul'), ['b', 'a']);
  assert.deepEqual(ids('jose'), ['b']);
  assert.deepEqual(ids('the'), ['c']);
  assert.deepEqual(ids('मरी'), ['d']);
  assert.deepEqual(ids('ulkarni'), []);
  assert.deepEqual(ids(''), ['a', 'b', 'c', 'd']);
});
