import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identify } from '../prescribing/identify.ts';
import { CareTableFault } from '../prescribing/table.ts';
import { careTables } from '../prescribing/tables.ts';
import { MAX_FOUND, medicineById, medicineConcept, medicines, readMedicines, searchMedicines } from './medicines.ts';

test('every medicine, by its code and by its words alone, is to the checker exactly its ingredients', () => {
  const tables = careTables();
  for (const medicine of medicines()) {
    for (const strength of medicine.strengths) {
      const { coding, text } = medicineConcept(medicine, strength);
      for (const concept of [{ coding: coding! }, { text: text! }]) {
        const { ingredients, unknownParts } = identify(concept, tables);
        assert.deepEqual([...ingredients].toSorted(), medicine.ingredients.toSorted(), medicine.id);
        assert.deepEqual(unknownParts, [], medicine.id);
      }
    }
  }
});

test('there are at least 80, each found by its id and by what one types of its name', () => {
  assert.ok(medicines().length >= 80);
  for (const medicine of medicines()) {
    assert.equal(medicineById(medicine.id), medicine);
    assert.ok(searchMedicines(medicine.name.split(' + ')[0]!).includes(medicine), medicine.id);
  }
});

for (const [typed, first] of [
  ['metf', 'metformin/tablet'],
  ['CROC', 'paracetamol/tablet'],
  ['  ecosprin', 'aspirin/tablet'],
  ['augm', 'amoxicillin+clavulanic-acid/tablet'],
  ['ultracet', 'tramadol+paracetamol/tablet'],
  ['पेरासि', 'paracetamol/tablet'],
  ['acid', 'mefenamic-acid/tablet'],
] as const) {
  test(`"${typed}" finds ${first} first`, () => assert.equal(searchMedicines(typed)[0]?.id, first));
}

test('nothing typed and nothing known find nothing; a letter finds no more than the limit', () => {
  assert.deepEqual(searchMedicines(' '), []);
  assert.deepEqual(searchMedicines('zanubrutinib'), []);
  assert.ok(searchMedicines('a').length <= MAX_FOUND);
});

for (const [what, row] of [
  ['an unknown ingredient', 'unobtainium | X | tablet | oral | 1 mg | 1-0-0'],
  ['an unknown form', 'aspirin | B01AC06 | brick | oral | 1 mg | 1-0-0'],
  ['an unknown route', 'aspirin | B01AC06 | tablet | psychic | 1 mg | 1-0-0'],
  ['a pattern that is none', 'aspirin | B01AC06 | tablet | oral | 1 mg | often'],
  ['no strength', 'aspirin | B01AC06 | tablet | oral |  | 1-0-0'],
  [
    'the same twice',
    'aspirin | B01AC06 | tablet | oral | 1 mg | 1-0-0\naspirin | B01AC06 | tablet | oral | 1 mg | 1-0-0',
  ],
] as const) {
  test(`a row with ${what} throws`, () => assert.throws(() => readMedicines(row), CareTableFault));
}
