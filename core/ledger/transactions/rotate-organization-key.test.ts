import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signer } from '@clearchart/crypto';
import { MEMBERS_KEY, type MemberSet, organizationKey, signTransaction, votingKeys } from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestChain } from '../test-chain.fixture.ts';
import { activation } from './member-change.fixture.ts';

const next = keyNamed('next organization key');

function rotation(chain: TestChain, to: Signer, by: Signer = chain.signer) {
  const { organization } = chain;
  const draft = chain.draft('rotate-organization-key', { organization, publicKey: publicKeyOf(to) });
  return signTransaction(draft, [
    { signer: organization, role: 'organization', key: by },
    { signer: organization, role: 'new-key', key: to },
  ]);
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
  assert.equal(chain.offer(rotation(chain, keyNamed('third'), next)), undefined);
});

test('L16 L73 while a member’s key changes its votes count with either key, once', () => {
  const chain = createTestChain(4);
  chain.mine([rotation(chain, next)]);
  const set = chain.valueOf(MEMBERS_KEY) as MemberSet;
  assert.deepEqual(votingKeys(set, chain.organization), [publicKeyOf(chain.signer), publicKeyOf(next)]);
  assert.equal(set.next?.members.length, 4);
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
