import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_REGISTRATION } from '../account/registration-form.ts';
import { isAbsent, patientOf } from './new-patient.ts';

const form = { ...EMPTY_REGISTRATION, given: 'Meera Anand', family: 'Rao', birthDate: '1985-03-14', gender: 'female' };

test('what the desk leaves out is not in the resource, not even empty', () => {
  assert.deepEqual(patientOf(form), {
    resourceType: 'Patient',
    name: [{ use: 'official', given: ['Meera', 'Anand'], family: 'Rao' }],
    birthDate: '1985-03-14',
    gender: 'female',
  });
});

test('a way to reach somebody may be left out, a name may not', () => {
  assert.equal(isAbsent('mobile', form), true);
  assert.equal(isAbsent('family', { ...form, family: '' }), false);
});
