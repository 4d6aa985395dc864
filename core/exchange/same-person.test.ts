import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likeness, type PersonTraits } from './same-person.ts';

const meera: PersonTraits = {
  given: 'Meera Anand',
  family: 'Kulkarni',
  birthDate: '1985-03-14',
  email: 'meera@mail.example',
  phone: '+91 98220 11111',
};

test('A30 the same birth date and a name with one slip, other accents or turned round may be the same person', () => {
  for (const name of [
    { given: 'Meera', family: 'Kulkarni' },
    { given: 'MEERA', family: 'Kulkarnì' },
    { given: 'Meera', family: 'Kulkrani' },
    { given: 'Meera', family: 'Kulkarn' },
    { given: 'Meera', family: 'Kulkarnni' },
    { given: 'Kulkarni', family: 'Meera' },
  ])
    assert.deepEqual(likeness(meera, { ...name, birthDate: '1985-03-14' }), ['name'], name.family);
});

test('A30 another birth date, another name, or short names a letter apart are other people', () => {
  for (const other of [
    { given: 'Meera', family: 'Kulkarni', birthDate: '1985-03-15' },
    { given: 'Meera', family: 'Kulkarni' },
    { given: 'Asha', family: 'Kulkarni', birthDate: '1985-03-14' },
    { given: 'Meera', family: 'Deshpande', birthDate: '1985-03-14' },
  ])
    assert.deepEqual(likeness(meera, other), [], JSON.stringify(other));
  const ravi = { given: 'Ravi', family: 'Rao', birthDate: '1990-01-01' };
  assert.deepEqual(likeness(ravi, { ...ravi, family: 'Rai' }), []);
});

test('A30 a phone or e-mail that a family shares counts only beside the birth date or the name', () => {
  const reach = { email: 'MEERA@mail.example ', phone: '09822011111' };
  assert.deepEqual(likeness(meera, { given: 'Meera', family: 'Kulkarni', birthDate: '1984-01-01', ...reach }), [
    'email',
    'phone',
  ]);
  assert.deepEqual(likeness(meera, { given: 'Nila', family: 'Joshi', birthDate: '1985-03-14', ...reach }), [
    'email',
    'phone',
  ]);
  assert.deepEqual(likeness(meera, { given: 'Ishaan', family: 'Kulkarni', birthDate: '2012-01-01', ...reach }), []);
});

test('A30 Hindi names are compared with their vowel signs, and empty ones are like nobody', () => {
  const hindi = { given: 'मीरा', family: 'कुलकर्णी', birthDate: '1985-03-14' };
  assert.deepEqual(likeness(hindi, { ...hindi }), ['name']);
  assert.deepEqual(likeness(hindi, { ...hindi, given: 'मारी' }), []);
  assert.deepEqual(likeness({ given: '', family: '' }, { given: '', family: '' }), []);
});
