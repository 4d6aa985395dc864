import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWrite } from './access-decision.ts';
import {
  answerRecordDispute,
  disputeRecord,
  isRecordDispute,
  parseRecordDispute,
  withdrawDispute,
} from './dispute-record.ts';

const asked = {
  type: 'Condition',
  record: 'c1',
  version: 2,
  patient: 'p1',
  words: 'I never had this.',
  askedAt: '2026-11-26T10:00:00.000Z',
} as const;
const answer = {
  outcome: 'stands',
  words: 'It was confirmed twice.',
  by: 'Dr Bose',
  at: '2026-11-27T09:00:00.000Z',
} as const;
const NOW = Date.parse('2026-11-27T09:00:00.000Z');

test('C40 a dispute names the version, who disputes, in which words and when, and is about the patient', () => {
  const task = disputeRecord(asked);
  assert.deepEqual(parseRecordDispute(task), { ...asked, state: 'open' });
  assert.deepEqual(task.for, { reference: 'Patient/p1' }, 'the patient compartment of FHIR R4 takes this');
  assert.ok(isRecordDispute({ ...task }));
});

test('C40 a Task of another kind, or one that lacks a part, is no dispute', () => {
  const task = disputeRecord(asked);
  for (const part of ['identifier', 'for', 'description', 'authoredOn'] as const) {
    const { [part]: _left, ...rest } = task;
    assert.equal(parseRecordDispute(rest), undefined, part);
  }
  const elsewhere = { ...task, identifier: [{ ...task.identifier[0], value: 'Task/1/_history/1' }] as const };
  assert.equal(parseRecordDispute(elsewhere), undefined, 'a dispute is not disputed');
  assert.ok(!isRecordDispute({ resourceType: 'Task' }));
  assert.ok(!isRecordDispute({ resourceType: 'Condition', code: task.code }));
});

test('C41 neither a practitioner nor a patient makes, changes or removes one as a FHIR Task', () => {
  const dispute = { ...disputeRecord(asked) };
  const plain = { resourceType: 'Task', for: { reference: 'Patient/p1' } };
  const care = [{ patient: 'p1', span: { from: NOW - 1, until: NOW + 1 } }];
  const doctor = { role: 'practitioner', person: 'Practitioner/d', relationships: care } as never;
  for (const [before, after] of [
    [undefined, dispute],
    [dispute, undefined],
    [dispute, { ...dispute, status: 'completed' }],
    [dispute, plain],
    [plain, dispute],
  ] as const)
    assert.equal(checkWrite(doctor, before, after, NOW), 'field-not-yours');
  assert.equal(checkWrite(doctor, undefined, plain, NOW), undefined);
  const patient = { role: 'patient', person: 'Patient/p1', relationships: [] } as const;
  assert.equal(checkWrite(patient, dispute, { ...dispute, status: 'cancelled' }, NOW), 'field-not-yours');
});

test('C42 the patient takes an open dispute back, and an answered one stands', () => {
  const back = withdrawDispute(disputeRecord(asked), answer.at);
  assert.ok(back);
  assert.equal(parseRecordDispute(back)?.state, 'withdrawn');
  assert.equal(withdrawDispute(back, answer.at), undefined);
  assert.equal(answerRecordDispute(back, answer, 3), 'already-answered');
});

test('C43 it is answered once, in whose name and when; "amended" only once there is a newer version', () => {
  const task = disputeRecord(asked);
  assert.equal(answerRecordDispute(task, { ...answer, outcome: 'amended' }, 2), 'not-amended-yet');
  for (const [outcome, newest] of [
    ['amended', 3],
    ['stands', 2],
  ] as const) {
    const answered = answerRecordDispute(task, { ...answer, outcome }, newest);
    assert.ok(typeof answered !== 'string');
    assert.deepEqual(parseRecordDispute(answered), { ...asked, state: 'answered', answer: { ...answer, outcome } });
    assert.equal(answerRecordDispute(answered, answer, 4), 'already-answered');
    assert.equal(withdrawDispute(answered, answer.at), undefined);
  }
});
