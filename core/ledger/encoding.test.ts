import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { concatBytes, fromUtf8, utf8 } from '@clearchart/crypto';
import fc from 'fast-check';
import { DEEPEST_NESTING, decodeCanonical, encodeCanonical, isRejection } from './index.ts';

function decodeText(text: string): unknown {
  const decoded = decodeCanonical(utf8(text));
  return isRejection(decoded) ? decoded.detail['why'] : decoded.value;
}

/** The ledger's JSON, at most a few levels deep. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger().map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.string({ unit: 'binary' }),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test('L1 a value comes back from its canonical bytes', () => {
  fc.assert(
    fc.property(json, (value) => {
      const decoded = decodeCanonical(encodeCanonical(value));
      assert.ok(!isRejection(decoded));
      assert.deepEqual(decoded.value, value);
    }),
  );
});

test('L1 the order in which members were set does not matter', () => {
  const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.nat()), { selector: ([name]) => name, maxLength: 8 });
  fc.assert(
    fc.property(entries, (list) => {
      const named = list.filter(([name]) => name !== '__proto__');
      const forwards = encodeCanonical(Object.fromEntries(named));
      const backwards = encodeCanonical(Object.fromEntries([...named].reverse()));
      assert.deepEqual(forwards, backwards);
    }),
  );
});

test('L1 names are sorted by UTF-16 code units, numbers as text too', () => {
  const value = { '\u{1f600}': 1, '\ufb33': 2, '9': 3, '10': 4, a: 5, A: 6 };
  assert.equal(fromUtf8(encodeCanonical(value)), '{"10":4,"9":3,"A":6,"a":5,"\u{1f600}":1,"\ufb33":2}');
});

test('L2 bytes that are not the canonical form of their value are refused', () => {
  assert.deepEqual(decodeText('{"a":1,"b":[2,"ü"]}'), { a: 1, b: [2, 'ü'] });
  const others = [
    '{"b":1,"a":1}',
    '{"a":1,"a":1}',
    '{"a":2,"a":1}',
    '{"a": 1}',
    '{"a":1}\n',
    '{"a":1e0}',
    '{"a":1.0}',
    '{"a":"\\u0061"}',
    '{"a":"\\/"}',
    '{"a":"\\u001F"}',
    '{"a":"\\u00fc"}',
  ];
  for (const text of others) assert.equal(decodeText(text), 'not the canonical spelling of its value', text);
  const noJson = ['', '{', "{'a':1}", '[1,]', 'NaN', '01', '{"a":1}{', '\ufeff{"a":1}'];
  for (const text of noJson) assert.equal(decodeText(text), 'not JSON in UTF-8', text);
});

test('L2 bytes that are not UTF-8 are refused', () => {
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
    const text = concatBytes(utf8('"'), Uint8Array.from(bytes), utf8('"'));
    assert.ok(isRejection(decodeCanonical(text)));
  }
});

test('L1 fractions, booleans, minus zero and numbers beyond 2^53 are refused', () => {
  assert.equal(decodeText('9007199254740991'), 9007199254740991);
  for (const text of ['9007199254740992', '1.5', '-0', '1e21']) {
    assert.equal(decodeText(text), 'a number that is no safe integer', text);
  }
  assert.equal(decodeText('true'), 'a value that is neither text, integer, list nor object');
});

test('L3 lone surrogates and __proto__ are refused', () => {
  assert.equal(decodeText('"\\ud83d"'), 'a lone surrogate');
  assert.equal(decodeText('{"\\ude00":1}'), 'a lone surrogate');
  assert.equal(decodeText('{"__proto__":1}'), 'a forbidden name');
});

test('L3 sixteen levels are read, seventeen are not', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  assert.ok(Array.isArray(decodeText(nested(DEEPEST_NESTING))));
  assert.equal(decodeText(nested(DEEPEST_NESTING + 1)), 'nested too deeply');
  assert.equal(decodeText(nested(100_000)), 'nested too deeply');
});

test('L54 a value that looks like a rejection is a value', () => {
  const value = { code: 'chain-id-wrong', detail: {} };
  assert.deepEqual(decodeCanonical(encodeCanonical(value)), { value });
});

test('values that JSON cannot say are a bug of whoever encodes them', () => {
  for (const value of [undefined, { a: undefined }, [undefined], Number.NaN, 1n, () => 1, true]) {
    assert.throws(() => encodeCanonical(value), TypeError);
  }
});

test('L1 RFC 8785 vectors: what the ledger can say is spelled as they spell it, the rest is refused', () => {
  const folder = new URL('../../vectors/jcs/', import.meta.url);
  const verdicts = readdirSync(new URL('output/', folder)).map((name) => {
    const output = readFileSync(new URL(`output/${name}`, folder));
    const value: unknown = JSON.parse(readFileSync(new URL(`input/${name}`, folder), 'utf8'));
    const decoded = decodeCanonical(new Uint8Array(output));
    if (isRejection(decoded)) return `${name}: ${decoded.detail['why']}`;
    assert.equal(fromUtf8(encodeCanonical(value)), output.toString('utf8'));
    return `${name}: same`;
  });
  assert.deepEqual(verdicts, [
    'arrays.json: a value that is neither text, integer, list nor object',
    'french.json: same',
    'structures.json: same',
    'unicode.json: same',
    'values.json: a value that is neither text, integer, list nor object',
    'weird.json: same',
  ]);
});
