import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ATC, check, coded, SNOMED, text, type Whose } from './check.fixture.ts';
import { checkPrescription, MAX_LINES } from './check-prescription.ts';
import type { Concept } from './findings.ts';
import { careTables } from './tables.ts';

/** Medicine, allergy as recorded, expected kind and severity. NICE CG183; AAAAI/ACAAI 2022. */
const ALLERGIC: readonly (readonly [string, string | Concept, string])[] = [
  ['Amoxicillin 500 mg', 'Amoxicillin', 'allergy contraindicated'],
  ['Amoxicillin 500 mg', 'Penicillin', 'allergy-class contraindicated'],
  ['Amoxicillin 500 mg', 'allergic to penicillins (rash)', 'allergy-class contraindicated'],
  ['Augmentin', coded(SNOMED, '91936005'), 'allergy-class contraindicated'],
  ['Ampicillin', 'Amoxicillin', 'allergy-class contraindicated'],
  ['Amoxicillin', 'पेनिसिलिन से एलर्जी', 'allergy-class contraindicated'],
  ['Ceftriaxone', 'Penicillin', 'allergy-cross caution'],
  ['Meropenem', 'Penicillin', 'allergy-cross caution'],
  ['Amoxicillin', 'Cefixime', 'allergy-cross caution'],
  ['Cefixime', 'Cephalosporin', 'allergy-class contraindicated'],
  ['Co-trimoxazole', 'Sulfa drugs', 'allergy-class contraindicated'],
  ['Bactrim', coded(SNOMED, '91939003'), 'allergy-class contraindicated'],
  ['Furosemide', 'Sulfa', 'allergy-cross caution'],
  ['Ibuprofen', 'Aspirin', 'allergy-class contraindicated'],
  ['Diclofenac', 'NSAIDs', 'allergy-class contraindicated'],
  ['Diclofenac', coded(SNOMED, '293585002'), 'allergy-class contraindicated'],
  ['एस्पिरिन', 'Ibuprofen', 'allergy-class contraindicated'],
  ['Azithromycin', 'Erythromycin', 'allergy-class contraindicated'],
  ['Ofloxacin', 'quinolones', 'allergy-class contraindicated'],
  ['Sacubitril and valsartan', 'Ramipril', 'allergy-cross contraindicated'],
  ['Lamotrigine', 'Carbamazepine', 'allergy-cross caution'],
  ['Crocin', 'paracetamol', 'allergy contraindicated'],
];

for (const [medicine, allergy, expected] of ALLERGIC) {
  test(`${medicine} for who is allergic to ${JSON.stringify(allergy)}: ${expected}`, () => {
    const { findings, notChecked } = check(medicine, { allergies: [allergy] });
    assert.ok(
      findings.some(({ kind, severity }) => `${kind} ${severity}` === expected),
      JSON.stringify(findings),
    );
    assert.deepEqual(notChecked, []);
  });
}

/** An allergy that does not speak against the medicine, and is understood. */
const TOLERATED: readonly (readonly [string, string | Concept])[] = [
  ['Azithromycin', 'Penicillin'],
  ['Paracetamol', 'Aspirin'],
  ['Paracetamol', 'Sulfa'],
  ['Amoxicillin', 'Sulfa'],
  ['Amoxicillin', 'Peanuts'],
  ['Amoxicillin', coded(SNOMED, '91935009')],
  ['Amoxicillin', 'No known allergies'],
  ['Amoxicillin', coded(SNOMED, '716186003')],
  ['Amoxicillin', 'कोई एलर्जी नहीं'],
];

for (const [medicine, allergy] of TOLERATED) {
  test(`${medicine} for who has ${JSON.stringify(allergy)}: nothing to say`, () =>
    assert.deepEqual(check(medicine, { allergies: [allergy] }), { findings: [], notChecked: [] }));
}

/** Medicine, whose, kind, severity and effect. */
const PERSON: readonly (readonly [string, Whose, string])[] = [
  ['Aspirin', { age: 9 }, 'age contraindicated reye-syndrome'],
  ['Codeine', { age: 11 }, 'age contraindicated breathing-depression'],
  ['Doxycycline', { age: 7 }, 'age serious tooth-discolouration'],
  ['Nimesulide', { age: 5 }, 'age contraindicated liver-damage'],
  ['Diazepam', { age: 80 }, 'age moderate confusion-and-falls'],
  ['Warfarin', { pregnant: true }, 'pregnancy contraindicated harm-to-unborn'],
  ['Ramipril', { pregnant: true }, 'pregnancy contraindicated harm-to-unborn'],
  ['Valproate', { pregnant: true }, 'pregnancy contraindicated harm-to-unborn'],
  ['Ibuprofen', { pregnant: true }, 'pregnancy serious harm-to-unborn'],
  ['Isotretinoin', { pregnant: false, problems: ['Pregnancy'] }, 'pregnancy contraindicated harm-to-unborn'],
  ['Propranolol', { problems: ['Asthma'] }, 'problem contraindicated asthma-attack'],
  ['Ibuprofen', { problems: ['Chronic kidney disease stage 3'] }, 'problem serious kidney-damage'],
  ['Metformin', { problems: ['CKD stage 4'] }, 'problem contraindicated lactic-acidosis'],
  ['Pioglitazone', { problems: ['Heart failure'] }, 'problem contraindicated worse-heart-failure'],
  ['Bupropion', { problems: ['Epilepsy'] }, 'problem contraindicated seizures'],
  ['Primaquine', { problems: ['G6PD deficiency'] }, 'problem serious red-cell-damage'],
  ['Amoxicillin', { current: ['Mox 500'] }, 'duplicate serious double-dose'],
  ['Ibuprofen', { current: ['Voveran'] }, 'duplicate-class moderate double-dose'],
  ['Omeprazole', { current: ['Pantoprazole'] }, 'duplicate-class moderate double-dose'],
  ['Combiflam', { current: ['Dolo 650'] }, 'duplicate serious double-dose'],
];

for (const [medicine, whose, expected] of PERSON) {
  test(`${medicine} for ${JSON.stringify(whose)}: ${expected}`, () =>
    assert.ok(
      check(medicine, whose).findings.some((found) => `${found.kind} ${found.severity} ${found.effect}` === expected),
    ));
}

const FINE: readonly (readonly [string, Whose])[] = [
  ['Aspirin', { age: 40 }],
  ['Doxycycline', { age: 8 }],
  ['Paracetamol', { age: 9 }],
  ['Paracetamol', { pregnant: true }],
  ['Methyldopa', { pregnant: true }],
  ['Metformin', { problems: ['Type 2 diabetes', 'Asthma'] }],
  ['Salbutamol', { problems: ['Asthma'] }],
];

for (const [medicine, whose] of FINE) {
  test(`${medicine} for ${JSON.stringify(whose)}: nothing to say`, () =>
    assert.deepEqual(check(medicine, whose), { findings: [], notChecked: [] }));
}

/** What cannot be mapped is named, with the part that is not known. */
const NOT_CHECKED: readonly (readonly [string, Whose, string, string])[] = [
  ['Zanubrutinib 80 mg', {}, 'medicine', 'Zanubrutinib 80 mg'],
  ['Paracetamol + zanubrutinib', {}, 'medicine-part', 'zanubrutinib'],
  ['Paracetamol zanubrutinib 80 mg', {}, 'medicine-part', 'zanubrutinib'],
  ['Paracetamol', { current: ['Zanubrutinib'] }, 'current-medicine', 'Zanubrutinib'],
  ['Paracetamol', { current: ['Ramipril / zanubrutinib'] }, 'current-medicine-part', 'zanubrutinib'],
  ['Paracetamol', { allergies: ['the red tablet'] }, 'allergy', 'the red tablet'],
  ['Paracetamol', { allergies: ['penicillin and bandersnatch'] }, 'allergy', 'bandersnatch'],
  ['Paracetamol', { allergies: ['peanuts, bandersnatch'] }, 'allergy', 'bandersnatch'],
  ['Paracetamol', { allergies: ['painkillers'] }, 'allergy', 'painkillers'],
  ['Paracetamol', { allergies: ['antibiotics'] }, 'allergy', 'antibiotics'],
  ['Paracetamol', { allergies: ['not known'] }, 'allergy', 'not known'],
  ['Ibuprofen', { pregnant: undefined, age: 30 }, 'pregnancy-not-given', ''],
];

for (const [medicine, whose, kind, subject] of NOT_CHECKED) {
  test(`${medicine} for ${JSON.stringify(whose)}: says that ${kind} "${subject}" was not checked`, () =>
    assert.ok(
      check(medicine, whose).notChecked.some((each) => each.kind === kind && each.subject === subject),
      JSON.stringify(check(medicine, whose).notChecked),
    ));
}

test('an unknown code without words is named by its code, an empty line too is not silent', () => {
  const answer = check(coded('http://example.org', 'X1'), { allergies: [{}] });
  assert.deepEqual(answer.notChecked, [
    { kind: 'allergy', subject: '' },
    { kind: 'medicine', subject: 'X1' },
  ]);
});

test('problems that were not looked up are said so', () => {
  const answer = checkPrescription({ medicine: text('Paracetamol'), current: [], allergies: [], age: 40 });
  assert.deepEqual(answer.notChecked, [{ kind: 'problems-not-given', subject: '' }]);
});

test('a code of a fixed combination names every part', () => {
  const { findings } = check(coded(ATC, 'J01CR02'), { allergies: ['Penicillin'] });
  assert.deepEqual(findings.map(({ ingredient }) => ingredient).toSorted(), ['amoxicillin', 'clavulanic-acid']);
});

test('a finding names its source and the other side in the words it was recorded with', () => {
  const [first] = check('Ibuprofen', { current: ['Warfarin 5 mg at night'] }).findings;
  assert.deepEqual(
    { against: first?.against, other: first?.other, source: first?.source },
    {
      against: 'Warfarin 5 mg at night',
      other: 'warfarin',
      source: 'BNF Interactions: anticoagulants, NSAIDs; FDA label warfarin',
    },
  );
});

test('an age that cannot be and more lines than the limit are faults', () => {
  for (const age of [-1, 151, Number.NaN]) assert.throws(() => check('Paracetamol', { age }), RangeError);
  const current = Array.from({ length: MAX_LINES + 1 }, () => 'Paracetamol');
  assert.throws(() => check('Paracetamol', { current }), RangeError);
});

const anyMedicine = fc.constantFrom(...[...careTables().ingredients.values()].map(({ names }) => names[0]!));

test('the order of what is taken now, of allergies and of problems does not matter', () => {
  fc.assert(
    fc.property(
      anyMedicine,
      fc.array(anyMedicine, { maxLength: 6 }),
      fc.array(anyMedicine, { maxLength: 3 }),
      (medicine, current, allergies) => {
        assert.deepEqual(
          check(medicine, { current, allergies, pregnant: undefined }),
          check(medicine, { current: current.toReversed(), allergies: allergies.toReversed(), pregnant: undefined }),
        );
      },
    ),
  );
});

test('one medicine more takes no finding away', () => {
  fc.assert(
    fc.property(anyMedicine, fc.array(anyMedicine, { maxLength: 5 }), anyMedicine, (medicine, current, more) => {
      const after = check(medicine, { current: [...current, more] }).findings.map((each) => JSON.stringify(each));
      for (const finding of check(medicine, { current }).findings) assert.ok(after.includes(JSON.stringify(finding)));
    }),
  );
});

test('a name that is in no table is never passed over in silence', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^zq[a-z]{4,10}$/), (name) => {
      const answer = check(name, { current: [`${name}a`], allergies: [`${name}b`] });
      assert.deepEqual(
        answer.notChecked.map(({ kind }) => kind),
        ['allergy', 'current-medicine', 'medicine'],
      );
    }),
  );
});
