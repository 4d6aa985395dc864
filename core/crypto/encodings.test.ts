import assert from 'node:assert/strict';
import { createHmac, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  concatBytes,
  equalBytes,
  fromBase64Url,
  fromHex,
  fromUtf8,
  hkdfSha256,
  hmacSha256,
  labelledHash,
  sha256,
  toBase64Url,
  toHex,
  uint32,
  uint64,
  utf8,
} from './index.ts';

test('hex and base64url return what was written, and refuse every other spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      assert.equal(toHex(bytes), Buffer.from(bytes).toString('hex'));
      assert.deepEqual(fromHex(toHex(bytes)), Uint8Array.from(bytes));
      assert.deepEqual(fromBase64Url(toBase64Url(bytes)), Uint8Array.from(bytes));
      assert.equal(toBase64Url(bytes), Buffer.from(bytes).toString('base64url'));
    }),
  );
  for (const bad of ['0', 'AB', 'zz', '0x', ' 0']) assert.throws(() => fromHex(bad), TypeError, bad);
  for (const bad of ['A', 'AB', 'AA=', 'A+', 'AAAAB']) assert.throws(() => fromBase64Url(bad), TypeError, bad);
});

test('UTF-8 that is not well formed is refused', () => {
  assert.equal(fromUtf8(utf8('नमस्ते')), 'नमस्ते');
  assert.throws(() => fromUtf8(Uint8Array.of(0xc0, 0x80)));
});

test('numbers become big-endian bytes within their range', () => {
  assert.equal(toHex(uint32(0x01020304)), '01020304');
  assert.equal(toHex(uint64(2 ** 53 - 1)), '001fffffffffffff');
  for (const bad of [-1, 1.5, 2 ** 53]) assert.throws(() => uint64(bad), RangeError);
  assert.throws(() => uint32(2 ** 32), RangeError);
});

test('HMAC agrees with RFC 4231, cases 1, 2, 3, 6 and 7, and with node:crypto', () => {
  const cases: readonly [Uint8Array, Uint8Array, string][] = [
    [new Uint8Array(20).fill(11), utf8('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      utf8('Jefe'),
      utf8('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      new Uint8Array(20).fill(0xaa),
      new Uint8Array(50).fill(0xdd),
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    ],
    [
      new Uint8Array(131).fill(0xaa),
      utf8(
        'This is a test using a larger than block-size key and a larger than block-size data. ' +
          'The key needs to be hashed before being used by the HMAC algorithm.',
      ),
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
    [
      new Uint8Array(131).fill(0xaa),
      utf8('Test Using Larger Than Block-Size Key - Hash Key First'),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ];
  for (const [key, message, expected] of cases) assert.equal(toHex(hmacSha256(key, message)), expected);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 150 }), (key, message) => {
      assert.equal(toHex(hmacSha256(key, message)), createHmac('sha256', key).update(message).digest('hex'));
    }),
  );
});

test('HKDF agrees with RFC 5869, cases 1 and 3, and with node:crypto', () => {
  const secret = new Uint8Array(22).fill(11);
  const salt = fromHex('000102030405060708090a0b0c');
  const info = fromHex('f0f1f2f3f4f5f6f7f8f9');
  assert.equal(
    toHex(hkdfSha256(secret, salt, info, 42)),
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  );
  assert.equal(
    toHex(hkdfSha256(secret, new Uint8Array(0), new Uint8Array(0), 42)),
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  );
  assert.equal(
    toHex(hkdfSha256(secret, salt, info, 100)),
    Buffer.from(hkdfSync('sha256', secret, salt, info, 100)).toString('hex'),
  );
  assert.throws(() => hkdfSha256(secret, salt, info, 255 * 32 + 1), RangeError);
});

test('a labelled hash tells apart every list of parts and every label', () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, (left, right) => {
      const same =
        left.length === right.length && left.every((part, index) => equalBytes(part, right[index] as Uint8Array));
      assert.equal(equalBytes(labelledHash('a', ...left), labelledHash('a', ...right)), same);
    }),
  );
  assert.notDeepEqual(labelledHash('a'), labelledHash('b'));
  assert.notDeepEqual(labelledHash('ab', utf8('c')), labelledHash('a', utf8('bc')));
});

test('a labelled hash is SHA-256 over label and parts, each under its length, whatever the lengths', () => {
  const under = (part: Uint8Array): Uint8Array => concatBytes(uint32(part.length), part);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.uint8Array({ maxLength: 300 })), (label, parts) => {
      const input = concatBytes(under(utf8(label)), ...parts.map(under));
      assert.equal(toHex(labelledHash(label, ...parts)), toHex(sha256(input)));
    }),
  );
});

test('a labelled hash tells apart the same bytes cut at different places', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (bytes, left, right) => {
      const cut = (at: number) => [bytes.subarray(0, at), bytes.subarray(at)];
      const [first, second] = [left % (bytes.length + 1), right % (bytes.length + 1)];
      const same = equalBytes(labelledHash('a', ...cut(first)), labelledHash('a', ...cut(second)));
      assert.equal(same, first === second);
      assert.equal(equalBytes(labelledHash('a', bytes), labelledHash('a', ...cut(first))), false);
    }),
  );
});
