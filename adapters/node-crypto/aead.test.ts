import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, toHex } from '@clearchart/crypto';
import fc from 'fast-check';
import { nodeAead } from './aead.ts';

interface GcmVector {
  readonly id: number;
  readonly key: string;
  readonly nonce: string;
  readonly associatedData: string;
  readonly plaintext: string;
  readonly sealed: string;
}

// C2SP/wycheproof (Apache-2.0), testvectors_v1/aes_gcm_test.json, by test case; `sealed` is its ciphertext, then its tag.
const WYCHEPROOF: readonly GcmVector[] = [
  {
    id: 91,
    key: '92ace3e348cd821092cd921aa3546374299ab46209691bc28b8752d17f123c20',
    nonce: '00112233445566778899aabb',
    associatedData: '00000000ffffffff',
    plaintext: '00010203040506070809',
    sealed: 'e27abdd2d2a53d2f136b9a4a2579529301bcfb71c78d4060f52c',
  },
  {
    id: 92,
    key: '29d3a44f8723dc640239100c365423a312934ac80239212ac3df3421a2098123',
    nonce: '00112233445566778899aabb',
    associatedData: 'aabbccddeeff',
    plaintext: '',
    sealed: '2a7d77fa526b8250cb296078926b5020',
  },
  {
    id: 94,
    key: 'cc56b680552eb75008f5484b4cb803fa5063ebd6eab91f6ab6aef4916a766273',
    nonce: '99e23ec48985bccdeeab60f1',
    associatedData: '',
    plaintext: '2a',
    sealed: '06633c1e9703ef744ffffb40edf9d14355',
  },
  {
    id: 98,
    key: '3b2458d8176e1621c0cc24c0c0e24c1e80d72f7ee9149a4b166176629616d011',
    nonce: '45aaa3e5d16d2d42dc03445d',
    associatedData: '',
    plaintext: '3ff1514b1c503915918f0c0c31094a6e1f',
    sealed: '73a6b6f45f6ccc5131e07f2caa1f2e2f562d7379ec1db5952d4e95d30c340b1b1d',
  },
  {
    id: 103,
    key: 'ff0089ee870a4a39f645b0a5da774f7a5911e9696fc9cad646452c2aa8595a12',
    nonce: 'bc2a7757d0ce2d8b1f14ccd9',
    associatedData: '972ab4e06390caae8f99dd6e2187be6c7ff2c08a24be16ef',
    plaintext: '748b28031621d95ee61812b4b4f47d04c6fc2ff3',
    sealed: 'a929ee7e67c7a2f91bbcec6389a3caf43ab49305ebec6774b955e789591c822dab739e12',
  },
];

test('A1 AES-256-GCM seals and opens the Wycheproof values', () => {
  for (const { id, key, nonce, associatedData, plaintext, sealed } of WYCHEPROOF) {
    const [k, n, a] = [fromHex(key), fromHex(nonce), fromHex(associatedData)];
    assert.equal(toHex(nodeAead.seal(k, n, fromHex(plaintext), a)), sealed, `case ${id}`);
    const opened = nodeAead.open(k, n, fromHex(sealed), a);
    assert.equal(opened === undefined ? undefined : toHex(opened), plaintext, `case ${id}`);
  }
});

test('A2 one changed bit in key, nonce, associated data or sealed bytes opens nothing', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(
      fc.record({
        key: bytes(32),
        nonce: bytes(12),
        associatedData: bytes(9),
        plaintext: fc.uint8Array({ maxLength: 40 }),
      }),
      fc.constantFrom('key', 'nonce', 'associatedData', 'sealed'),
      fc.nat(),
      ({ key, nonce, associatedData, plaintext }, part, bit) => {
        const parts = { key, nonce, associatedData, sealed: nodeAead.seal(key, nonce, plaintext, associatedData) };
        assert.deepEqual(nodeAead.open(key, nonce, parts.sealed, associatedData), Uint8Array.from(plaintext));
        const changed = parts[part].slice();
        const at = bit % (changed.length * 8);
        changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
        const now = { ...parts, [part]: changed };
        assert.equal(nodeAead.open(now.key, now.nonce, now.sealed, now.associatedData), undefined);
      },
    ),
    { numRuns: 200 },
  );
});

test('A3 a tag cut short opens nothing, and a key of another size is a fault', () => {
  const [key, nonce, none] = [new Uint8Array(32), new Uint8Array(12), new Uint8Array(0)];
  const sealed = nodeAead.seal(key, nonce, none, none);
  for (let length = 0; length < sealed.length; length += 1) {
    assert.equal(nodeAead.open(key, nonce, sealed.subarray(0, length), none), undefined, `${length} bytes`);
  }
  assert.throws(() => nodeAead.seal(new Uint8Array(16), nonce, none, none), RangeError);
  assert.throws(() => nodeAead.open(new Uint8Array(16), nonce, sealed, none), RangeError);
});
