/** What travels when a member joins: questions and answers that read, and used ids that are those of the state. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '@clearchart/crypto';
import { type Hash, transactionId, type TransactionId } from './index.ts';
import {
  areUsedIds,
  encodeSnapshotQuestion,
  encodeUsedIds,
  parseHeaders,
  parseSnapshotAnswer,
  parseSnapshotQuestion,
  parseUsedIds,
  type SnapshotQuestion,
  USED_IDS_AT_A_TIME,
  usedIdsBuckets,
} from './snapshot.ts';
import { createTestChain } from './test-chain.fixture.ts';

const stateRoot = '0a'.repeat(32) as Hash;

test('J1 J2 J4 J7 each question reads as it was asked, and nothing else reads as one', () => {
  const questions: SnapshotQuestion[] = [
    { kind: 'snapshot', atLeast: 5_000 },
    { kind: 'state-part', stateRoot, path: '' },
    { kind: 'state-part', stateRoot, path: '01'.repeat(128) },
    { kind: 'used-ids', stateRoot, hour: 500_000, from: 0 },
    { kind: 'headers', from: 1, count: 1_000 },
  ];
  for (const question of questions) {
    assert.deepEqual(parseSnapshotQuestion(encodeSnapshotQuestion(question)), question);
    assert.equal(parseSnapshotQuestion(utf8(JSON.stringify({ ...question, more: 1 }))), undefined);
  }
  const others = [
    '',
    'null',
    '"snapshot"',
    '{"kind":"snapshot"}',
    '{"kind":"snapshot","atLeast":-1}',
    '{"kind":"chain","locator":[]}',
    `{"kind":"state-part","stateRoot":"${stateRoot}","path":"2"}`,
    `{"kind":"state-part","stateRoot":"${stateRoot}","path":"${'0'.repeat(257)}"}`,
    '{"kind":"state-part","stateRoot":"","path":""}',
    `{"kind":"used-ids","stateRoot":"${stateRoot}","hour":-1,"from":0}`,
    `{"kind":"used-ids","stateRoot":"${stateRoot}","hour":1.5,"from":0}`,
    '{"kind":"headers","from":1,"count":1001}',
  ];
  for (const text of others) assert.equal(parseSnapshotQuestion(utf8(text)), undefined, text);
});

test('J1 J4 J7 answers that do not have their shape are none', () => {
  for (const text of ['', 'null', '[]', '"later"', '{"final":{},"memberChanges":[],"transactions":1}'])
    assert.equal(parseSnapshotAnswer(utf8(text)), undefined, text);
  for (const text of ['null', '{}', '["0a"]', '[1]', `[${'"",'.repeat(USED_IDS_AT_A_TIME)}""]`])
    assert.equal(parseUsedIds(utf8(text)), undefined, text.slice(0, 40));
  for (const text of ['null', '{}', '[{}]', '[null]']) assert.equal(parseHeaders(utf8(text)), undefined, text);
});

test('L13 J4 the used ids of an hour are all of them in their order, or are refused', () => {
  const chain = createTestChain();
  for (let count = 0; count < 3; count += 1) chain.enrol();
  const [bucket, ...others] = usedIdsBuckets(chain.state);
  assert.ok(bucket);
  assert.equal(others.length, 0);
  const ids = chain.blocks.flatMap(({ transactions }) => transactions.map(transactionId));
  assert.equal(areUsedIds(bucket, ids), true);
  const [first, second, third] = ids as [TransactionId, TransactionId, TransactionId];
  const other = 'ff'.repeat(32) as TransactionId;
  const wrong = [[], [first, second], [...ids, other], [second, first, third], [first, second, other]];
  for (const list of wrong) assert.equal(areUsedIds(bucket, list), false);
  assert.deepEqual(parseUsedIds(encodeUsedIds(ids)), ids);
});
