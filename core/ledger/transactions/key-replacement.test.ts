import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signer } from '@clearchart/crypto';
import {
  KEY_REPLACEMENT_WAIT_MS,
  keyReplacementKey,
  personKey,
  type Pseudonym,
  type SigningKey,
  signTransaction,
} from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf } from '../test-chain.fixture.ts';

const lost = keyNamed('lost');
const fresh = keyNamed('fresh');

/** A chain with one person who has a key, and what everybody may try. */
function founded() {
  const chain = createTestChain();
  const { organization, signer } = chain;
  const own: SigningKey = { signer: organization, role: 'organization', key: signer };
  const person = chain.enrol(lost);
  const holds = (role: 'person' | 'new-key', key: Signer): SigningKey => ({ signer: person, role, key });
  const request = (key: Signer, keys = [own, holds('new-key', key)]) =>
    signTransaction(
      chain.draft('request-key-replacement', { organization, pseudonym: person, publicKey: publicKeyOf(key) }),
      keys,
    );
  const veto = (key: Signer) =>
    signTransaction(chain.draft('veto-key-replacement', { pseudonym: person }), [holds('person', key)]);
  const complete = (keys = [own]) =>
    signTransaction(chain.draft('complete-key-replacement', { organization, pseudonym: person }), keys);
  const rotate = (from: Signer, to: Signer) =>
    signTransaction(chain.draft('rotate-person-key', { pseudonym: person, publicKey: publicKeyOf(to) }), [
      holds('person', from),
      holds('new-key', to),
    ]);
  const retire = () => signTransaction(chain.draft('retire-person', { organization, pseudonym: person }), [own]);
  const keyOf = (pseudonym: Pseudonym) => (chain.valueOf(personKey(pseudonym)) as { publicKey: string }).publicKey;
  return { chain, person, own, holds, request, veto, complete, rotate, retire, keyOf };
}

test('L56 a requested key waits seven days of block time and speaks for nobody before', () => {
  const { chain, person, request, complete, rotate, keyOf } = founded();
  const { header } = chain.mine([request(fresh)]);
  const effectiveAt = header.time + KEY_REPLACEMENT_WAIT_MS;
  assert.deepEqual(chain.valueOf(keyReplacementKey(person)), { publicKey: publicKeyOf(fresh), effectiveAt });
  assert.equal(keyOf(person), publicKeyOf(lost));
  assert.equal(chain.offer(rotate(fresh, keyNamed('third')))?.code, 'signature-invalid');
  assert.equal(chain.offer(complete())?.code, 'replacement-too-early');
  chain.mine([], effectiveAt - 2);
  assert.equal(chain.offer(complete(), effectiveAt - 1)?.code, 'replacement-too-early');
  assert.equal(chain.offer(complete(), effectiveAt), undefined);
});

test('L57 L58 completed, the new key speaks and the old one no more; there is nothing left to veto', () => {
  const { chain, person, request, veto, complete, rotate, keyOf } = founded();
  const { header } = chain.mine([request(fresh)]);
  chain.mine([], header.time + KEY_REPLACEMENT_WAIT_MS);
  chain.mine([complete()]);
  assert.equal(keyOf(person), publicKeyOf(fresh));
  assert.equal(chain.valueOf(keyReplacementKey(person)), null);
  assert.equal(chain.offer(rotate(lost, keyNamed('third')))?.code, 'signature-invalid');
  assert.equal(chain.offer(veto(fresh))?.code, 'replacement-not-pending');
  assert.equal(chain.offer(complete())?.code, 'replacement-not-pending');
});

test('L57 the old key vetoes at any moment of the waiting time, alone and nobody else', () => {
  const { chain, person, own, request, veto, complete, keyOf } = founded();
  assert.equal(chain.offer(veto(lost))?.code, 'replacement-not-pending');
  const { header } = chain.mine([request(fresh)]);
  assert.equal(chain.offer(veto(fresh))?.code, 'signature-invalid');
  const byHospital = signTransaction(chain.draft('veto-key-replacement', { pseudonym: person }), [own]);
  assert.equal(chain.offer(byHospital)?.code, 'signature-unexpected');
  chain.mine([], header.time + KEY_REPLACEMENT_WAIT_MS);
  chain.mine([veto(lost)]);
  assert.equal(chain.offer(complete())?.code, 'replacement-not-pending');
  assert.equal(keyOf(person), publicKeyOf(lost));
});

test('L62 the home hospital takes its request back, alone and nobody else, and may ask anew', () => {
  const { chain, person, own, holds, request, complete, keyOf } = founded();
  const { organization } = chain;
  const withdraw = (keys = [own]) =>
    signTransaction(chain.draft('withdraw-key-replacement', { organization, pseudonym: person }), keys);
  assert.equal(chain.offer(withdraw())?.code, 'replacement-not-pending');
  chain.mine([request(fresh)]);
  assert.equal(chain.offer(withdraw([holds('person', fresh)]))?.code, 'signature-unexpected');
  const other = 'ab'.repeat(32) as typeof organization;
  const byOther = chain.draft('withdraw-key-replacement', { organization: other, pseudonym: person });
  assert.equal(chain.offer(signTransaction(byOther, [{ ...own, signer: other }]))?.code, 'organization-unknown');
  chain.mine([withdraw()]);
  assert.equal(chain.valueOf(keyReplacementKey(person)), null);
  assert.equal(chain.offer(complete())?.code, 'replacement-not-pending');
  assert.equal(keyOf(person), publicKeyOf(lost));
  assert.equal(chain.offer(request(fresh)), undefined);
});

test('L56 it takes the home hospital and the new key, a person with another key, and none that waits', () => {
  const { chain, person, own, holds, request } = founded();
  assert.equal(chain.offer(request(fresh, [own]))?.code, 'signature-missing');
  assert.equal(chain.offer(request(fresh, [holds('new-key', fresh)]))?.code, 'signature-missing');
  assert.equal(chain.offer(request(fresh, [own, holds('new-key', lost)]))?.code, 'signature-invalid');
  assert.equal(chain.offer(request(lost))?.code, 'key-in-use');
  const unclaimed = chain.enrol();
  const body = { organization: chain.organization, pseudonym: unclaimed, publicKey: publicKeyOf(fresh) };
  const early = signTransaction(chain.draft('request-key-replacement', body), [
    own,
    { signer: unclaimed, role: 'new-key', key: fresh },
  ]);
  assert.equal(chain.offer(early)?.code, 'person-has-no-key');
  chain.mine([request(fresh)]);
  assert.equal(chain.offer(request(keyNamed('third')))?.code, 'replacement-pending');
  assert.equal((chain.valueOf(keyReplacementKey(person)) as { publicKey: string }).publicKey, publicKeyOf(fresh));
});

test('L56 L58 another hospital neither requests nor completes', () => {
  const chain = createTestChain(2);
  const person = chain.enrol(lost);
  const other: SigningKey = { signer: chain.otherOrganization, role: 'organization', key: chain.otherSigner };
  const body = { organization: chain.otherOrganization, pseudonym: person };
  const request = signTransaction(chain.draft('request-key-replacement', { ...body, publicKey: publicKeyOf(fresh) }), [
    other,
    { signer: person, role: 'new-key', key: fresh },
  ]);
  const complete = signTransaction(chain.draft('complete-key-replacement', body), [other]);
  for (const transaction of [request, complete]) {
    assert.equal(chain.offer(transaction)?.code, 'organization-not-home', transaction.type);
  }
});

test('L19 L20 who rotates the key has not lost it, and who is retired gets none: a replacement that waits ends', () => {
  for (const ending of ['rotate', 'retire'] as const) {
    const { chain, person, request, complete, rotate, retire } = founded();
    const { header } = chain.mine([request(fresh)]);
    chain.mine([ending === 'rotate' ? rotate(lost, keyNamed('third')) : retire()]);
    assert.equal(chain.valueOf(keyReplacementKey(person)), null);
    chain.mine([], header.time + KEY_REPLACEMENT_WAIT_MS);
    const code = ending === 'rotate' ? 'replacement-not-pending' : 'person-retired';
    assert.equal(chain.offer(complete())?.code, code);
  }
});
