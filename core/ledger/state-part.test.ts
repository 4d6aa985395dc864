/**
 * A part of the state is what lies at its place, whole and unchanged, or is refused. The broken variants these catch: entries compared by
 * their number alone, a missing check of order or place, values that are not hashed, a division that is believed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, toHex, utf8 } from '@clearchart/crypto';
import fc from 'fast-check';
import { EMPTY_ROOT, type StateNode, type StateRow } from './index.ts';
import { childrenAt, encodeStatePart, isBelow, parseStatePart, refusePart, type StatePart } from './state-part.ts';
import { compareBytes, updateTree } from './state-tree.ts';

const hashOf = (key: string): Uint8Array => sha256(utf8(key));

function treeOf(rows: readonly StateRow[]) {
  const nodes = new Map<string, StateNode>();
  const reader = { node: (hash: Uint8Array) => nodes.get(toHex(hash)) };
  const leaves = rows.map(({ key, value }) => ({ keyHash: hashOf(key), valueHash: sha256(value) }));
  const made = updateTree(reader, EMPTY_ROOT, leaves);
  for (const [name, node] of made.nodes) nodes.set(name, node);
  return { root: made.root, reader };
}

const sorted = (rows: readonly StateRow[]): StateRow[] =>
  [...rows].sort((left, right) => compareBytes(hashOf(left.key), hashOf(right.key)));

const rowsOf = (count: number): StateRow[] =>
  sorted(Array.from({ length: count }, (_, index) => ({ key: `person/${index}`, value: utf8(`{"count":${index}}`) })));

/** Every place down to which the tree has an inner node, with the hash due at it, and what lies there. */
function* placesOf(rows: readonly StateRow[], most = 200) {
  const { root, reader } = treeOf(rows);
  const waiting = [{ path: '', due: root }];
  for (let seen = 0; seen < most; seen += 1) {
    const place = waiting.shift();
    if (place === undefined) return;
    const below = rows.filter(({ key }) => isBelow(place.path, hashOf(key)));
    const children = childrenAt(reader, root, place.path);
    yield { ...place, rows: below, children };
    if (children === undefined) continue;
    waiting.push({ path: `${place.path}0`, due: children.left }, { path: `${place.path}1`, due: children.right });
  }
}

const refused = (due: Uint8Array, path: string, part: StatePart): string | undefined => {
  const read = parseStatePart(encodeStatePart(part));
  assert.ok(read, 'the part reads');
  return refusePart(due, path, read);
};

test('J3 at every place of a tree all entries below it, and the two hashes that lie there, are taken', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 20, unit: 'grapheme' }), { maxLength: 30 }), (keys) => {
      const rows = sorted(keys.map((key, index) => ({ key, value: utf8(String(index)) })));
      for (const { path, due, rows: below, children } of placesOf(rows)) {
        assert.equal(refused(due, path, { rows: below }), undefined, path);
        if (children !== undefined) assert.equal(refused(due, path, children), undefined, path);
      }
    }),
    { numRuns: 30 },
  );
});

const LIES: Readonly<Record<string, (rows: readonly StateRow[], all: readonly StateRow[]) => readonly StateRow[]>> = {
  'an entry too few': (rows) => rows.slice(1),
  'none at all': () => [],
  'an entry too many': (rows) => sorted([...rows, { key: 'person/none', value: utf8('1') }]),
  'an entry twice': (rows) => [...rows.slice(0, 1), ...rows],
  'an entry of another place': (rows, all) => sorted([...rows, all.find((one) => !rows.includes(one)) ?? rows[0]!]),
  'a changed value': ([first, ...others]) => [{ key: first!.key, value: utf8('"other"') }, ...others],
  'a changed key': ([first, ...others]) => sorted([{ key: `${first!.key}x`, value: first!.value }, ...others]),
  'two values exchanged': ([first, second, ...others]) =>
    second === undefined
      ? []
      : [{ key: first!.key, value: second.value }, { key: second.key, value: first!.value }, ...others],
  'another order': (rows) => (rows.length < 2 ? [] : rows.toReversed()),
};

for (const [words, lie] of Object.entries(LIES)) {
  test(`J3 ${words} is refused at every place`, () => {
    const all = rowsOf(40);
    for (const { path, due, rows } of placesOf(all)) {
      const isEmptyPlace = rows.length === 0;
      if (isEmptyPlace && words !== 'an entry too many') continue;
      assert.ok(refused(due, path, { rows: lie(rows, all) }), `${path}: ${rows.length} entries`);
    }
  });
}

test('J3 two hashes that do not give the one above them are refused, also the right ones in the other order', () => {
  for (const { path, due, children } of placesOf(rowsOf(40))) {
    if (children === undefined) continue;
    const { left, right } = children;
    const other = left.slice();
    other[31] = (other[31] ?? 0) ^ 1;
    assert.ok(refused(due, path, { left: other, right }));
    assert.ok(refused(due, path, { left, right: other }));
    assert.ok(refused(due, path, { left: right, right: left }));
  }
});

test('J2 what is no part is not read', () => {
  const texts = [
    'null',
    '"soon"',
    '[]',
    '{}',
    '{"rows":{}}',
    '{"rows":[["key"]]}',
    '{"rows":[["key",1,2]]}',
    '{"rows":[[1,1]]}',
    '{"rows":[["key",0.5]]}',
    '{"rows":[["key",true]]}',
    '{"rows":[["\\ud800",1]]}',
    `{"rows":[["${'k'.repeat(201)}",1]]}`,
    `{"left":"${'0'.repeat(64)}"}`,
    `{"left":"${'0'.repeat(64)}","right":"${'0'.repeat(63)}"}`,
    `{"left":"${'0'.repeat(64)}","right":"${'G'.repeat(64)}"}`,
  ];
  for (const text of texts) assert.equal(parseStatePart(utf8(text)), undefined, text);
});
