// What is often ordered. SNOMED CT for procedures, LOINC for laboratory tests, as the record uses them.
import type { CodeableConcept } from '../record/fhir.ts';

const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';

const order = (system: string, code: string, display: string, text: string): CodeableConcept => ({
  coding: [{ system, code, display }],
  text,
});

export const COMMON_ORDERS: readonly CodeableConcept[] = [
  order(SNOMED, '29303009', 'Electrocardiographic procedure', 'Electrocardiogram (ECG)'),
  order(LOINC, '58410-2', 'CBC panel - Blood by Automated count', 'Blood count'),
  order(LOINC, '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', 'HbA1c'),
  order(LOINC, '1558-6', 'Fasting glucose [Mass/volume] in Serum or Plasma', 'Fasting blood sugar'),
  order(LOINC, '24331-1', 'Lipid 1996 panel - Serum or Plasma', 'Cholesterol'),
  order(LOINC, '51990-0', 'Basic metabolic panel - Blood', 'Kidneys and salts'),
  order(LOINC, '3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'Thyroid (TSH)'),
  order(LOINC, '1742-6', 'Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma', 'Liver (ALT)'),
  order(LOINC, '1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma', 'Inflammation (CRP)'),
  order(LOINC, '24356-8', 'Urinalysis complete panel - Urine', 'Urine test'),
  order(SNOMED, '399208008', 'Plain chest X-ray', 'Chest X-ray'),
  order(SNOMED, '433236007', 'Transthoracic echocardiography', 'Echocardiography'),
  order(SNOMED, '127783003', 'Spirometry', 'Breathing test (spirometry)'),
  order(SNOMED, '268445003', 'Ultrasound scan - obstetric', 'Ultrasound of the unborn child'),
];
