import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SimulatedMember } from '../simulated-member.ts';
import { checkNoHonestAccused, checkNoHonestBan } from './fair-peers.ts';

/** @param banned Whom it has banned. @param accused Against whom it keeps evidence. */
function member(organization: string, banned: readonly string[], accused: readonly string[]): SimulatedMember {
  const engine = { peers: { bansOf: (other: string) => (banned.includes(other) ? 1 : 0) } };
  const evidence = accused.map((one) => ({ kind: 'double-vote', first: { organization: one } }));
  return { organization, engine, consensus: { evidence } } as unknown as SimulatedMember;
}

test('an honest member that another honest one has banned is found; whoever is byzantine may be banned', () => {
  checkNoHonestBan([member('1', ['bad'], []), member('2', [], [])]);
  assert.throws(
    () => checkNoHonestBan([member('1', [], []), member('2', ['1'], [])]),
    /An honest member has banned an honest member/,
  );
});

test('an honest member against which somebody keeps evidence is found; whoever is byzantine may be accused', () => {
  checkNoHonestAccused([member('1', [], ['bad']), member('2', [], [])]);
  assert.throws(
    () => checkNoHonestAccused([member('1', [], []), member('2', [], ['bad', '1'])]),
    /An honest member is accused of a double-vote/,
  );
});
