import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { toHex } from '@clearchart/crypto';
import type { OrganizationId, PublicKey } from '@clearchart/ledger';
import { draftPersonSignature, personSignatureMessage } from '@clearchart/records';
import { verdictUnder } from './signature-verdict.ts';

const [kept, own, other] = [1, 2, 3].map((byte) => createSigner(new Uint8Array(32).fill(byte)));
if (kept === undefined || own === undefined || other === undefined) throw new Error('a key is missing');
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
    nodeVerifier,
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
