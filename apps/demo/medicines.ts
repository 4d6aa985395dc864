/** Medicines with the WHO ATC code of their substance (WHO Collaborating Centre, ATC/DDD Index). */
import type { CodeableConcept } from '@medplum/fhirtypes';
import { concept } from './codes.ts';

const ATC = 'http://www.whocc.no/atc';

/** UCUM code of one dose form; annotations in braces count pieces. */
const FORMS = { tablet: '{tbl}', capsule: '{caps}', puff: '{puff}', unit: '[iU]', mL: 'mL' } as const;

export interface Medicine {
  readonly code: CodeableConcept;
  readonly form: keyof typeof FORMS;
  readonly ucum: string;
  readonly route: 'oral' | 'inhaled' | 'subcutaneous';
}

function medicine(
  code: string,
  substance: string,
  text: string,
  form: keyof typeof FORMS = 'tablet',
  route: Medicine['route'] = 'oral',
): Medicine {
  return { code: concept(ATC, code, substance, text), form, ucum: FORMS[form], route };
}

export const MEDICINES = {
  metformin: medicine('A10BA02', 'metformin', 'Metformin 500 mg'),
  telmisartan: medicine('C09CA07', 'telmisartan', 'Telmisartan 40 mg'),
  amlodipine: medicine('C08CA01', 'amlodipine', 'Amlodipine 5 mg'),
  atorvastatin: medicine('C10AA05', 'atorvastatin', 'Atorvastatin 20 mg'),
  furosemide: medicine('C03CA01', 'furosemide', 'Furosemide 40 mg'),
  carvedilol: medicine('C07AG02', 'carvedilol', 'Carvedilol 6.25 mg'),
  ramipril: medicine('C09AA05', 'ramipril', 'Ramipril 5 mg'),
  clopidogrel: medicine('B01AC04', 'clopidogrel', 'Clopidogrel 75 mg'),
  levothyroxine: medicine('H03AA01', 'levothyroxine sodium', 'Levothyroxine 75 micrograms'),
  alendronate: medicine('M05BA04', 'alendronic acid', 'Alendronate 70 mg'),
  colecalciferol: medicine('A11CC05', 'colecalciferol', 'Vitamin D3 1,000 units', 'capsule'),
  salbutamol: medicine('R03AC02', 'salbutamol', 'Salbutamol inhaler 100 micrograms', 'puff', 'inhaled'),
  budesonide: medicine('R03BA02', 'budesonide', 'Budesonide inhaler 200 micrograms', 'puff', 'inhaled'),
  tiotropium: medicine('R03BB04', 'tiotropium bromide', 'Tiotropium inhaler 9 micrograms', 'puff', 'inhaled'),
  ferrousSulfate: medicine('B03AA07', 'ferrous sulfate', 'Ferrous sulfate 200 mg'),
  folicAcid: medicine('B03BB01', 'folic acid', 'Folic acid 5 mg'),
  paracetamol: medicine('N02BE01', 'paracetamol', 'Paracetamol 500 mg'),
  paracetamolSyrup: medicine('N02BE01', 'paracetamol', 'Paracetamol syrup 250 mg in 5 mL', 'mL'),
  azithromycin: medicine('J01FA10', 'azithromycin', 'Azithromycin 500 mg'),
  amoxicillinSyrup: medicine('J01CA04', 'amoxicillin', 'Amoxicillin syrup 250 mg in 5 mL', 'mL'),
  ibuprofen: medicine('M01AE01', 'ibuprofen', 'Ibuprofen 400 mg'),
  cetirizine: medicine('R06AE07', 'cetirizine', 'Cetirizine 10 mg'),
  escitalopram: medicine('N06AB10', 'escitalopram', 'Escitalopram 10 mg'),
  propranolol: medicine('C07AA05', 'propranolol', 'Propranolol 40 mg'),
  omeprazole: medicine('A02BC01', 'omeprazole', 'Omeprazole 20 mg', 'capsule'),
  insulinGlargine: medicine('A10AE04', 'insulin glargine', 'Insulin glargine', 'unit', 'subcutaneous'),
  insulinLispro: medicine('A10AB04', 'insulin lispro', 'Insulin lispro', 'unit', 'subcutaneous'),
  sertraline: medicine('N06AB06', 'sertraline', 'Sertraline 50 mg'),
  tuberculosisIntensive: medicine(
    'J04AM06',
    'rifampicin, pyrazinamide, ethambutol and isoniazid',
    'Rifampicin, isoniazid, pyrazinamide, ethambutol (4 in 1)',
  ),
  tuberculosisContinuation: medicine('J04AM02', 'rifampicin and isoniazid', 'Rifampicin and isoniazid (2 in 1)'),
} as const;
