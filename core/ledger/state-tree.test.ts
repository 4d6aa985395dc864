import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, sha256, toHex, utf8 } from '@clearchart/crypto';
import fc from 'fast-check';
import { EMPTY_ROOT, type StateNode } from './index.ts';
import { type LeafChange, proveKey, updateTree, verifyKey } from './state-tree.ts';

/** The tree written down from its definition, by splitting all entries bit by bit. */
function naiveRoot(entries: readonly [string, string][], depth = 0): Uint8Array {
  const [first] = entries;
  if (first === undefined) return new Uint8Array(32);
  if (entries.length === 1) {
    return sha256(concatBytes(Uint8Array.of(0), sha256(utf8(first[0])), sha256(utf8(first[1]))));
  }
  const goesRight = ([key]: [string, string]): boolean => {
    const path = [...sha256(utf8(key))].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    return path[depth] === '1';
  };
  const left = naiveRoot(
    entries.filter((entry) => !goesRight(entry)),
    depth + 1,
  );
  const right = naiveRoot(entries.filter(goesRight), depth + 1);
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

const change = (key: string, value: string | undefined): LeafChange => ({
  keyHash: sha256(utf8(key)),
  valueHash: value === undefined ? undefined : sha256(utf8(value)),
});

/** Keeps every node it was ever given. */
class Tree {
  root = EMPTY_ROOT;
  readonly nodes = new Map<string, StateNode>();
  node(hash: Uint8Array): StateNode | undefined {
    return this.nodes.get(toHex(hash));
  }
  update(changes: readonly LeafChange[]): this {
    const { root, nodes } = updateTree(this, this.root, changes);
    for (const [name, node] of nodes) {
      assert.equal(name, toHex(sha256(node)));
      this.nodes.set(name, node);
    }
    this.root = root;
    return this;
  }
}

const key = fc.nat(40).map((number) => `key ${number}`);
const block = fc.dictionary(key, fc.option(fc.string(), { nil: undefined }), { maxKeys: 12, noNullPrototype: true });

test('L42 L43 after any blocks the root is that of the entries written down from the definition', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
      const tree = new Tree();
      const entries = new Map<string, string>();
      for (const changes of blocks) {
        tree.update(Object.entries(changes).map(([name, value]) => change(name, value)));
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined) entries.delete(name);
          else entries.set(name, value);
        }
        assert.equal(toHex(tree.root), toHex(naiveRoot([...entries])));
      }
    }),
  );
});

test('L43 one batch and one by one, in any order, give the same root', () => {
  fc.assert(
    fc.property(block, (changes) => {
      const list = Object.entries(changes).map(([name, value]) => change(name, value));
      const start = [change('key 1', 'a'), change('key 2', 'b'), change('key 3', 'c')];
      const together = new Tree().update(start).update(list);
      const apart = new Tree().update(start);
      for (const one of [...list].reverse()) apart.update([one]);
      assert.equal(toHex(apart.root), toHex(together.root));
    }),
  );
});

test('L43 what was added and taken away again leaves no trace', () => {
  const kept = Array.from({ length: 50 }, (_, index) => change(`kept ${index}`, 'value'));
  const passing = Array.from({ length: 50 }, (_, index) => change(`passing ${index}`, 'value'));
  const tree = new Tree().update(kept);
  const before = toHex(tree.root);
  tree.update(passing);
  assert.notEqual(toHex(tree.root), before);
  tree.update(passing.map(({ keyHash }) => ({ keyHash, valueHash: undefined })));
  assert.equal(toHex(tree.root), before);
  tree.update(kept.map(({ keyHash }) => ({ keyHash, valueHash: undefined })));
  assert.equal(toHex(tree.root), toHex(EMPTY_ROOT));
});

test('L44 presence and absence are proved under every root there ever was, and never both', () => {
  const tree = new Tree();
  const roots: [Uint8Array, number][] = [];
  for (let count = 1; count <= 30; count += 1) {
    tree.update([change(`key ${count}`, `value ${count}`)]);
    roots.push([tree.root, count]);
  }
  for (const [root, count] of roots) {
    for (let number = 1; number <= 35; number += 1) {
      const { keyHash, valueHash } = change(`key ${number}`, `value ${number}`);
      const proof = proveKey(tree, root, keyHash);
      assert.equal(verifyKey(root, keyHash, valueHash, proof), number <= count);
      assert.equal(verifyKey(root, keyHash, undefined, proof), number > count);
      assert.ok(!verifyKey(root, keyHash, sha256(utf8('another')), proof));
    }
  }
});

test('L44 a bent proof proves nothing', () => {
  const tree = new Tree().update(Array.from({ length: 30 }, (_, index) => change(`key ${index}`, 'value')));
  const present = change('key 7', 'value');
  const absent = change('nobody', undefined);
  fc.assert(
    fc.property(fc.boolean(), fc.nat(), fc.nat(255), (isPresent, which, bit) => {
      const { keyHash, valueHash } = isPresent ? present : absent;
      const { siblings, other } = proveKey(tree, tree.root, keyHash);
      const bent = siblings.map((hash) => hash.slice());
      const hash = bent[which % bent.length] as Uint8Array;
      hash[bit >> 3] = (hash[bit >> 3] as number) ^ (1 << (bit & 7));
      assert.ok(!verifyKey(tree.root, keyHash, valueHash, { siblings: bent, other }));
      assert.ok(!verifyKey(tree.root, keyHash, valueHash, { siblings: siblings.slice(1), other }));
    }),
  );
});

test('L44 a leaf that does not stand in the way proves no absence', () => {
  const tree = new Tree().update(Array.from({ length: 30 }, (_, index) => change(`key ${index}`, 'value')));
  const { keyHash, valueHash } = change('key 7', 'value');
  const { siblings } = proveKey(tree, tree.root, keyHash);
  const itself = concatBytes(keyHash, valueHash as Uint8Array);
  assert.ok(!verifyKey(tree.root, keyHash, undefined, { siblings, other: itself }));
  const far = keyHash.slice();
  far[0] = (far[0] as number) ^ 0x80;
  assert.ok(!verifyKey(tree.root, far, undefined, { siblings, other: itself }));
});

test('L44 a leaf hung where its own key does not lead proves no absence', () => {
  const misplaced = concatBytes(new Uint8Array(32).fill(0xff), sha256(utf8('value')));
  const leaf = sha256(concatBytes(Uint8Array.of(0), misplaced));
  const root = sha256(concatBytes(Uint8Array.of(1), leaf, EMPTY_ROOT));
  assert.ok(!verifyKey(root, new Uint8Array(32), undefined, { siblings: [EMPTY_ROOT], other: misplaced }));
});

test('a missing node is a fault, not an answer', () => {
  const tree = new Tree().update([change('a', '1'), change('b', '2'), change('c', '3')]);
  tree.nodes.delete(toHex(tree.root));
  assert.throws(() => proveKey(tree, tree.root, sha256(utf8('a'))), /missing/);
  assert.throws(() => tree.update([change('a', '2')]), /missing/);
});
