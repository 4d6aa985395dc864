import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './check.fixture.ts';

/** Medicine, the other one, the gravest finding between them: severity and effect. Sources stand in the rows. */
const INTERACT: readonly (readonly [string, string, string])[] = [
  ['Ibuprofen 400 mg', 'Warfarin 5 mg', 'serious bleeding'],
  ['Ecosprin 75', 'Warfarin 5 mg', 'serious bleeding'],
  ['Co-trimoxazole', 'Warfarin', 'serious bleeding'],
  ['Amiodarone', 'Warfarin', 'serious bleeding'],
  ['Rifampicin', 'Apixaban', 'serious drug-level-falls'],
  ['Rivaroxaban', 'Warfarin', 'serious bleeding'],
  ['Diclofenac', 'Clopidogrel', 'serious bleeding'],
  ['Naproxen', 'Sertraline', 'moderate bleeding'],
  ['Spironolactone', 'Ramipril 5 mg', 'serious high-potassium'],
  ['Zinc sulfate', 'Doxycycline', 'moderate less-absorbed'],
  ['Potassium chloride', 'Lisinopril', 'serious high-potassium'],
  ['Trimethoprim', 'Losartan potassium 50 mg', 'serious high-potassium'],
  ['Telmisartan', 'Enalapril', 'serious high-potassium'],
  ['Sacubitril + valsartan', 'Ramipril', 'contraindicated angioedema'],
  ['Ibuprofen', 'Lithium', 'serious lithium-toxicity'],
  ['Hydrochlorothiazide', 'Lithium', 'serious lithium-toxicity'],
  ['Lisinopril', 'Lithium', 'serious lithium-toxicity'],
  ['Linezolid', 'Fluoxetine', 'contraindicated serotonin-syndrome'],
  ['Phenelzine', 'Sertraline', 'contraindicated serotonin-syndrome'],
  ['Tramadol', 'Escitalopram', 'serious serotonin-syndrome'],
  ['Pethidine', 'Selegiline', 'contraindicated serotonin-syndrome'],
  ['Paroxetine', 'Tamoxifen', 'serious less-effect'],
  ['Clarithromycin', 'Simvastatin 20 mg', 'contraindicated muscle-damage'],
  ['Clarithromycin', 'Atorvastatin calcium 20 mg', 'serious muscle-damage'],
  ['Gemfibrozil', 'Rosuvastatin', 'serious muscle-damage'],
  ['Sildenafil', 'Isosorbide mononitrate', 'contraindicated low-blood-pressure'],
  ['Tadalafil', 'Glyceryl trinitrate', 'contraindicated low-blood-pressure'],
  ['Verapamil', 'Atenolol', 'serious slow-heart'],
  ['Amiodarone', 'Digoxin', 'serious digoxin-toxicity'],
  ['Omeprazole', 'Clopidogrel', 'serious less-effect'],
  ['Trimethoprim', 'Methotrexate', 'contraindicated bone-marrow-damage'],
  ['Allopurinol', 'Azathioprine', 'serious bone-marrow-damage'],
  ['Azithromycin', 'Ondansetron', 'serious long-qt'],
  ['Diazepam', 'Morphine', 'serious breathing-depression'],
  ['Pregabalin', 'Codeine', 'serious breathing-depression'],
  ['Iohexol', 'Metformin', 'serious lactic-acidosis'],
  ['Calcium carbonate 500 mg', 'Levothyroxine 75 mcg', 'moderate less-absorbed'],
  ['Ferrous sulfate 200 mg', 'Thyronorm', 'moderate less-absorbed'],
  ['Ciprofloxacin', 'Tizanidine', 'contraindicated low-blood-pressure'],
  ['Ciprofloxacin', 'Theophylline', 'serious drug-level-rises'],
  ['Rifampicin', 'Combined pill', 'serious unplanned-pregnancy'],
  ['Meropenem', 'Sodium valproate', 'contraindicated seizures'],
  ['Propranolol', 'Salbutamol', 'serious asthma-attack'],
  ['Clarithromycin', 'Domperidone', 'contraindicated long-qt'],
  ['Clarithromycin', 'Glimepiride', 'serious low-blood-sugar'],
];

for (const [medicine, other, expected] of INTERACT) {
  test(`${medicine} with ${other}: ${expected}, whichever was first`, () => {
    for (const { findings, notChecked } of [
      check(medicine, { current: [other] }),
      check(other, { current: [medicine] }),
    ]) {
      assert.ok(
        findings.some(({ kind, severity, effect }) => kind === 'interaction' && `${severity} ${effect}` === expected),
        JSON.stringify(findings),
      );
      assert.deepEqual(notChecked, []);
    }
  });
}

/** Often given together, and nothing to say of them. */
const TOGETHER: readonly (readonly [string, readonly string[]])[] = [
  ['Metformin 500 mg', ['Telmisartan 40 mg', 'Atorvastatin 20 mg']],
  ['Amlodipine 5 mg', ['Telmisartan 40 mg', 'Metformin']],
  ['Paracetamol 500 mg', ['Amlodipine', 'Ramipril', 'Levothyroxine']],
  ['Amoxicillin 500 mg', ['Metformin', 'Amlodipine']],
  ['Pantoprazole 40 mg', ['Clopidogrel 75 mg']],
  ['Cetirizine', ['Salbutamol inhaler 100 micrograms']],
  ['Rosuvastatin 10 mg', ['Clarithromycin']],
  ['Levothyroxine', ['Paracetamol']],
];

for (const [medicine, current] of TOGETHER) {
  test(`${medicine} with ${current.join(' and ')}: nothing to say, everything checked`, () =>
    assert.deepEqual(check(medicine, { current }), { findings: [], notChecked: [] }));
}
