import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patientProfileSchema } from '@clearchart/api';
import { profileOf, registrationFault } from './registration-form.ts';

const today = '2026-11-23';

test('a birth date must be a day that exists and is not to come', () => {
  assert.equal(registrationFault('birthDate', '2000-02-29', today), undefined);
  assert.equal(registrationFault('birthDate', '2001-02-29', today), 'date-shape');
  assert.equal(registrationFault('birthDate', '1899-12-31', today), 'date-shape');
  assert.equal(registrationFault('birthDate', '2026-11-24', today), 'date-future');
});

test('every answer is asked for, and has its shape', () => {
  assert.equal(registrationFault('given', '  ', today), 'missing');
  assert.equal(registrationFault('email', 'meera.example', today), 'email-shape');
  assert.equal(registrationFault('mobile', 'none', today), 'phone-shape');
  assert.equal(registrationFault('line', '', today), 'missing');
});

test('the answers are what the hospital’s API takes', () => {
  const form = {
    given: ' Meera',
    family: 'Rao',
    birthDate: '1985-03-14',
    gender: 'female',
    email: 'm@x.example',
    mobile: '+91 98220 11111',
    line: '12 Lake Road',
    city: 'Pune',
  };
  assert.deepEqual(patientProfileSchema.parse(profileOf(form)), profileOf(form));
});
