import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trustedHistory, trustedInvitation } from './what-is-trusted.ts';

test('who joins without naming the chain is told that an address alone was believed', () => {
  const [first] = trustedInvitation('https://node.city.example', undefined);
  assert.match(first ?? '', /believed of https:\/\/node\.city\.example alone/);
  assert.doesNotMatch(trustedInvitation('https://node.city.example', 'ab'.repeat(32)).join(' '), /believed of/);
  assert.deepEqual(trustedInvitation(undefined, undefined), []);
});

test('L83 a yes names the change of the members to compare, or says that the founder alone signed', () => {
  const answer = { ok: true, chainId: 'ab'.repeat(32), height: 9 };
  const decision = { height: 7, hash: 'cd'.repeat(32) };
  assert.match(trustedHistory(answer, undefined), /founding hospital alone/);
  assert.match(trustedHistory({ ...answer, decision }, undefined), new RegExp(`7:${decision.hash}`));
  assert.match(trustedHistory({ ...answer, decision }, decision), /with block 7 that you named/);
});
