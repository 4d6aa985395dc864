import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Patient } from '../record/fhir.ts';
import { applyForm, changesOf, faultOf, formOf } from './profile-form.ts';

const patient: Patient & { identifier: unknown[] } = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'urn:mrn', value: '7' }],
  name: [{ given: ['Meera'], family: 'Kulkarni' }],
  telecom: [
    { system: 'phone', value: '+91 98220 11111', use: 'home' },
    { system: 'fax', value: '1' },
  ],
  address: [{ use: 'home', line: ['12 Lake Road', 'Flat 3'], city: 'Pune', text: '12 Lake Road, Pune' }],
};

test('an untouched form changes nothing at all', () => {
  assert.deepEqual(applyForm(patient, formOf(patient)), patient);
  assert.deepEqual(changesOf(patient, formOf(patient)), []);
});

test('a changed number keeps its use, other numbers and everything the form does not know', () => {
  const after = applyForm(patient, { ...formOf(patient), phone: ' +91 98220 22222 ' });
  assert.deepEqual(after.telecom, [
    { system: 'phone', value: '+91 98220 22222', use: 'home' },
    { system: 'fax', value: '1' },
  ]);
  assert.deepEqual((after as typeof patient).identifier, patient.identifier);
  assert.deepEqual(after.address, patient.address);
});

test('a changed address drops the ready-made text, which would no longer be true', () => {
  const after = applyForm(patient, { ...formOf(patient), city: 'Nashik' });
  assert.deepEqual(after.address, [{ use: 'home', line: ['12 Lake Road, Flat 3'], city: 'Nashik' }]);
});

test('an emptied field is removed and told as a change', () => {
  const form = { ...formOf(patient), phone: '' };
  assert.deepEqual(applyForm(patient, form).telecom, [{ system: 'fax', value: '1' }]);
  assert.deepEqual(changesOf(patient, form), [{ field: 'phone', before: '+91 98220 11111', after: '' }]);
});

test('a contact person is added, changed and removed', () => {
  const added = applyForm(patient, { ...formOf(patient), contactName: 'Anil Kulkarni', contactPhone: '98220 33333' });
  assert.deepEqual(added.contact, [
    { name: { text: 'Anil Kulkarni' }, telecom: [{ system: 'phone', value: '98220 33333' }] },
  ]);
  assert.equal(applyForm(added, { ...formOf(added), contactName: '', contactPhone: '' }).contact, undefined);
});

test('a phone number with letters, an address without a place and endless text are refused', () => {
  assert.equal(faultOf('phone', 'call me'), 'phone-shape');
  assert.equal(faultOf('email', 'meera@'), 'email-shape');
  assert.equal(faultOf('city', 'x'.repeat(201)), 'too-long');
  assert.equal(faultOf('phone', '+91 (0)98220-11111'), undefined);
});
