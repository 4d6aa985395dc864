import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signer } from '@clearchart/crypto';
import { MEMBERS_KEY, organizationKey, signTransaction } from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestChain } from '../test-chain.fixture.ts';

const next = keyNamed('next organization key');

function rotation(chain: TestChain, to: Signer, by: Signer = chain.signer) {
  const { organization } = chain;
  const draft = chain.draft('rotate-organization-key', { organization, publicKey: publicKeyOf(to) });
  return signTransaction(draft, [
    { signer: organization, role: 'organization', key: by },
    { signer: organization, role: 'new-key', key: to },
  ]);
}

test('L16 the new key signs from the next block on, and the old one no longer', () => {
  const chain = createTestChain();
  const { organization } = chain;
  chain.mine([rotation(chain, next)]);
  const publicKey = publicKeyOf(next);
  assert.deepEqual(chain.valueOf(MEMBERS_KEY), { members: [{ organization, publicKey }] });
  assert.deepEqual(chain.valueOf(organizationKey(organization)), { name: 'City General', publicKey });
  assert.throws(() => chain.mine([]), /block-signature-invalid/);
  chain.mine([], chain.time + 1, next);
  assert.equal(chain.offer(rotation(chain, keyNamed('third')))?.code, 'signature-invalid');
  assert.equal(chain.offer(rotation(chain, keyNamed('third'), next)), undefined);
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
