import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, sha256, toHex, utf8 } from '@clearchart/crypto';
import fc from 'fast-check';
import { merklePath, merkleRoot, verifyMerklePath } from './index.ts';

/** The leaves and roots of the reference implementation of RFC 6962 (google/certificate-transparency, merkle tree tests). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const entries = (count: number): Uint8Array[] => Array.from({ length: count }, (_, index) => utf8(`entry ${index}`));

test('L36 the roots are those of RFC 6962', () => {
  assert.equal(toHex(merkleRoot([])), toHex(sha256(new Uint8Array(0))));
  const leaves = LEAVES.map(fromHex);
  ROOTS.forEach((root, index) => assert.equal(toHex(merkleRoot(leaves.slice(0, index + 1))), root));
});

test('L36 every entry of every list up to 40 is proved, and by its own path only', () => {
  for (let count = 1; count <= 40; count += 1) {
    const list = entries(count);
    const root = merkleRoot(list);
    for (let index = 0; index < count; index += 1) {
      const path = merklePath(list, index);
      assert.ok(verifyMerklePath(root, list[index] as Uint8Array, index, count, path), `${index} of ${count}`);
      assert.ok(!verifyMerklePath(root, utf8('another'), index, count, path));
      if (count > 1) {
        assert.ok(!verifyMerklePath(root, list[index] as Uint8Array, (index + 1) % count, count, path));
        assert.ok(!verifyMerklePath(root, list[index] as Uint8Array, index, count, path.slice(1)));
      }
      assert.ok(!verifyMerklePath(root, list[index] as Uint8Array, index, count, [...path, root]));
    }
  }
});

test('L36 a changed bit anywhere in a path is noticed', () => {
  const list = entries(21);
  const root = merkleRoot(list);
  fc.assert(
    fc.property(fc.nat(20), fc.nat(), fc.nat(255), (index, which, bit) => {
      const path = merklePath(list, index).map((hash) => hash.slice());
      const hash = path[which % path.length] as Uint8Array;
      hash[bit >> 3] = (hash[bit >> 3] as number) ^ (1 << (bit & 7));
      assert.ok(!verifyMerklePath(root, list[index] as Uint8Array, index, 21, path));
    }),
  );
});

test('L36 an inner node is not taken for an entry', () => {
  const list = entries(4);
  const [left, right] = [merkleRoot(list.slice(0, 2)), merkleRoot(list.slice(2))];
  const forged = new Uint8Array([...left, ...right]);
  assert.notEqual(toHex(merkleRoot([forged])), toHex(merkleRoot(list)));
  assert.ok(!verifyMerklePath(merkleRoot(list), forged, 0, 1, []));
});

test('L36 a path of another length than index and count ask for is refused, even when its hashes fit the root', () => {
  const [one, two] = entries(2) as [Uint8Array, Uint8Array];
  assert.ok(!verifyMerklePath(merkleRoot([one]), one, 0, 5, []));
  assert.ok(verifyMerklePath(merkleRoot([one, two]), two, 1, 2, [merkleRoot([one])]));
  assert.ok(!verifyMerklePath(merkleRoot([one, two]), two, 0, 1, [merkleRoot([one])]));
});

test('an entry that is not there has no path', () => {
  for (const index of [-1, 3, 0.5, Number.NaN]) assert.throws(() => merklePath(entries(3), index), RangeError);
  const [only] = entries(1);
  for (const [index, count] of [
    [0, 0],
    [1, 1],
    [-1, 1],
    [0.5, 2],
  ] as const) {
    assert.ok(!verifyMerklePath(merkleRoot(entries(1)), only as Uint8Array, index, count, []));
  }
});
