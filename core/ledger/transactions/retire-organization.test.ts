import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MEMBERS_KEY, type MemberSet, organizationKey, retirementBallotKey } from '../index.ts';
import { createTestChain, type TestHospital } from '../test-chain.fixture.ts';
import { activation, admission, candidate, retirement } from './member-change.fixture.ts';

const networkOf = (hospitals: 2 | 3 | 4) => {
  const chain = createTestChain(hospitals);
  return { chain, hospitals: chain.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital] };
};

test('L68 more than two thirds retire an absent member, which signs nothing once the change is in force', () => {
  const { chain, hospitals } = networkOf(4);
  const [first, second, third, absent] = hospitals;
  chain.mine([first, second].map((one) => retirement(chain, one, absent)));
  const votes = [first, second].map(({ organization }) => ({ organization, time: chain.time }));
  assert.deepEqual(chain.valueOf(retirementBallotKey(absent.organization)), { votes });
  assert.equal(chain.offer(retirement(chain, second, absent))?.code, 'ballot-already-cast', 'L65');
  chain.mine([retirement(chain, third, absent)]);
  assert.equal(chain.valueOf(retirementBallotKey(absent.organization)), null);
  const { next } = chain.valueOf(MEMBERS_KEY) as MemberSet;
  assert.deepEqual(
    next?.members.map(({ organization }) => organization),
    [first, second, third].map(({ organization }) => organization).sort(),
  );
  const announces = () =>
    chain.offer(
      chain.signAs(absent, 'announce-address', { organization: absent.organization, address: 'https://a.example' }),
    );
  assert.equal(announces(), undefined, 'it is a member until then');
  chain.mine([activation(chain, first)]);
  assert.equal((chain.valueOf(organizationKey(absent.organization)) as { retired: number }).retired, 1, 'L64');
  assert.equal(announces()?.code, 'organization-retired');
});

test('L68 a member’s vote for its own leaving counts', () => {
  const { chain, hospitals } = networkOf(3);
  const [first, second, leaving] = hospitals;
  chain.mine([first, leaving].map((one) => retirement(chain, one, leaving)));
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next, undefined);
  chain.mine([retirement(chain, second, leaving)]);
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next?.members.length, 2);
});

test('L65 who has voted votes again when the others are enough since', () => {
  const { chain, hospitals } = networkOf(4);
  const [first, second, third, fourth] = hospitals;
  const five = admission(chain, first);
  chain.mine([five, admission(chain, second), admission(chain, third)]);
  chain.mine([activation(chain, first)]);
  chain.mine([first, second, third].map((one) => retirement(chain, one, fourth)));
  assert.equal(chain.offer(retirement(chain, first, fourth))?.code, 'ballot-already-cast', 'three of five');
  chain.mine([first, second, third, fourth].map((one) => retirement(chain, one, candidate)));
  chain.mine([activation(chain, first)]);
  chain.mine([retirement(chain, first, fourth)]);
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next?.members.length, 3, 'three of four');
});

test('L68 two members remain at least, and only a member is retired', () => {
  const { chain, hospitals } = networkOf(2);
  assert.equal(chain.offer(retirement(chain, hospitals[0], hospitals[1]))?.code, 'members-too-few');
  const one = createTestChain();
  const self = { organization: one.organization, signer: one.signer };
  assert.equal(one.offer(retirement(one, self, self))?.code, 'members-too-few');
  assert.equal(chain.offer(retirement(chain, hospitals[0], candidate))?.code, 'organization-not-member');
});
