import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayTell } from './told-by-patient.ts';

const ME = 'Patient/p';

const status = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }],
});
const told = (more: Record<string, unknown> = {}) => ({
  resourceType: 'Condition',
  subject: { reference: ME },
  asserter: { reference: ME },
  code: { text: 'Hay fever since school' },
  verificationStatus: status('unconfirmed'),
  ...more,
});

test('C22 a patient tells a problem in the own words, changes it, and takes it back', () => {
  assert.ok(mayTell(ME, undefined, told()));
  assert.ok(mayTell(ME, told(), told({ code: { text: 'Hay fever' } })));
  assert.ok(mayTell(ME, told(), told({ verificationStatus: status('entered-in-error') })));
});

test('C22 what is told about somebody else, or in somebody else’s name, is refused', () => {
  assert.ok(!mayTell(ME, undefined, told({ subject: { reference: 'Patient/q' } })));
  assert.ok(!mayTell(ME, undefined, told({ asserter: { reference: 'Practitioner/d' } })));
  assert.ok(!mayTell(ME, undefined, told({ recorder: { reference: 'Practitioner/d' } })));
  assert.ok(!mayTell(ME, undefined, told({ asserter: undefined })));
});

test('C22 a patient neither confirms, nor codes, nor says more than the words', () => {
  assert.ok(!mayTell(ME, undefined, told({ verificationStatus: status('confirmed') })));
  const two = { coding: [...status('unconfirmed').coding, ...status('confirmed').coding] };
  assert.ok(!mayTell(ME, undefined, told({ verificationStatus: two })));
  assert.ok(!mayTell(ME, undefined, told({ code: { text: 'x', coding: [{ code: '44054006' }] } })));
  assert.ok(!mayTell(ME, undefined, told({ code: { text: ' ' } })));
  assert.ok(!mayTell(ME, undefined, told({ code: { text: 'x'.repeat(201) } })));
  for (const field of ['evidence', 'note', 'extension', 'contained', 'text', 'encounter', 'severity'])
    assert.ok(!mayTell(ME, undefined, told({ [field]: [] })), field);
});

test('C22 what the hospital found or has confirmed is not the patient’s to change, and nothing is deleted', () => {
  assert.ok(!mayTell(ME, told({ verificationStatus: status('confirmed') }), told()));
  assert.ok(!mayTell(ME, told({ asserter: { reference: 'Practitioner/d' } }), told()));
  assert.ok(!mayTell(ME, told({ verificationStatus: status('entered-in-error') }), told()));
  assert.ok(!mayTell(ME, told(), undefined));
});

test('C22 labels that stand on it are kept, and none is added', () => {
  const label = { meta: { security: [{ code: 'R' }] } };
  assert.ok(!mayTell(ME, undefined, told(label)));
  assert.ok(!mayTell(ME, told(label), told()));
  assert.ok(mayTell(ME, told(label), told(label)));
  assert.ok(mayTell(ME, told({ meta: { versionId: '1' } }), told()));
});
