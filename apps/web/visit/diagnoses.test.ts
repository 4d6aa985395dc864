import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPrescription } from '@clearchart/care';
import { COMMON_ALLERGENS, COMMON_REACTIONS, searchAllergens } from './allergens.ts';
import { COMMON_DIAGNOSES, searchDiagnoses } from './diagnoses.ts';
import { COMMON_ORDERS } from './orders.ts';

const names = (typed: string) => searchDiagnoses(typed).map(({ name }) => name);

test('the table has well over a hundred diagnoses, each once, each with a code of ICD-10’s shape', () => {
  assert.ok(COMMON_DIAGNOSES.length >= 140, String(COMMON_DIAGNOSES.length));
  for (const { icd10, name } of COMMON_DIAGNOSES) {
    assert.match(icd10, /^[A-TV-Z]\d\d(?:\.\d)?$/, name);
    assert.notEqual(name, '');
  }
  assert.equal(new Set(COMMON_DIAGNOSES.map(({ icd10 }) => icd10)).size, COMMON_DIAGNOSES.length);
  assert.equal(new Set(COMMON_DIAGNOSES.map(({ name }) => name)).size, COMMON_DIAGNOSES.length);
});

test('a diagnosis is found by its name, another word for it, parts of words in any order, and its code', () => {
  assert.equal(names('angina on')[0], 'Angina on effort');
  assert.ok(names('sugar').includes('Type 2 diabetes'));
  assert.deepEqual(names('knee osteo'), ['Osteoarthritis of the knee']);
  assert.deepEqual(names('i20.8'), ['Angina on effort']);
  assert.ok(names('alzheimers').includes('Alzheimer’s disease'));
  assert.equal(names('pneu')[0], 'Pneumonia');
});

test('nothing typed and nothing known find nothing', () => {
  assert.deepEqual(names('  '), []);
  assert.deepEqual(names('zzz'), []);
});

test('a diagnosis from the table is known to the check of prescriptions', () => {
  const asthma = searchDiagnoses('asthma')[0]?.concept;
  assert.ok(asthma !== undefined);
  const check = { current: [], allergies: [], age: 40, pregnant: false, problems: [asthma] };
  const { findings } = checkPrescription({ ...check, medicine: { text: 'Propranolol' } });
  assert.ok(findings.some(({ kind }) => kind === 'problem'));
});

test('every substance that can be chosen is one the checks know, or no medicine', () => {
  const base = { current: [], problems: [], age: 40, pregnant: false, medicine: { text: 'Paracetamol' } };
  for (const allergen of [...COMMON_ALLERGENS, ...searchAllergens('ibu'), ...searchAllergens('amox')]) {
    const { notChecked } = checkPrescription({ ...base, allergies: [allergen] });
    assert.deepEqual(notChecked, [], allergen.text);
  }
  assert.ok(searchAllergens('ibu').some(({ text }) => text === 'Ibuprofen'));
});

test('what can be chosen is coded and named once', () => {
  for (const list of [COMMON_ALLERGENS, COMMON_REACTIONS, COMMON_ORDERS]) {
    assert.equal(new Set(list.map(({ text }) => text)).size, list.length);
    assert.ok(list.every(({ coding }) => coding?.[0]?.code !== undefined));
  }
});
