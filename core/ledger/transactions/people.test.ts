import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signer } from '@clearchart/crypto';
import {
  type OrganizationId,
  personKey,
  type Pseudonym,
  type PublicKey,
  type SigningKey,
  signTransaction,
  type TransactionBody,
  type TransactionType,
} from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf } from '../test-chain.fixture.ts';

const chain = createTestChain();
const { organization } = chain;
const own: SigningKey = { signer: organization, role: 'organization', key: chain.signer };
const first = keyNamed('first');
const second = keyNamed('second');
const possession = (signer: string, key: Signer): SigningKey => ({ signer, role: 'new-key', key });

function signed<T extends TransactionType>(type: T, body: TransactionBody<T>, ...keys: readonly SigningKey[]) {
  return signTransaction(chain.draft(type, body), keys);
}
const bind = (pseudonym: Pseudonym, key: Signer) =>
  signed('bind-person-key', { organization, pseudonym, publicKey: publicKeyOf(key) }, own, possession(pseudonym, key));
const rotate = (pseudonym: Pseudonym, from: Signer, to: Signer) =>
  signed(
    'rotate-person-key',
    { pseudonym, publicKey: publicKeyOf(to) },
    { signer: pseudonym, role: 'person', key: from },
    possession(pseudonym, to),
  );
const retire = (pseudonym: Pseudonym) => signed('retire-person', { organization, pseudonym }, own);

test('L17 a person is enrolled without a key or with one, and once', () => {
  const without = chain.enrol();
  assert.deepEqual(chain.valueOf(personKey(without)), { organization, publicKey: null, retired: 0 });
  const withKey = chain.enrol(first);
  assert.deepEqual(chain.valueOf(personKey(withKey)), { organization, publicKey: publicKeyOf(first), retired: 0 });
  const again = signed('enrol-person', { organization, pseudonym: without, publicKey: null }, own);
  assert.equal(chain.offer(again)?.code, 'person-already-enrolled');
});

test('L17 only an organization of the ledger enrols', () => {
  const stranger = 'ab'.repeat(16) as OrganizationId;
  const body = { organization: stranger, pseudonym: chain.pseudonym(), publicKey: null };
  assert.equal(chain.offer(signed('enrol-person', body, { ...own, signer: stranger }))?.code, 'organization-unknown');
  const borrowed = signed('enrol-person', { ...body, organization }, { ...own, key: second });
  assert.equal(chain.offer(borrowed)?.code, 'signature-invalid');
});

test('L15 keys of small order and points off the curve are not registered', () => {
  for (const publicKey of [
    `01${'0'.repeat(62)}`,
    '0'.repeat(64),
    `02${'0'.repeat(62)}`,
    'f'.repeat(64),
  ] as PublicKey[]) {
    const pseudonym = chain.pseudonym();
    const transaction = signed(
      'enrol-person',
      { organization, pseudonym, publicKey },
      own,
      possession(pseudonym, first),
    );
    assert.equal(chain.offer(transaction)?.code, 'key-invalid');
  }
});

test('L18 the first key is bound by hospital and holder, once', () => {
  const person = chain.enrol();
  assert.equal(chain.offer(bind(chain.pseudonym(), first))?.code, 'person-unknown');
  const publicKey = publicKeyOf(first);
  const holderAlone = signed(
    'bind-person-key',
    { organization, pseudonym: person, publicKey },
    possession(person, first),
  );
  assert.equal(chain.offer(holderAlone)?.code, 'signature-missing');
  chain.mine([bind(person, first)]);
  assert.deepEqual(chain.valueOf(personKey(person)), { organization, publicKey, retired: 0 });
  assert.equal(chain.offer(bind(person, second))?.code, 'key-already-bound');
});

test('L19 a person replaces the own key with both; afterwards the old one signs nothing', () => {
  const person = chain.enrol(first);
  assert.equal(chain.offer(rotate(person, first, first))?.code, 'key-in-use');
  assert.equal(chain.offer(rotate(person, second, keyNamed('third')))?.code, 'signature-invalid');
  chain.mine([rotate(person, first, second)]);
  assert.equal((chain.valueOf(personKey(person)) as { publicKey: string }).publicKey, publicKeyOf(second));
  assert.equal(chain.offer(rotate(person, first, keyNamed('third')))?.code, 'signature-invalid');
  assert.equal(chain.offer(rotate(person, second, keyNamed('third'))), undefined);
});

test('L19 whoever has no key cannot replace it, and the hospital cannot do it for a person', () => {
  const person = chain.enrol();
  assert.equal(chain.offer(rotate(person, first, second))?.code, 'person-has-no-key');
  const keyed = chain.enrol(first);
  const publicKey = publicKeyOf(second);
  const byHospital = signed('rotate-person-key', { pseudonym: keyed, publicKey }, own, possession(keyed, second));
  assert.equal(chain.offer(byHospital)?.code, 'signature-unexpected');
});

test('L20 after retirement nothing is bound, rotated or retired again', () => {
  const unkeyed = chain.enrol();
  const keyed = chain.enrol(first);
  chain.mine([retire(unkeyed), retire(keyed)]);
  assert.equal((chain.valueOf(personKey(keyed)) as { retired: number }).retired, 1);
  assert.equal(chain.offer(retire(keyed))?.code, 'person-retired');
  assert.equal(chain.offer(bind(unkeyed, first))?.code, 'person-retired');
  assert.equal(chain.offer(rotate(keyed, first, second))?.code, 'person-retired');
  assert.equal(chain.offer(retire(chain.pseudonym()))?.code, 'person-unknown');
});

test('L18 L20 L23 another hospital neither binds, retires nor anchors for a person', () => {
  const two = createTestChain(2);
  const person = two.enrol();
  const other: SigningKey = { signer: two.otherOrganization, role: 'organization', key: two.otherSigner };
  const body = { organization: two.otherOrganization, pseudonym: person };
  const bound = signTransaction(two.draft('bind-person-key', { ...body, publicKey: publicKeyOf(first) }), [
    other,
    possession(person, first),
  ]);
  const retired = signTransaction(two.draft('retire-person', body), [other]);
  const records = [two.anchored(person)];
  const anchored = signTransaction(two.draft('anchor-records', { organization: two.otherOrganization, records }), [
    other,
  ]);
  for (const transaction of [bound, retired, anchored]) {
    assert.equal(two.offer(transaction)?.code, 'organization-not-home', transaction.type);
  }
});
