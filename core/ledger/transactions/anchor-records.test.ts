import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AnchoredRecord,
  custodianKey,
  encodeCanonical,
  encodeTransaction,
  isRejection,
  LONGEST_TRANSACTION_BYTES,
  parseTransaction,
  recordKey,
  signTransaction,
} from '../index.ts';
import { createTestChain } from '../test-chain.fixture.ts';

const chain = createTestChain();
const { organization } = chain;
const anchor = (...records: readonly AnchoredRecord[]) => chain.sign('anchor-records', { organization, records });

function readsBack(records: readonly unknown[]): boolean {
  const transaction = { ...anchor(chain.anchored(null)), body: { organization, records } };
  return !isRejection(parseTransaction(encodeCanonical(transaction)));
}

test('L21 one to a thousand records are anchored at once, and a thousand fit the limit of bytes', () => {
  const record = chain.anchored(null);
  assert.ok(readsBack([record]));
  assert.ok(!readsBack([]));
  const thousand = Array.from({ length: 1_000 }, () => chain.anchored(chain.pseudonym()));
  assert.ok(readsBack(thousand));
  assert.ok(encodeTransaction(anchor(...thousand)).length < LONGEST_TRANSACTION_BYTES);
  assert.ok(!readsBack([...thousand, record]));
});

test('L21 versions begin at 1', () => {
  const record = chain.anchored(null);
  for (const version of [1, 2, Number.MAX_SAFE_INTEGER]) assert.ok(readsBack([{ ...record, version }]));
  for (const version of [0, -1, '1', null]) assert.ok(!readsBack([{ ...record, version }]));
});

test('L22 a version is anchored once, ever: not again later, not twice in one transaction, not with another commitment', () => {
  const record = chain.anchored(null);
  const { commitment } = chain.anchored(null);
  assert.equal(chain.offer(anchor(record, record))?.code, 'record-version-anchored');
  chain.mine([anchor(record)]);
  const { categoryTag } = record;
  const anchored = { categoryTag, commitment: record.commitment, custodian: organization, subject: null };
  assert.deepEqual(chain.valueOf(recordKey(record.record, 1)), anchored);
  assert.deepEqual(chain.valueOf(custodianKey(record.record)), { organization });
  assert.equal(chain.offer(anchor(record))?.code, 'record-version-anchored');
  assert.equal(chain.offer(anchor({ ...record, commitment }))?.code, 'record-version-anchored');
});

test('L22 further versions come in any order and with gaps', () => {
  const record = chain.anchored(null);
  chain.mine([anchor({ ...record, version: 5 })]);
  chain.mine([anchor({ ...record, version: 2 }, { ...record, version: 9 })]);
  assert.equal(chain.offer(anchor({ ...record, version: 1 })), undefined);
});

test('L22 only the first custodian anchors further versions', () => {
  const two = createTestChain(2);
  const record = two.anchored(null);
  two.mine([two.sign('anchor-records', { organization: two.organization, records: [record] })]);
  const body = { organization: two.otherOrganization, records: [{ ...record, version: 2 }] };
  const taken = signTransaction(two.draft('anchor-records', body), [
    { signer: two.otherOrganization, role: 'organization', key: two.otherSigner },
  ]);
  assert.equal(two.offer(taken)?.code, 'record-of-another-custodian');
});

test('L23 the subject is enrolled, and may be retired', () => {
  assert.equal(chain.offer(anchor(chain.anchored(chain.pseudonym())))?.code, 'person-unknown');
  const person = chain.enrol();
  assert.equal(chain.offer(anchor(chain.anchored(person))), undefined);
  chain.mine([chain.sign('retire-person', { organization, pseudonym: person })]);
  assert.equal(chain.offer(anchor(chain.anchored(person))), undefined);
});

test('L14 a transaction whose last record is refused anchors none of them', () => {
  const good = chain.anchored(null);
  const refused = anchor(good, chain.anchored(chain.pseudonym()));
  assert.equal(chain.offer(refused)?.code, 'person-unknown');
  chain.mine([anchor(good)]);
});
