import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signer } from '@clearchart/crypto';
import { custodyKey, KEY_REPLACEMENT_WAIT_MS, personKey, type SigningKey, signTransaction } from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf } from '../test-chain.fixture.ts';

const kept = keyNamed('kept by the hospital');
const mine = keyNamed('made in the browser');

/** A chain with one person without a key, and what everybody may try. */
function founded() {
  const chain = createTestChain();
  const { organization, signer } = chain;
  const own: SigningKey = { signer: organization, role: 'organization', key: signer };
  const person = chain.enrol();
  const holds = (role: 'person' | 'new-key', key: Signer): SigningKey => ({ signer: person, role, key });
  const withKey = (
    type: 'take-custody' | 'bind-person-key' | 'request-key-replacement',
    key: Signer,
    keys?: SigningKey[],
  ) =>
    signTransaction(
      chain.draft(type, { organization, pseudonym: person, publicKey: publicKeyOf(key) }),
      keys ?? [own, holds('new-key', key)],
    );
  const handOver = (
    from: Signer,
    to: Signer,
    keys: SigningKey[] = [own, holds('person', from), holds('new-key', to)],
  ) =>
    signTransaction(
      chain.draft('hand-over-custody', { organization, pseudonym: person, publicKey: publicKeyOf(to) }),
      keys,
    );
  const rotate = (from: Signer, to: Signer) =>
    signTransaction(chain.draft('rotate-person-key', { pseudonym: person, publicKey: publicKeyOf(to) }), [
      holds('person', from),
      holds('new-key', to),
    ]);
  const byUs = (type: 'retire-person' | 'complete-key-replacement') =>
    signTransaction(chain.draft(type, { organization, pseudonym: person }), [own]);
  return { chain, person, own, holds, withKey, handOver, rotate, byUs };
}

test('L59 a hospital takes the first key into custody, and the ledger says so', () => {
  const { chain, person, own, holds, withKey } = founded();
  assert.equal(chain.offer(withKey('take-custody', kept, [own]))?.code, 'signature-missing');
  assert.equal(chain.offer(withKey('take-custody', kept, [holds('new-key', kept)]))?.code, 'signature-missing');
  chain.mine([withKey('take-custody', kept)]);
  assert.deepEqual(chain.valueOf(custodyKey(person)), { publicKey: publicKeyOf(kept), endedAt: null });
  assert.equal((chain.valueOf(personKey(person)) as { publicKey: string }).publicKey, publicKeyOf(kept));
  assert.equal(chain.offer(withKey('take-custody', mine))?.code, 'key-already-bound');
  assert.equal(chain.offer(withKey('bind-person-key', mine))?.code, 'key-already-bound', 'no key beside it');
});

test('L59 nobody’s own key is taken into custody', () => {
  const { chain, withKey } = founded();
  chain.mine([withKey('bind-person-key', mine)]);
  assert.equal(chain.offer(withKey('take-custody', kept))?.code, 'key-already-bound');
});

test('L60 L61 a hand-over ends the custody at its block: the key signs nothing more, and custody never comes back', () => {
  const { chain, person, withKey, handOver, rotate } = founded();
  chain.mine([withKey('take-custody', kept)]);
  const { header } = chain.mine([handOver(kept, mine)]);
  assert.deepEqual(chain.valueOf(custodyKey(person)), { publicKey: publicKeyOf(kept), endedAt: header.height });
  assert.equal((chain.valueOf(personKey(person)) as { publicKey: string }).publicKey, publicKeyOf(mine));
  assert.equal(chain.offer(rotate(kept, keyNamed('third')))?.code, 'signature-invalid');
  assert.equal(chain.offer(handOver(kept, keyNamed('third')))?.code, 'signature-invalid');
  assert.equal(chain.offer(handOver(mine, keyNamed('third')))?.code, 'not-in-custody');
  assert.equal(chain.offer(withKey('take-custody', keyNamed('again')))?.code, 'key-already-bound');
  chain.mine([rotate(mine, kept)]);
  const after = chain.valueOf(custodyKey(person));
  assert.deepEqual(after, { publicKey: publicKeyOf(kept), endedAt: header.height }, 'the first end stands');
});

test('L61 a hand-over needs hospital, kept key and new key, and another key than the kept one', () => {
  const { chain, own, holds, withKey, handOver } = founded();
  chain.mine([withKey('take-custody', kept)]);
  const without = [
    [holds('person', kept), holds('new-key', mine)],
    [own, holds('new-key', mine)],
    [own, holds('person', kept)],
  ];
  for (const keys of without) assert.equal(chain.offer(handOver(kept, mine, keys))?.code, 'signature-missing');
  assert.equal(chain.offer(handOver(kept, kept))?.code, 'key-in-use');
});

test('L60 a completed replacement and a retired pseudonym end the custody as well', () => {
  const one = founded();
  one.chain.mine([one.withKey('take-custody', kept)]);
  const asked = one.chain.mine([one.withKey('request-key-replacement', mine)]);
  one.chain.mine([], asked.header.time + KEY_REPLACEMENT_WAIT_MS);
  const { header } = one.chain.mine([one.byUs('complete-key-replacement')]);
  assert.deepEqual(one.chain.valueOf(custodyKey(one.person)), { publicKey: publicKeyOf(kept), endedAt: header.height });
  const other = founded();
  other.chain.mine([other.withKey('take-custody', kept)]);
  const retired = other.chain.mine([other.byUs('retire-person')]);
  assert.deepEqual(other.chain.valueOf(custodyKey(other.person)), {
    publicKey: publicKeyOf(kept),
    endedAt: retired.header.height,
  });
});
