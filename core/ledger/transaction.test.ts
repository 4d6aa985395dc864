import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, labelledHash, sha256, toHex, utf8 } from '@clearchart/crypto';
import {
  encodeCanonical,
  encodeTransaction,
  isRejection,
  LONGEST_TRANSACTION_BYTES,
  LONGEST_VALIDITY_MS,
  parseTransaction,
  signatureMessage,
  signatureOf,
  signTransaction,
  type Transaction,
  transactionId,
  withSignatures,
} from './index.ts';
import { createTestChain, keyNamed, publicKeyOf } from './test-chain.fixture.ts';

const chain = createTestChain();
const own = { signer: chain.organization, role: 'organization', key: chain.signer } as const;

function codeOf(value: unknown): string {
  const outcome = parseTransaction(encodeCanonical(value));
  return isRejection(outcome) ? outcome.code : 'read';
}

function enrolment(): Transaction<'enrol-person'> {
  return chain.sign('enrol-person', {
    organization: chain.organization,
    pseudonym: chain.pseudonym(),
    publicKey: null,
  });
}

test('L6 a transaction is read back from its bytes; a further member, a missing one and another version are refused', () => {
  const transaction = enrolment();
  assert.deepEqual(parseTransaction(encodeTransaction(transaction)), transaction);
  const { nonce, ...rest } = transaction;
  assert.equal(codeOf({ ...transaction, note: 'x' }), 'shape-invalid');
  assert.equal(codeOf(rest), 'shape-invalid');
  assert.equal(codeOf({ ...transaction, body: { ...transaction.body, note: 'x' } }), 'shape-invalid');
  assert.equal(
    codeOf({ ...transaction, nonce: nonce.toUpperCase() }),
    nonce === nonce.toUpperCase() ? 'read' : 'shape-invalid',
  );
  assert.equal(codeOf({ ...transaction, version: 2 }), 'version-unknown');
  assert.equal(codeOf({ ...transaction, type: 'enrol-persons' }), 'type-unknown');
  assert.equal(codeOf({ ...transaction, type: 'constructor' }), 'type-unknown');
  for (const value of [null, 7, 'text', [], { code: 'x', detail: {} }]) assert.equal(codeOf(value), 'shape-invalid');
});

test('L7 the id is SHA-256 of the canonical bytes without the signatures, before and after signing and parsing', () => {
  const draft = chain.draft('enrol-person', {
    organization: chain.organization,
    pseudonym: chain.pseudonym(),
    publicKey: null,
  });
  const id = toHex(sha256(encodeCanonical({ ...draft })));
  const signed = signTransaction(draft, [own]);
  const parsed = parseTransaction(encodeTransaction(signed));
  assert.ok(!isRejection(parsed));
  for (const one of [draft, signed, { ...signed }, parsed]) assert.equal(transactionId(one), id);
});

test('L7 a co-signer makes no second id', () => {
  const key = keyNamed('person');
  const draft = chain.draft('enrol-person', {
    organization: chain.organization,
    pseudonym: chain.pseudonym(),
    publicKey: publicKeyOf(key),
  });
  const alone = signTransaction(draft, [own]);
  const both = signTransaction(draft, [own, { signer: draft.body.pseudonym, role: 'new-key', key }]);
  assert.equal(transactionId(alone), transactionId(both));
  assert.notDeepEqual(encodeTransaction(alone), encodeTransaction(both));
});

test('L8 a signature covers id and role: one made for another role is invalid', () => {
  const transaction = enrolment();
  const id = transactionId(transaction);
  const message = labelledHash('clearchart/transaction-signature/v0', fromHex(id), utf8('organization'));
  assert.deepEqual(signatureMessage(id, 'organization'), message);
  const { signature } = signatureOf(transaction, { ...own, role: 'person' });
  const bent = withSignatures(transaction, [{ signer: chain.organization, role: 'organization', signature }]);
  assert.equal(chain.offer(bent)?.code, 'signature-invalid');
  assert.equal(chain.offer(transaction), undefined);
});

test('L9 no signature and five are refused; so are two in the wrong order and one twice', () => {
  const transaction = enrolment();
  const [signature] = transaction.signatures;
  const other = { ...signature, signer: 'f'.repeat(32) };
  assert.equal(codeOf({ ...transaction, signatures: [] }), 'shape-invalid');
  assert.equal(codeOf({ ...transaction, signatures: Array(5).fill(signature) }), 'shape-invalid');
  assert.equal(codeOf({ ...transaction, signatures: [signature, other] }), 'read');
  assert.equal(codeOf({ ...transaction, signatures: [other, signature] }), 'signatures-not-sorted');
  assert.equal(codeOf({ ...transaction, signatures: [signature, signature] }), 'signatures-not-sorted');
  const roles = ['new-key', 'organization', 'person'].map((role) => ({ ...signature, role }));
  assert.equal(codeOf({ ...transaction, signatures: roles }), 'read');
  assert.equal(codeOf({ ...transaction, signatures: roles.reverse() }), 'signatures-not-sorted');
});

test('L10 a missing signature, one too many and a forged one are refused', () => {
  const key = keyNamed('person');
  const draft = chain.draft('enrol-person', {
    organization: chain.organization,
    pseudonym: chain.pseudonym(),
    publicKey: publicKeyOf(key),
  });
  const { pseudonym } = draft.body;
  const possession = { signer: pseudonym, role: 'new-key', key } as const;
  assert.equal(chain.offer(signTransaction(draft, [own, possession])), undefined);
  assert.equal(chain.offer(signTransaction(draft, [own]))?.code, 'signature-missing');
  assert.equal(chain.offer(signTransaction(draft, [possession]))?.code, 'signature-missing');
  const tooMany = [own, possession, { signer: pseudonym, role: 'person', key } as const];
  assert.equal(chain.offer(signTransaction(draft, tooMany))?.code, 'signature-unexpected');
  const stranger = keyNamed('stranger');
  assert.equal(chain.offer(signTransaction(draft, [{ ...own, key: stranger }, possession]))?.code, 'signature-invalid');
  assert.equal(chain.offer(signTransaction(draft, [own, { ...possession, key: stranger }]))?.code, 'signature-invalid');
});

test('L11 bytes beyond 512 KiB are not looked at', () => {
  const outcome = parseTransaction(new Uint8Array(LONGEST_TRANSACTION_BYTES + 1));
  assert.ok(isRejection(outcome));
  assert.equal(outcome.code, 'transaction-too-large');
  const atLimit = parseTransaction(new Uint8Array(LONGEST_TRANSACTION_BYTES));
  assert.ok(isRejection(atLimit));
  assert.equal(atLimit.code, 'encoding-not-canonical');
});

test('L12 a transaction is good up to its last millisecond, and not longer than a day ahead', () => {
  const time = chain.time + 1_000;
  const until = (validUntil: number) => {
    const draft = {
      ...chain.draft('enrol-person', {
        organization: chain.organization,
        pseudonym: chain.pseudonym(),
        publicKey: null,
      }),
      validUntil,
    };
    return chain.offer(signTransaction(draft, [own]), time)?.code;
  };
  assert.equal(until(time), undefined);
  assert.equal(until(time - 1), 'transaction-expired');
  assert.equal(until(time + LONGEST_VALIDITY_MS), undefined);
  assert.equal(until(time + LONGEST_VALIDITY_MS + 1), 'valid-until-too-far');
});

test('L6 a transaction of another chain is refused', () => {
  const draft = { ...enrolment(), chainId: 'ab'.repeat(32) } as never;
  assert.equal(chain.offer(signTransaction(draft, [own]))?.code, 'chain-id-wrong');
});
