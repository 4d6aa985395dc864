import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  parseAccessId,
  parseCategoryTag,
  parseChainId,
  parseCommitment,
  parseHeaderHash,
  parseOrganizationId,
  parsePseudonym,
  parsePublicKey,
  parseRecordId,
  parseSignature,
  parseTransactionId,
} from './index.ts';

const PARSERS: readonly [digits: number, parse: (text: string) => string][] = [
  ...[parseOrganizationId, parsePseudonym, parseRecordId, parseAccessId, parseCategoryTag].map(
    (one) => [32, one] as const,
  ),
  ...[parseChainId, parseTransactionId, parseHeaderHash, parseCommitment, parsePublicKey].map(
    (one) => [64, one] as const,
  ),
  [128, parseSignature],
].map(([digits, parse]) => [digits as number, parse as (text: string) => string]);

test('L5 names are lower-case hexadecimal digits of their length and nothing else', () => {
  for (const [digits, parse] of PARSERS) {
    const name = '0123456789abcdef'.repeat(digits / 16);
    assert.equal(parse(name), name);
    const others = [
      name.toUpperCase(),
      name.slice(1),
      `${name}0`,
      `g${name.slice(1)}`,
      ` ${name.slice(1)}`,
      `${name.slice(1)}\n`,
      '',
    ];
    for (const other of others) assert.throws(() => parse(other), TypeError, JSON.stringify(other));
    assert.throws(() => parse([name] as unknown as string), TypeError);
  }
});
