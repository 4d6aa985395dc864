import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addressKey,
  candidateKey,
  memberSetHash,
  MEMBERS_KEY,
  type MemberSet,
  organizationKey,
  retirementBallotKey,
} from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestHospital } from '../test-chain.fixture.ts';
import { activation, admission, candidate, retirement, rotation } from './member-change.fixture.ts';

function decided() {
  const chain = createTestChain(3);
  const hospitals = chain.hospitals as [TestHospital, TestHospital, TestHospital];
  chain.mine(hospitals.map((one) => admission(chain, one)));
  return { chain, hospitals, set: chain.valueOf(MEMBERS_KEY) as MemberSet };
}

test('L64 from the block after it the decided set votes alone, and who was admitted has its entries', () => {
  const { chain, hospitals, set } = decided();
  const { header } = chain.mine([activation(chain, hospitals[1])]);
  assert.equal(header.memberSetHash, memberSetHash(set), 'the block itself is of both sets');
  assert.deepEqual(chain.valueOf(MEMBERS_KEY), { members: set.next?.members });
  const next = chain.mine([]);
  assert.equal(next.header.memberSetHash, memberSetHash({ members: set.next?.members ?? [] }), 'L35');
  const publicKey = publicKeyOf(candidate.signer);
  assert.deepEqual(chain.valueOf(organizationKey(candidate.organization)), { name: 'Hill Clinic', publicKey });
  assert.deepEqual(chain.valueOf(addressKey(candidate.organization)), { address: 'https://hill.example' });
  assert.equal(chain.valueOf(candidateKey(candidate.organization)), null);
  assert.equal(chain.offer(retirement(chain, candidate, hospitals[0])), undefined, 'it votes like any member');
});

test('L64 a decision is activated in a later block, and once', () => {
  const { chain, hospitals } = decided();
  chain.mine([activation(chain, hospitals[0])]);
  assert.equal(chain.offer(activation(chain, hospitals[0]))?.code, 'members-not-changing');
  const again = createTestChain(3);
  const same = again.hospitals.map((one) => admission(again, one));
  assert.throws(() => again.mine([...same, activation(again, hospitals[0])]), /activation-too-early/);
});

test('L63 while a change is under way nothing else is decided', () => {
  const { chain, hospitals } = decided();
  const [first, second, third] = hospitals;
  chain.mine([first, third].map((one) => retirement(chain, one, second)));
  const deciding = [retirement(chain, second, second), rotation(chain, third, keyNamed('next'))];
  for (const transaction of deciding) assert.equal(chain.offer(transaction)?.code, 'members-changing');
  const votes = [first, third].map(({ organization }) => ({ organization, time: chain.time }));
  assert.deepEqual(
    chain.valueOf(retirementBallotKey(second.organization)),
    { votes },
    'L65 ballots are cast meanwhile',
  );
  chain.mine([activation(chain, first)]);
  chain.mine([retirement(chain, second, second)]);
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next?.members.length, 3);
});

test('L63 a block that brings a change into force decides no other', () => {
  const { chain, hospitals } = decided();
  const [first, second, third] = hospitals;
  chain.mine([first, third].map((one) => retirement(chain, one, second)));
  for (const deciding of [retirement(chain, second, second), rotation(chain, third, keyNamed('next'))]) {
    assert.throws(() => chain.mine([activation(chain, first), deciding]), /members-just-changed/);
  }
  chain.mine([activation(chain, first), retirement(chain, candidate, first)]);
  const votes = [{ organization: candidate.organization, time: chain.time }];
  assert.deepEqual(
    chain.valueOf(retirementBallotKey(first.organization)),
    { votes },
    'a vote that decides nothing stands',
  );
  assert.equal(chain.offer(retirement(chain, second, second)), undefined, 'in the next block it is taken');
});

test('L65 nobody is voted in or out who is about to be in or out', () => {
  const { chain, hospitals } = decided();
  assert.equal(chain.offer(admission(chain, hospitals[0]))?.code, 'organization-already-admitted');
  const four = createTestChain(4);
  const [first, second, third, leaving] = four.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital];
  four.mine([first, second, third].map((one) => retirement(four, one, leaving)));
  assert.equal(four.offer(retirement(four, first, leaving))?.code, 'organization-not-member');
  four.mine([retirement(four, first, second)]);
  const three = createTestChain(3);
  const [one, two, gone] = three.hospitals as [TestHospital, TestHospital, TestHospital];
  three.mine([one, two, gone].map((by) => retirement(three, by, gone)));
  assert.equal(three.offer(retirement(three, one, two))?.code, 'members-too-few');
});

test('L35 who is only to come makes no block yet', () => {
  const { chain, hospitals } = decided();
  const by = { proposer: candidate.organization, key: candidate.signer };
  assert.throws(() => chain.mine([], chain.time + 1, by.key, by.proposer), /block-proposer-unknown/);
  chain.mine([activation(chain, hospitals[0])]);
  chain.mine([], chain.time + 1, by.key, by.proposer);
});
