import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition } from '../record/fhir.ts';
import { amendedNote, isReason, withdrawnCondition } from './corrections.ts';
import { isWithdrawn } from './withdrawn.ts';
import { base64, textOfBase64 } from './visit-resources.ts';
import type { VisitNote } from './visits.ts';

const note: VisitNote = {
  resourceType: 'DocumentReference',
  id: 'n',
  meta: { versionId: '1' },
  status: 'current',
  docStatus: 'final',
  content: [{ attachment: { contentType: 'text/plain; charset=utf-8', data: base64('left knee') } }],
  context: { encounter: [{ reference: 'Encounter/e' }] },
};

test('a corrected note is the same document with other words, marked as amended and with the reason', () => {
  const amended = amendedNote(note, ' right knee ', ' wrong side ');
  assert.equal(amended.docStatus, 'amended');
  assert.equal(amended.description, 'wrong side');
  assert.equal(textOfBase64(amended.content?.[0]?.attachment?.data), 'right knee');
  assert.deepEqual([amended.id, amended.meta, amended.context], [note.id, note.meta, note.context]);
});

test('a diagnosis taken back says that it never was, and why', () => {
  const condition: Condition = {
    resourceType: 'Condition',
    id: 'c',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Gout' },
  };
  assert.ok(!isWithdrawn(condition));
  const withdrawn = withdrawnCondition(condition, 'Uric acid was normal');
  assert.ok(isWithdrawn(withdrawn));
  assert.ok(!('clinicalStatus' in withdrawn), 'con-5');
  assert.deepEqual(withdrawn.note, [{ text: 'Uric acid was normal' }]);
});

test('a correction needs a reason that says something', () => {
  assert.ok(isReason('wrong side'));
  for (const none of ['', '  ', 'x ']) assert.ok(!isReason(none));
});
