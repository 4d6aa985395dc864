import { labelledHash, sha256, toHex, utf8 } from '@clearchart/crypto';
import { decodeCanonical, encodeCanonical, isRejection } from '@clearchart/ledger';

const VALUES: readonly unknown[] = [
  {},
  [],
  null,
  '',
  0,
  -1,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  { b: 2, a: 1, 10: 'ten', 9: 'nine', '': 'empty' },
  { '€': 1, '\r': 2, דּ: 3, '1': 4, '😂': 5, '\u0080': 6, ö: 7 },
  'quote " backslash \\ slash / newline \n tab \t control \u0001 delete \u007f',
  'Süd – 南 – 😂 – \u2028',
  [1, [2, [3, [{ four: [] }]]]],
];

const REFUSED: readonly { readonly why: string; readonly bytes: string | Uint8Array }[] = [
  { why: 'names not sorted', bytes: '{"b":1,"a":2}' },
  { why: 'white space', bytes: '{"a": 1}' },
  { why: 'white space around', bytes: ' 1' },
  { why: 'a name twice', bytes: '{"a":1,"a":1}' },
  { why: 'a fraction', bytes: '1.5' },
  { why: 'an integer spelled as a fraction', bytes: '1.0' },
  { why: 'an exponent', bytes: '1e3' },
  { why: 'minus zero', bytes: '-0' },
  { why: 'larger than 2^53 - 1', bytes: '9007199254740992' },
  { why: 'far larger', bytes: '1e21' },
  { why: 'a boolean', bytes: 'true' },
  { why: 'a needless escape', bytes: '"\\u0061"' },
  { why: 'an escaped slash', bytes: '"\\/"' },
  { why: 'upper-case digits in an escape', bytes: '"\\u001F"' },
  { why: 'a lone surrogate', bytes: '"\\ud83d"' },
  { why: 'a lone surrogate in a name', bytes: '{"\\udc00":1}' },
  { why: 'the name __proto__', bytes: '{"__proto__":1}' },
  { why: 'seventeen levels', bytes: `${'['.repeat(17)}${']'.repeat(17)}` },
  { why: 'a byte order mark', bytes: Uint8Array.of(0xef, 0xbb, 0xbf, 0x31) },
  { why: 'not UTF-8', bytes: Uint8Array.of(0x22, 0xff, 0x22) },
  { why: 'UTF-8 longer than needed', bytes: Uint8Array.of(0x22, 0xc0, 0xaf, 0x22) },
  { why: 'nothing', bytes: '' },
  { why: 'something after the value', bytes: '1 1' },
];

export function encodingVectors(): unknown {
  const parts = [[], [''], ['a', 'b'], ['ab', ''], ['', 'ab']];
  return {
    sentences: 'L1 L2 L3 L4',
    accepted: VALUES.map((value) => {
      const bytes = encodeCanonical(value);
      return { value, canonical: toHex(bytes), sha256: toHex(sha256(bytes)) };
    }),
    refused: REFUSED.map(({ why, bytes }) => {
      const given = typeof bytes === 'string' ? utf8(bytes) : bytes;
      const decoded = decodeCanonical(given);
      return { why, bytes: toHex(given), code: isRejection(decoded) ? decoded.code : 'accepted' };
    }),
    labelledHash: parts.map((texts) => ({
      label: 'clearchart/example/v0',
      parts: texts.map((text) => toHex(utf8(text))),
      hash: toHex(labelledHash('clearchart/example/v0', ...texts.map(utf8))),
    })),
  };
}
