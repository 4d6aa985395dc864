import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signer } from '@clearchart/crypto';
import { MEMBERS_KEY, type MemberSet, organizationKey, signTransaction, votingKeys } from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestChain, type TestHospital } from '../test-chain.fixture.ts';
import { activation, retirement, rotation as rotationBy } from './member-change.fixture.ts';

const next = keyNamed('next organization key');

const DAY_MS = 86_400_000;

function rotation(chain: TestChain, to: Signer, by: Signer = chain.signer) {
  return rotationBy(chain, { organization: chain.organization, signer: by }, to);
}

test('L16 transactions are signed with the new key at once, blocks only when the decided set is in force', () => {
  const chain = createTestChain();
  const { organization } = chain;
  const members = [{ organization, publicKey: publicKeyOf(chain.signer) }];
  const { header } = chain.mine([rotation(chain, next)]);
  const publicKey = publicKeyOf(next);
  const decided = { members: [{ organization, publicKey }], decidedAt: header.height };
  assert.deepEqual(chain.valueOf(MEMBERS_KEY), { members, next: decided });
  assert.deepEqual(chain.valueOf(organizationKey(organization)), { name: 'City General', publicKey });
  assert.throws(() => chain.mine([], chain.time + 1, next), /block-signature-invalid/);
  chain.mine([]);
  assert.equal(chain.offer(activation(chain, chain))?.code, 'signature-invalid');
  chain.mine([activation(chain, { organization, signer: next })]);
  assert.deepEqual(chain.valueOf(MEMBERS_KEY), { members: decided.members });
  assert.throws(() => chain.mine([]), /block-signature-invalid/);
  chain.mine([], chain.time + 1, next);
  assert.equal(chain.offer(rotation(chain, keyNamed('third')))?.code, 'signature-invalid');
});

test('L16 L73 while a member’s key changes its votes count with either key, once', () => {
  const chain = createTestChain(4);
  chain.mine([rotation(chain, next)]);
  const set = chain.valueOf(MEMBERS_KEY) as MemberSet;
  assert.deepEqual(votingKeys(set, chain.organization), [publicKeyOf(chain.signer), publicKeyOf(next)]);
  assert.equal(set.next?.members.length, 4);
});

test('L82 a key is kept for a day of block time', () => {
  const chain = createTestChain();
  const publicKey = publicKeyOf(next);
  chain.mine([rotation(chain, next)]);
  const { header } = chain.mine([activation(chain, { organization: chain.organization, signer: next })]);
  const entry = { name: 'City General', publicKey, rotatedAt: header.time };
  assert.deepEqual(chain.valueOf(organizationKey(chain.organization)), entry);
  chain.mine([], header.time + DAY_MS - 2, next);
  const again = rotation(chain, keyNamed('third'), next);
  assert.equal(chain.offer(again, header.time + DAY_MS - 1)?.code, 'rotation-too-early');
  assert.equal(chain.offer(again, header.time + DAY_MS), undefined);
});

test('L82 no new key while the votes of more than a third that the member leaves count', () => {
  const chain = createTestChain(4);
  const [first, second, , bad] = chain.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital];
  const offered = () => chain.offer(rotationBy(chain, bad, next))?.code;
  chain.mine([retirement(chain, first, bad)]);
  assert.equal(offered(), undefined, 'one of four does not keep it from a new key');
  chain.mine([retirement(chain, second, bad)]);
  assert.equal(offered(), 'member-retiring');
  chain.mine([], chain.time + 7 * DAY_MS);
  assert.equal(offered(), undefined, 'votes count for seven days');
});

test('L65 L82 a member that changes its key again and again is voted out', () => {
  const chain = createTestChain(4);
  const [first, second, third, bad] = chain.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital];
  chain.mine([rotationBy(chain, bad, next)]);
  chain.mine([first, second].map((one) => retirement(chain, one, bad)));
  assert.equal(chain.offer(retirement(chain, third, bad))?.code, 'members-changing');
  chain.mine([activation(chain, first)]);
  assert.ok(chain.offer(rotationBy(chain, { ...bad, signer: next }, keyNamed('third'))) !== undefined);
  chain.mine([retirement(chain, third, bad)]);
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next?.members.length, 3);
});

test('L15 L16 the key of a member, its own or another one, is not taken again', () => {
  const chain = createTestChain(2);
  assert.equal(chain.offer(rotation(chain, chain.signer))?.code, 'key-in-use');
  assert.equal(chain.offer(rotation(chain, chain.otherSigner))?.code, 'key-in-use');
});

test('L16 possession of the new key is shown', () => {
  const chain = createTestChain();
  const { organization } = chain;
  const draft = chain.draft('rotate-organization-key', { organization, publicKey: publicKeyOf(next) });
  const own = { signer: organization, role: 'organization', key: chain.signer } as const;
  assert.equal(chain.offer(signTransaction(draft, [own]))?.code, 'signature-missing');
  const forged = signTransaction(draft, [own, { signer: organization, role: 'new-key', key: chain.signer }]);
  assert.equal(chain.offer(forged)?.code, 'signature-invalid');
});
