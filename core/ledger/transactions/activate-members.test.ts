import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addressKey,
  candidateKey,
  memberSetHash,
  MEMBERS_KEY,
  type MemberSet,
  organizationKey,
  signTransaction,
} from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestHospital } from '../test-chain.fixture.ts';
import { activation, admission, candidate, retirement } from './member-change.fixture.ts';

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

test('L63 while a change is under way nothing else is decided or voted on', () => {
  const { chain, hospitals } = decided();
  const [first, second] = hospitals;
  const publicKey = publicKeyOf(keyNamed('next'));
  const rotation = signTransaction(
    chain.draft('rotate-organization-key', { organization: second.organization, publicKey }),
    [
      { signer: second.organization, role: 'organization', key: second.signer },
      { signer: second.organization, role: 'new-key', key: keyNamed('next') },
    ],
  );
  for (const transaction of [admission(chain, first), retirement(chain, first, second), rotation]) {
    assert.equal(chain.offer(transaction)?.code, 'members-changing');
  }
  chain.mine([activation(chain, first)]);
  assert.equal(chain.offer(retirement(chain, first, second)), undefined);
  assert.equal(chain.offer(rotation), undefined);
});

test('L35 who is only to come makes no block yet', () => {
  const { chain, hospitals } = decided();
  const by = { proposer: candidate.organization, key: candidate.signer };
  assert.throws(() => chain.mine([], chain.time + 1, by.key, by.proposer), /block-proposer-unknown/);
  chain.mine([activation(chain, hospitals[0])]);
  chain.mine([], chain.time + 1, by.key, by.proposer);
});
