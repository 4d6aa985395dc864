import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSigner, nodeAead, nodeRandom, nodeVerifier } from '@clearchart/node-crypto';
import { toHex } from './bytes.ts';
import {
  isSignedLink,
  isSignedOffer,
  type LinkedSide,
  linkMessage,
  offerMessage,
  otherSide,
  parseLinkOffer,
  parsePersonLink,
  type PersonLink,
} from './person-link.ts';
import { createVault, MOST_PERSON_LINKS, openVault, type VaultContents } from './vault.ts';

const [city, coast] = [1, 2].map((byte) => createSigner(new Uint8Array(32).fill(byte))) as [
  ReturnType<typeof createSigner>,
  ReturnType<typeof createSigner>,
];
const chainId = 'c1'.repeat(32);
const from: LinkedSide = {
  organizationId: 'a1'.repeat(16),
  pseudonym: 'a2'.repeat(16),
  publicKey: toHex(city.publicKey),
};
const to: LinkedSide = {
  organizationId: 'b1'.repeat(16),
  pseudonym: 'b2'.repeat(16),
  publicKey: toHex(coast.publicKey),
};

function linked(): PersonLink {
  const unsigned = { chainId, at: 1_800_000_000_000, from, to: to.organizationId };
  const offer = { ...unsigned, signature: toHex(city.sign(offerMessage(unsigned))) };
  return { offer, to, signature: toHex(coast.sign(linkMessage({ offer, to }))) };
}

test('A43 a link holds when both keys have signed it, and each side sees the other', () => {
  const link = linked();
  assert.ok(isSignedOffer(nodeVerifier, link.offer));
  assert.ok(isSignedLink(nodeVerifier, link));
  assert.deepEqual(otherSide(link, from.organizationId), to);
  assert.deepEqual(otherSide(link, to.organizationId), from);
});

test('A43 each part of a link is what was signed', () => {
  const link = linked();
  const other = 'd'.repeat(32);
  const key = toHex(createSigner(new Uint8Array(32).fill(3)).publicKey);
  const { offer } = link;
  const changed: PersonLink[] = [
    { ...link, offer: { ...offer, chainId: 'c2'.repeat(32) } },
    { ...link, offer: { ...offer, at: offer.at + 1 } },
    { ...link, offer: { ...offer, to: other } },
    { ...link, offer: { ...offer, from: { ...from, organizationId: other } } },
    { ...link, offer: { ...offer, from: { ...from, pseudonym: other } } },
    { ...link, offer: { ...offer, from: { ...from, publicKey: key } } },
    { ...link, to: { ...to, pseudonym: other } },
    { ...link, to: { ...to, publicKey: key } },
    { ...link, offer: { ...offer, signature: link.signature } },
    { ...link, signature: offer.signature },
  ];
  for (const one of changed) assert.equal(isSignedLink(nodeVerifier, one), false, JSON.stringify(one));
});

test('A43 what has another shape is no offer and no link', () => {
  const link = linked();
  assert.deepEqual(parseLinkOffer(link.offer), link.offer);
  assert.deepEqual(parsePersonLink(link), link);
  const { offer } = link;
  for (const bad of [
    undefined,
    null,
    [],
    'offer',
    {},
    { ...offer, more: 1 },
    { ...offer, at: -1 },
    { ...offer, chainId: 'C1'.repeat(32) },
    { ...offer, from: { ...from, more: 1 } },
    { ...offer, to: from.organizationId },
    { ...offer, signature: '00' },
  ]) {
    assert.equal(parseLinkOffer(bad), undefined);
    assert.equal(parsePersonLink({ ...link, offer: bad }), undefined);
  }
  assert.equal(
    parsePersonLink({ ...link, to: { ...to, organizationId: 'd'.repeat(32) } }),
    undefined,
    'not whom it is for',
  );
  assert.equal(parsePersonLink({ ...link, signature: 'no' }), undefined);
});

test('A43 a vault holds links and no more than it can, and opens without any', () => {
  const accountId = 'a1'.repeat(16);
  const secrets = { exportKey: new Uint8Array(64).fill(1), recoveryEntropy: new Uint8Array(32).fill(2) };
  const ports = { aead: nodeAead, random: nodeRandom };
  const sealed = (links: readonly PersonLink[]): VaultContents | undefined => {
    const contents: VaultContents = { version: 1, keys: [], receivingSeed: '0'.repeat(64), links };
    return openVault(nodeAead, accountId, createVault(ports, accountId, contents, secrets), secrets)?.contents;
  };
  const most = Array.from({ length: MOST_PERSON_LINKS }, linked);
  assert.deepEqual(sealed(most)?.links, most);
  assert.throws(() => sealed([...most, linked()]), RangeError);
  assert.throws(() => sealed([{ ...linked(), signature: '' }]), RangeError);
});
