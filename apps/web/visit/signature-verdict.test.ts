import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import type { OrganizationId, PublicKey } from '@clearchart/ledger';
import { draftPersonSignature, personSignatureMessage } from '@clearchart/records';
import { ed25519 } from '@noble/curves/ed25519.js';
import { browserVerifier } from '../proof/browser-verifier.ts';
import { verdictUnder } from './signature-verdict.ts';

function signer(byte: number) {
  const seed = new Uint8Array(32).fill(byte);
  return { publicKey: ed25519.getPublicKey(seed), sign: (message: Uint8Array) => ed25519.sign(message, seed) };
}
const [kept, own, other] = [signer(1), signer(2), signer(3)];
const keyOf = ({ publicKey }: { publicKey: Uint8Array }) => toHex(publicKey) as PublicKey;
const version = { record: 'a'.repeat(32), version: 1, commitment: 'b'.repeat(64) };
const draft = draftPersonSignature('c'.repeat(64), 'd'.repeat(32), [version]);
if (typeof draft === 'string') throw new Error(draft);
const person = (key: typeof own) =>
  ({ organization: 'e'.repeat(32) as OrganizationId, publicKey: keyOf(key), retired: 0 }) as const;
const custody = (endedAt: number | null) => ({ publicKey: keyOf(kept), endedAt });

const verdict = (by: typeof own, speaks: typeof own, of: ReturnType<typeof custody> | null, anchoredAt?: number) =>
  verdictUnder(
    { person: person(speaks), custody: of },
    draft,
    by.sign(personSignatureMessage(draft)),
    anchoredAt,
    browserVerifier,
  );

test('P10 under the kept key it is a signature in custody, whatever else is said', () => {
  assert.equal(verdict(kept, kept, custody(null)), 'in-custody');
  assert.equal(verdict(kept, own, custody(9), 8), 'in-custody');
  assert.equal(verdict(kept, own, custody(9), 9), 'in-custody', 'in the block of the hand-over');
});

test('P10 what is signed with the kept key after the hand-over counts for nothing, also if that key came back', () => {
  assert.equal(verdict(kept, own, custody(9), 10), 'custody-ended');
  assert.equal(verdict(kept, kept, custody(9), 10), 'custody-ended');
  assert.equal(verdict(kept, own, custody(9)), 'waiting', 'not in a block yet');
});

test('P3 under the own key it is verified, under a third it is not', () => {
  assert.equal(verdict(own, own, custody(9), 10), 'verified');
  assert.equal(verdict(own, own, null), 'verified');
  assert.equal(verdict(other, own, custody(9), 5), 'wrong-signature');
  assert.equal(verdict(other, kept, custody(null)), 'wrong-signature');
});
