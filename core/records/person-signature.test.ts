import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, labelledHash, toHex, utf8 } from '@clearchart/crypto';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import {
  draftPersonSignature,
  type PersonSignatureDraft,
  personSignatureMessage,
  SIGNED_VERSIONS_LIMIT,
  type SignedVersion,
  verifyPersonSignature,
} from './index.ts';

const doctor = createSigner(new Uint8Array(32).fill(3));
const another = createSigner(new Uint8Array(32).fill(4));
const chainId = 'c'.repeat(64);
const signer = '5'.repeat(32);
const encounter: SignedVersion = { record: 'e'.repeat(32), version: 1, commitment: '1'.repeat(64) };
const note: SignedVersion = { record: 'a'.repeat(32), version: 2, commitment: '2'.repeat(64) };

function drafted(versions: readonly SignedVersion[] = [encounter, note]): PersonSignatureDraft {
  const draft = draftPersonSignature(chainId, signer, versions);
  assert.ok(typeof draft !== 'string');
  return draft;
}

const signed = (draft: PersonSignatureDraft) => doctor.sign(personSignatureMessage(draft));
const holds = (draft: PersonSignatureDraft, signature: Uint8Array, key = doctor.publicKey) =>
  verifyPersonSignature(draft, key, signature, nodeVerifier);

test('P1 the message is a labelled hash over chain, signer and the canonical list of versions', () => {
  const list =
    `[{"commitment":"${note.commitment}","record":"${note.record}","version":2},` +
    `{"commitment":"${encounter.commitment}","record":"${encounter.record}","version":1}]`;
  const expected = labelledHash('clearchart/record-signature/v0', fromHex(chainId), fromHex(signer), utf8(list));
  assert.equal(toHex(personSignatureMessage(drafted())), toHex(expected));
});

test('P2 whatever order the versions come in, the message is the same', () => {
  const turned = drafted([note, encounter]);
  assert.deepEqual(turned, drafted());
  assert.ok(holds(turned, signed(drafted())));
});

test('P2 no version, one version twice, too many and other shapes make no draft', () => {
  const many = Array.from({ length: SIGNED_VERSIONS_LIMIT + 1 }, (_, at) => ({ ...encounter, version: at + 1 }));
  assert.equal(draftPersonSignature(chainId, signer, []), 'no-version');
  assert.equal(draftPersonSignature(chainId, signer, [note, { ...note, commitment: '3'.repeat(64) }]), 'version-twice');
  assert.equal(draftPersonSignature(chainId, signer, many), 'too-many-versions');
  assert.ok(typeof draftPersonSignature(chainId, signer, many.slice(1)) !== 'string');
  assert.equal(draftPersonSignature('C'.repeat(64), signer, [note]), 'malformed');
  assert.equal(draftPersonSignature(chainId, signer.slice(1), [note]), 'malformed');
  assert.equal(draftPersonSignature(chainId, signer, [{ ...note, version: 0 }]), 'malformed');
  assert.equal(draftPersonSignature(chainId, signer, [{ ...note, commitment: 'x'.repeat(64) }]), 'malformed');
});

test('P3 a signature answers for exactly these versions, by this signer, on this chain', () => {
  const draft = drafted();
  const signature = signed(draft);
  assert.ok(holds(draft, signature));
  const changed: PersonSignatureDraft[] = [
    { ...draft, chainId: 'd'.repeat(64) },
    { ...draft, signer: '6'.repeat(32) },
    drafted([encounter]),
    drafted([encounter, { ...note, version: 1 }]),
    drafted([encounter, { ...note, commitment: '3'.repeat(64) }]),
    drafted([encounter, note, { ...note, version: 3 }]),
  ];
  for (const other of changed) assert.ok(!holds(other, signature));
  assert.ok(!holds(draft, signature, another.publicKey));
});

test('P3 a signature of another shape is refused, and so is a draft that is not in its one order', () => {
  const draft = drafted();
  assert.ok(!holds(draft, signed(draft).slice(1)));
  assert.ok(!holds(draft, new Uint8Array(64).fill(255)));
  const disordered = { ...draft, versions: draft.versions.toReversed() };
  assert.ok(!holds(disordered, doctor.sign(personSignatureMessage(disordered))));
});
