import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '@clearchart/crypto';
import { growChain } from './grown-chain.fixture.ts';
import { checkSameChain, checkSameEntries, checkSameRoot } from './same-state.ts';

const { member, reference, genesis } = await growChain();
const copy = () => member.file.copy(genesis);

test('a state with another block at a height is found, and one with the same blocks is not', () => {
  const other = copy();
  const [first, second, third] = other.headers;
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  other.headers.splice(1, 1, { ...second, time: second.time + 1 });
  checkSameChain(copy(), 0, reference);
  assert.throws(() => checkSameChain(other, 0, reference), /Two different blocks are final at height 2/);
  checkSameChain(other, 2, reference);
});

test('a state with another root at the same height is found', () => {
  const other = copy();
  checkSameRoot(other, reference);
  other.root = other.root.with(0, (other.root[0] ?? 0) ^ 1);
  assert.throws(() => checkSameRoot(other, reference), /different roots at height 3/);
});

test('a state with an entry more, less or other than the reference is found', () => {
  checkSameEntries(copy(), reference.file);
  const [more, less, other] = [copy(), copy(), copy()];
  const key = [...reference.file.entries.keys()].find((one) => one.startsWith('person/')) ?? '';
  more.entries.set('person/nobody', utf8('{}'));
  less.entries.delete(key);
  other.entries.set(key, utf8('{}'));
  for (const one of [more, less])
    assert.throws(() => checkSameEntries(one, reference.file), /entries that no block gave it, or lacks some/);
  assert.throws(() => checkSameEntries(other, reference.file), /another entry than its root/);
});
