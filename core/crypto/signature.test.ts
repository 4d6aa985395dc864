import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import {
  checkPublicKey,
  checkSignatureShape,
  DISPUTED_SIGNATURES,
  fromHex,
  isRegistrableKey,
  RFC_8032,
  type SignatureVerifier,
  selfTestVerifier,
  wouldCount,
} from './index.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** A second opinion from another implementation, in its strict form; it never decides validity. */
function nobleAccepts(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

const withoutShapeRule: SignatureVerifier = { verify: nobleAccepts };
const withShapeRule: SignatureVerifier = {
  verify: (key, message, signature) =>
    checkSignatureShape(signature) === undefined && nobleAccepts(key, message, signature),
};

test('S6 another implementation behind the same rules passes the self-test, and fails it without them', () => {
  assert.doesNotThrow(() => selfTestVerifier(withShapeRule));
  assert.throws(() => selfTestVerifier(withoutShapeRule), /disputed signature 12/);
});

test('S6 without the rule on keys another implementation accepts disputed signatures', () => {
  const accepted = DISPUTED_SIGNATURES.filter(({ publicKey, message, signature }) =>
    withShapeRule.verify(fromHex(publicKey), fromHex(message), fromHex(signature)),
  );
  assert.ok(accepted.length > 0);
  for (const { publicKey } of accepted) assert.equal(isRegistrableKey(publicKey), false);
});

test('S7 two implementations agree on every good signature and on every change of it', () => {
  fc.assert(
    fc.property(bytes(32), fc.uint8Array({ maxLength: 80 }), fc.nat(511), (seed, message, bit) => {
      const signer = createSigner(seed);
      const signature = signer.sign(message);
      assert.equal(checkPublicKey(signer.publicKey), undefined);
      assert.equal(checkSignatureShape(signature), undefined);
      assert.equal(nobleAccepts(signer.publicKey, message, signature), true);
      assert.equal(nodeVerifier.verify(signer.publicKey, message, signature), true);
      const changed = signature.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(nodeVerifier.verify(signer.publicKey, message, changed), false);
      assert.equal(withShapeRule.verify(signer.publicKey, message, changed), false);
    }),
    { numRuns: 25 },
  );
});

// C2SP/wycheproof (Apache-2.0), testvectors_v1/ed25519_test.json: cases 10 to 29, and 30 to 37 by what they do to a signature.
const WYCHEPROOF_KEY = '7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa';
const ZERO = '00'.repeat(32);
const ONE = `01${'00'.repeat(31)}`;
const ORDER = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';
const ORDER_LESS_ONE = 'ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';
const FIELD = `ed${'ff'.repeat(30)}7f`;

test('S8 the special values of R and S in Wycheproof do not count', () => {
  for (const r of [ZERO, ONE, ORDER, FIELD]) {
    for (const s of [ZERO, ONE, ORDER_LESS_ONE, ORDER, FIELD]) {
      assert.equal(wouldCount(nodeVerifier, WYCHEPROOF_KEY, '3f', r + s), false, r + s);
    }
  }
});

test('S8 a signature that is cut, lengthened or shifted as in Wycheproof does not count', () => {
  const r = '7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab0';
  const s = '7a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336a5c51eb6f946b30d';
  const counts = (signature: string) => wouldCount(nodeVerifier, WYCHEPROOF_KEY, '54657374', signature);
  assert.equal(counts(r + s), true);
  for (const bad of [
    '',
    r,
    r + s.slice(0, -4),
    `${r}${s}2020`,
    r + s + WYCHEPROOF_KEY,
    `00${r}${s}`,
    `${r}00${s}`,
    `${r}${s}00`,
  ]) {
    assert.equal(counts(bad), false, bad);
  }
});

test('S8 S with the order added once, which solves the same equation, does not count', () => {
  const [{ publicKey, message, signature }] = RFC_8032;
  const littleEndian = (hex: string) => BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`);
  const sum = (littleEndian(signature.slice(64)) + littleEndian(ORDER)).toString(16).padStart(64, '0');
  const changed = signature.slice(0, 64) + Buffer.from(sum, 'hex').reverse().toString('hex');
  assert.equal(checkSignatureShape(fromHex(changed)), 's-not-reduced');
  assert.equal(wouldCount(nodeVerifier, publicKey, message, changed), false);
});
