import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerDispute, disputeAccess, parseDispute } from './dispute-access.ts';

const asked = {
  access: 'ab'.repeat(16),
  patient: 'p1',
  words: 'I was not here that day.',
  askedAt: '2026-11-26T10:00:00.000Z',
};
const answer = { outcome: 'explained', words: 'Your results came in.', by: 'Farida', at: '2026-11-27T09:00:00.000Z' };

test('C30 a dispute says which access, who asks and when, and names no subject', () => {
  const task = disputeAccess(asked);
  assert.deepEqual(parseDispute(task), asked);
  assert.ok(!('for' in task) && !('focus' in task), 'the patient compartment of FHIR R4 takes these');
  const { words: _words, ...silent } = asked;
  assert.deepEqual(parseDispute(disputeAccess(silent)), silent);
});

test('C30 a Task of another kind, or one that lacks a part, is no dispute', () => {
  const task = disputeAccess(asked);
  for (const part of ['identifier', 'code', 'requester', 'authoredOn'] as const) {
    const { [part]: _left, ...rest } = task;
    assert.equal(parseDispute(rest), undefined, part);
  }
  assert.equal(parseDispute({ ...task, requester: { reference: 'Practitioner/1' } }), undefined);
});

test('C31 the hospital answers once, with what it found, in whose name and when', () => {
  const answered = answerDispute(disputeAccess(asked), { ...answer, outcome: 'explained' });
  assert.ok(answered);
  assert.deepEqual(parseDispute(answered), { ...asked, answer });
  assert.equal(answerDispute(answered, { ...answer, outcome: 'misuse' }), undefined);
});
