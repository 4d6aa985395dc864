import assert from 'node:assert/strict';
import { verify as nodeVerify, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import {
  checkPublicKey,
  checkSignatureShape,
  DISPUTED_SIGNATURES,
  fromHex,
  RFC_8032,
  type SignatureVerifier,
  toHex,
  utf8,
  wouldCount,
} from '@clearchart/crypto';
import { createSigner, nodeVerifier, selfTest } from './index.ts';

test('S1 the self-test passes on this machine', () => selfTest(nodeVerifier));

test('S1 the self-test refuses a verifier that says yes to everything, and one that says no', () => {
  const yes: SignatureVerifier = { verify: () => true };
  const no: SignatureVerifier = { verify: () => false };
  assert.throws(() => selfTest(no), /refused/);
  assert.throws(() => selfTest(yes), /another message/);
});

test('S2 no disputed signature counts, whatever node:crypto alone says', () => {
  for (const { what, stoppedBy, publicKey, message, signature } of DISPUTED_SIGNATURES) {
    assert.equal(wouldCount(nodeVerifier, publicKey, message, signature), false, what);
    assert.equal(checkPublicKey(fromHex(publicKey)) ?? checkSignatureShape(fromHex(signature)), stoppedBy, what);
  }
});

test('S2 without our checks node:crypto accepts at least one of them: the checks are needed', () => {
  const spki = Buffer.from('302a300506032b6570032100', 'hex');
  const accepted = DISPUTED_SIGNATURES.filter(({ publicKey, message, signature }) => {
    try {
      const key = createPublicKey({ key: Buffer.concat([spki, fromHex(publicKey)]), format: 'der', type: 'spki' });
      return nodeVerify(null, fromHex(message), key, fromHex(signature));
    } catch {
      return false;
    }
  });
  assert.ok(accepted.length > 0);
});

test('S3 a key of small order, with torsion, off the curve or spelled differently may not be registered', () => {
  assert.equal(checkPublicKey(fromHex(RFC_8032[0].publicKey)), undefined);
  assert.equal(
    checkPublicKey(fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa')),
    'small-order',
  );
  assert.equal(
    checkPublicKey(fromHex('cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d')),
    'has-torsion',
  );
  assert.equal(checkPublicKey(fromHex('01'.padEnd(64, '0'))), 'small-order');
  assert.equal(checkPublicKey(new Uint8Array(31)), 'not-32-bytes');
  assert.equal(checkPublicKey(fromHex(`02${'00'.repeat(31)}`)), 'not-on-curve');
  // The identity again: as y = p + 1, and with the sign of a zero x set.
  assert.equal(checkPublicKey(fromHex(`ee${'ff'.repeat(30)}7f`)), 'not-canonical');
  assert.equal(checkPublicKey(fromHex(`01${'00'.repeat(30)}80`)), 'not-canonical');
});

test('S4 an R of small order, an unreduced S and a wrong length are refused before verifying', () => {
  const signature = createSigner(new Uint8Array(32).fill(7)).sign(utf8('x'));
  assert.equal(checkSignatureShape(signature), undefined);
  const smallR = signature.slice();
  smallR.set(fromHex(`01${'00'.repeat(31)}`));
  assert.equal(checkSignatureShape(smallR), 'r-small-order');
  const torsionR = signature.slice();
  torsionR.set(fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'));
  assert.equal(checkSignatureShape(torsionR), 'r-small-order');
  // All five y of small order, with either sign; then the y that are written above the field.
  for (const y of [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    `ec${'ff'.repeat(30)}7f`,
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ]) {
    for (const sign of [0, 0x80]) {
      const bytes = signature.slice();
      bytes.set(fromHex(y));
      bytes[31] = (bytes[31] as number) | sign;
      assert.equal(checkSignatureShape(bytes), 'r-small-order', y);
    }
  }
  for (const low of ['ed', 'ee', 'ff']) {
    const bytes = signature.slice();
    bytes.set(fromHex(`${low}${'ff'.repeat(30)}7f`));
    assert.equal(checkSignatureShape(bytes), 'r-not-canonical', low);
  }
  const bigS = signature.slice();
  bigS.set(new Uint8Array(32).fill(255), 32);
  assert.equal(checkSignatureShape(bigS), 's-not-reduced');
  assert.equal(checkSignatureShape(signature.subarray(1)), 'not-64-bytes');
});

test('S5 a changed message, key or signature is refused, one by one and many at once', async () => {
  const signer = createSigner(new Uint8Array(32).fill(9));
  const message = utf8('a record version');
  const signature = signer.sign(message);
  const changed = signature.slice();
  changed[3] = (changed[3] as number) ^ 1;
  const other = createSigner(new Uint8Array(32).fill(8)).publicKey;
  const checks = [
    { publicKey: signer.publicKey, message, signature },
    { publicKey: signer.publicKey, message: utf8('another'), signature },
    { publicKey: other, message, signature },
    { publicKey: signer.publicKey, message, signature: changed },
  ];
  const expected = [true, false, false, false];
  assert.deepEqual(
    checks.map((check) => nodeVerifier.verify(check.publicKey, check.message, check.signature)),
    expected,
  );
  assert.deepEqual(await nodeVerifier.verifyMany?.(checks), expected);
  assert.equal(toHex(signer.publicKey).length, 64);
});
