import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  AS_PRINTED_IN_THE_PAPER,
  fromHex,
  INITIAL_HASH,
  ROUND_CONSTANTS,
  Sha256,
  sha256,
  sha256Trace,
  toHex,
  utf8,
} from './index.ts';
import { generateRounds } from './sha256-rounds.generator.ts';

// The paper's "Test Values", which are FIPS 180-4's own examples.
const PAPER: readonly [Uint8Array, string][] = [
  [utf8('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [new Uint8Array(1_000_000).fill(0x61), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
];

// NIST CAVP SHA256ShortMsg.rsp, byte-oriented (https://csrc.nist.gov/projects/cryptographic-algorithm-validation-program).
const NIST: readonly [string, string][] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['d3', '28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1'],
  ['11af', '5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98'],
  ['b4190e', 'dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2'],
  ['74ba2521', 'b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e'],
];

const reference = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('H1 the three values of the paper come out, at once and as its integer form', () => {
  for (const [input, expected] of PAPER) {
    assert.equal(toHex(sha256(input)), expected);
    assert.equal(Sha256.hash(input), BigInt(`0x${expected}`));
  }
});

test('H1 the published NIST values come out', () => {
  for (const [input, expected] of NIST) assert.equal(toHex(sha256(fromHex(input))), expected);
});

test('H2 every length around the padding boundaries agrees with node:crypto', () => {
  for (let length = 0; length <= 260; length += 1) {
    const input = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
    assert.equal(toHex(sha256(input)), reference(input), `length ${length}`);
  }
});

test('H2 random input in random pieces agrees with node:crypto', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), (pieces) => {
      const whole = new Sha256();
      for (const piece of pieces) whole.update(piece);
      assert.equal(toHex(whole.digest()), reference(Buffer.concat(pieces)));
    }),
  );
});

test('H2 a digest is taken once: used again, the incremental form is a fault, not another value', () => {
  const whole = new Sha256().update(utf8('abc'));
  whole.digest();
  assert.throws(() => whole.digest(), /after its digest/);
  assert.throws(() => whole.update(utf8('d')), /after its digest/);
});

test('H3 the constants are the fractional bits of the roots of primes that FIPS 180-4 prints', () => {
  assert.deepEqual(
    INITIAL_HASH,
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
  );
  // floor(2^32 · ∛p) to the third power is at most 2^96 · p, and one more is above it.
  let prime = 1;
  const next = (): bigint => {
    do prime += 1;
    while (Array.from({ length: prime - 2 }, (_, index) => index + 2).some((divisor) => prime % divisor === 0));
    return BigInt(prime);
  };
  for (const constant of ROUND_CONSTANTS) {
    const p = next();
    const whole = [0n, 1n, 2n, 3n, 4n, 5n, 6n].findLast((root) => root ** 3n <= p) ?? 0n;
    const root = (whole << 32n) + BigInt(constant);
    assert.ok(root ** 3n <= p << 96n && (root + 1n) ** 3n > p << 96n, `prime ${p}`);
  }
  assert.equal(ROUND_CONSTANTS.length, 64);
  assert.equal(prime, 311);
  assert.deepEqual(ROUND_CONSTANTS.slice(0, 4), [0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5]);
  assert.deepEqual(ROUND_CONSTANTS.slice(60), [0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2]);
});

test('H4 with Ch as the paper prints it, its own first value fails', () => {
  const [input, expected] = PAPER[0] as [Uint8Array, string];
  assert.equal(traced(input), expected);
  assert.notEqual(traced(input, AS_PRINTED_IN_THE_PAPER), expected);
});

function traced(input: Uint8Array, functions?: typeof AS_PRINTED_IN_THE_PAPER): string {
  const { blocks } = sha256Trace(input, functions);
  return (blocks.at(-1)?.hash ?? []).map((word) => word.toString(16).padStart(8, '0')).join('');
}

test('H4 the traced form agrees with the fast one', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 119, 120, 200]) {
    const input = new Uint8Array(length).fill(length);
    assert.equal(traced(input), toHex(sha256(input)));
  }
});

test('H5 a value that begins with zero bytes keeps its 32 bytes', () => {
  let counter = 0;
  while (sha256(utf8(String(counter)))[0] !== 0) counter += 1;
  assert.equal(sha256(utf8(String(counter))).length, 32);
  assert.equal(toHex(sha256(utf8(String(counter)))), reference(utf8(String(counter))));
});

test('H6 the unrolled rounds are what the generator writes', () => {
  const committed = readFileSync(new URL('./sha256-rounds.generated.ts', import.meta.url), 'utf8');
  assert.equal(committed.replace(/\s/g, ''), generateRounds().replace(/\s/g, ''));
});
