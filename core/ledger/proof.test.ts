import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import fc from 'fast-check';
import { type Hash, proveState, type StateKey, StateOverlay, type StateProof, verifyState } from './index.ts';
import { MemoryState, seeded } from './test-chain.fixture.ts';

function grown(keys: number): MemoryState {
  const state = new MemoryState();
  const overlay = new StateOverlay(state);
  for (let index = 0; index < keys; index += 1) overlay.write(`key/${index}` as StateKey<number>, index);
  state.apply(overlay.finish(0));
  return state;
}

const state = grown(300);
const root = toHex(state.root) as Hash;
const present = Array.from({ length: 300 }, (_, index) => proveState(state, state.root, `key/${index}`, index));
const absent = Array.from({ length: 300 }, (_, index) => proveState(state, state.root, `no/${index}`, undefined));

test('L44 a proof travels as JSON without its empty siblings and still holds', () => {
  for (const proof of [...present, ...absent]) {
    assert.ok(verifyState(root, JSON.parse(JSON.stringify(proof)) as StateProof), proof.key);
    const hashes = Buffer.from(proof.proof.siblings, 'base64url');
    for (let at = 0; at < hashes.length; at += 32) assert.ok(hashes.subarray(at, at + 32).some((byte) => byte !== 0));
  }
  assert.ok([...present, ...absent].some(({ proof }) => proof.empty !== undefined));
});

test('L44 a proof holds for no other root, key or value, and presence is not absence', () => {
  const [one, two] = present as [StateProof, StateProof];
  const [nobody] = absent as [StateProof];
  assert.ok(!verifyState(toHex(seeded('other')) as Hash, one));
  assert.ok(!verifyState(root, { ...one, key: two.key }));
  assert.ok(!verifyState(root, { ...one, value: 1 }));
  assert.ok(!verifyState(root, { ...one, value: null }));
  assert.ok(!verifyState(root, { ...nobody, value: 0 }));
});

test('L44 empty siblings are put where they were, or the proof does not hold', () => {
  const sparse = [...present, ...absent].find(({ proof }) => proof.empty !== undefined) as StateProof;
  const empty = sparse.proof.empty as readonly number[];
  const { empty: _empty, ...without } = sparse.proof;
  const others: unknown[] = [
    without,
    { ...sparse.proof, empty: [] },
    { ...sparse.proof, empty: [...empty, 255] },
    { ...sparse.proof, empty: empty.map((depth) => depth + 1) },
    { ...sparse.proof, empty: [...empty, empty.at(-1)] },
    { ...sparse.proof, empty: [0, ...empty] },
    { ...sparse.proof, empty: 'none' },
    { ...sparse.proof, siblings: `${sparse.proof.siblings}AAAA` },
  ];
  for (const proof of others) assert.ok(!verifyState(root, { ...sparse, proof } as StateProof), JSON.stringify(proof));
});

test('L54 a state proof of any JSON is answered with no', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (key, value, proof) => {
      assert.equal(verifyState(root, { key, value, proof } as unknown as StateProof), false);
      assert.equal(verifyState(root, value as unknown as StateProof), false);
      const half = { key: 'key/1', value, proof: { siblings: proof, empty: key, other: value } };
      assert.equal(verifyState(root, half as unknown as StateProof), false);
    }),
  );
});
