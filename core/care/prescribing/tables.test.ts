import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPrescription } from './check-prescription.ts';
import { CareTableFault } from './table.ts';
import { CARE_TABLE_TEXTS, type CareTableTexts, careTables, readCareTables } from './tables.ts';

const broken = (change: Partial<CareTableTexts>) => () => readCareTables({ ...CARE_TABLE_TEXTS, ...change });
const extra = (name: keyof CareTableTexts, row: string) => broken({ [name]: `${CARE_TABLE_TEXTS[name]}\n${row}\n` });

test('the tables load: at least 150 ingredients and 60 interactions, each row with a source', () => {
  const tables = careTables();
  assert.ok(tables.ingredients.size >= 150);
  assert.ok(tables.interactions.length >= 60);
  for (const { source } of [
    ...tables.interactions,
    ...tables.pregnancy,
    ...tables.ages,
    ...tables.problemMedicines,
    ...tables.crossAllergies,
  ])
    assert.ok(source.length >= 3);
});

for (const name of Object.keys(CARE_TABLE_TEXTS) as (keyof CareTableTexts)[]) {
  test(`a table ${name} that is empty throws`, () => assert.throws(broken({ [name]: '\n' }), CareTableFault));
  test(`a row of another shape in ${name} throws`, () => {
    // "no allergy" has one row; a second one of any shape is read by nobody but must be whole.
    assert.throws(extra(name, 'a | b | c | d | e | f | g | h | i'), CareTableFault);
  });
}

const ROWS: readonly (readonly [string, keyof CareTableTexts, string])[] = [
  ['an empty source', 'interactions', 'warfarin | zinc | serious | bleeding | monitor-inr | '],
  ['an unknown ingredient', 'interactions', 'warfarin | unobtainium | serious | bleeding | monitor-inr | BNF'],
  ['an unknown severity', 'interactions', 'warfarin | zinc | awful | bleeding | monitor-inr | BNF'],
  ['an unknown effect', 'interactions', 'warfarin | zinc | serious | doom | monitor-inr | BNF'],
  ['an unknown advice', 'interactions', 'warfarin | zinc | serious | bleeding | pray | BNF'],
  ['a pair that stands already', 'interactions', 'nsaid | anticoagulant | serious | bleeding | stop-one | BNF'],
  ['an ingredient that stands already', 'ingredients', 'warfarin | | | | warfarin'],
  ['a code that stands already', 'ingredients', 'newdrug | B01AA03 | | | newdrug'],
  ['an age span that is none', 'ages', 'aspirin | 16 | 12 | serious | bleeding | do-not-give | BNF'],
  ['an unknown problem', 'problemMedicines', 'aspirin | hiccups | serious | bleeding | do-not-give | BNF'],
  ['an unknown allergen', 'crossAllergies', 'moonbeams | aspirin | caution | bleeding | do-not-give | BNF'],
  ['an unknown part', 'combinations', 'X01 | aspirin unobtainium'],
];

for (const [what, name, row] of ROWS) {
  test(`${what} in ${name} throws`, () => assert.throws(extra(name, row), CareTableFault));
}

test('a check with a broken table throws instead of finding nothing', () => {
  const check = { medicine: { text: 'Warfarin' }, current: [], allergies: [], age: 40 };
  assert.throws(() => checkPrescription(check, extra('ages', 'x')()), CareTableFault);
});

test('a code of a combination is not the code of an ingredient too', () => {
  const { combinations, ingredients } = careTables();
  for (const { atc } of ingredients.values()) for (const code of atc) assert.ok(!combinations.has(code), code);
});
