/**
 * What is measured: LOINC term, UCUM unit, and the range a laboratory in India prints beside an adult's
 * result. Terms carry LOINC's long common names (loinc.org); ranges are textbook ranges and serve the demo only.
 */
import type { CodeableConcept } from '@medplum/fhirtypes';
import { concept, LOINC } from './codes.ts';

export interface Measurement {
  readonly code: CodeableConcept;
  /** UCUM code. */
  readonly ucum: string;
  /** The unit as people read it. */
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
}

function measured(
  code: string,
  display: string,
  text: string,
  ucum: string,
  range: [low?: number | undefined, high?: number] = [],
) {
  const [low, high] = range;
  return {
    code: concept(LOINC, code, display, text),
    ucum,
    unit: PRINTED[ucum] ?? ucum,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  } satisfies Measurement;
}

const PRINTED: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '/min': 'per minute',
  'kg/m2': 'kg/m²',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
  '10*3/uL': '10³/µL',
  'm[IU]/L': 'mIU/L',
  '{score}': 'points',
  '{T-score}': 'T-score',
  wk: 'weeks',
};

export const TESTS = {
  hba1c: measured('4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', 'HbA1c', '%', [4, 5.6]),
  fastingGlucose: measured(
    '1558-6',
    'Fasting glucose [Mass/volume] in Serum or Plasma',
    'Fasting glucose',
    'mg/dL',
    [70, 99],
  ),
  glucoseAfterLoad: measured(
    '1518-0',
    'Glucose [Mass/volume] in Serum or Plasma --2 hours post 75 g glucose PO',
    'Glucose 2 hours after 75 g',
    'mg/dL',
    [70, 139],
  ),
  cholesterol: measured('2093-3', 'Cholesterol [Mass/volume] in Serum or Plasma', 'Total cholesterol', 'mg/dL', [
    undefined,
    200,
  ]),
  ldl: measured('2089-1', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma', 'LDL cholesterol', 'mg/dL', [
    undefined,
    100,
  ]),
  triglycerides: measured('2571-8', 'Triglyceride [Mass/volume] in Serum or Plasma', 'Triglycerides', 'mg/dL', [
    undefined,
    150,
  ]),
  creatinine: measured('2160-0', 'Creatinine [Mass/volume] in Serum or Plasma', 'Creatinine', 'mg/dL', [0.6, 1.2]),
  filtration: measured(
    '62238-1',
    'Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI)',
    'Kidney filtration (eGFR)',
    'mL/min/{1.73_m2}',
    [60],
  ),
  potassium: measured('2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'Potassium', 'mmol/L', [3.5, 5.1]),
  sodium: measured('2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'Sodium', 'mmol/L', [136, 145]),
  hemoglobin: measured('718-7', 'Hemoglobin [Mass/volume] in Blood', 'Haemoglobin', 'g/dL', [12, 16]),
  meanCellVolume: measured('787-2', 'MCV [Entitic volume] by Automated count', 'Red cell size (MCV)', 'fL', [80, 100]),
  leukocytes: measured(
    '6690-2',
    'Leukocytes [#/volume] in Blood by Automated count',
    'White cells',
    '10*3/uL',
    [4, 11],
  ),
  platelets: measured('777-3', 'Platelets [#/volume] in Blood by Automated count', 'Platelets', '10*3/uL', [150, 410]),
  ferritin: measured(
    '2276-4',
    'Ferritin [Mass/volume] in Serum or Plasma',
    'Iron stores (ferritin)',
    'ng/mL',
    [15, 150],
  ),
  ntProBnp: measured(
    '33762-6',
    'Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma',
    'NT-proBNP',
    'pg/mL',
    [undefined, 450],
  ),
  tsh: measured('3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'TSH', 'm[IU]/L', [0.4, 4.5]),
  freeThyroxine: measured(
    '3024-7',
    'Thyroxine (T4) free [Mass/volume] in Serum or Plasma',
    'Free T4',
    'ng/dL',
    [0.8, 1.8],
  ),
  alanineTransferase: measured(
    '1742-6',
    'Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma',
    'ALT (liver)',
    'U/L',
    [7, 45],
  ),
  reactiveProtein: measured('1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma', 'CRP', 'mg/L', [
    undefined,
    5,
  ]),
} as const;

export const VITALS = {
  systolic: measured('8480-6', 'Systolic blood pressure', 'Upper blood pressure', 'mm[Hg]'),
  diastolic: measured('8462-4', 'Diastolic blood pressure', 'Lower blood pressure', 'mm[Hg]'),
  pulse: measured('8867-4', 'Heart rate', 'Pulse', '/min'),
  breathing: measured('9279-1', 'Respiratory rate', 'Breathing rate', '/min'),
  temperature: measured('8310-5', 'Body temperature', 'Temperature', 'Cel'),
  weight: measured('29463-7', 'Body weight', 'Weight', 'kg'),
  height: measured('8302-2', 'Body height', 'Height', 'cm'),
  bodyMass: measured('39156-5', 'Body mass index (BMI) [Ratio]', 'Body mass index', 'kg/m2'),
  oxygen: measured('2708-6', 'Oxygen saturation in Arterial blood', 'Oxygen saturation', '%'),
} as const;

/** Measured at the hospital, but neither a vital sign nor a laboratory result. */
export const FINDINGS = {
  ejectionFraction: measured('10230-1', 'Left ventricular Ejection fraction', 'Heart pumping (ejection fraction)', '%'),
  firstSecondVolume: measured('20150-9', 'FEV1', 'Breath in the first second (FEV1)', 'L'),
  peakFlow: measured(
    '19935-6',
    'Maximum expiratory gas flow Respiratory system airway by Peak flow meter',
    'Peak flow',
    'L/min',
  ),
  boneDensity: measured('38265-5', 'DXA Radius and Ulna [T-score] Bone density', 'Bone density', '{T-score}'),
  gestation: measured('18185-9', 'Gestational age', 'Weeks of pregnancy', 'wk'),
  depressionScore: measured(
    '44261-6',
    'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]',
    'PHQ-9 score',
    '{score}',
  ),
} as const;

export const OTHER_TERMS = {
  bloodPressure: concept(LOINC, '85354-9', 'Blood pressure panel with all children optional', 'Blood pressure'),
  bloodGroup: concept(LOINC, '882-1', 'ABO and Rh group [Type] in Blood', 'Blood group'),
  smoking: concept(LOINC, '72166-2', 'Tobacco smoking status', 'Smoking'),
} as const;

export const PANELS = {
  diabetes: concept(LOINC, '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', 'Blood sugar control'),
  lipids: concept(LOINC, '24331-1', 'Lipid 1996 panel - Serum or Plasma', 'Cholesterol'),
  basic: concept(LOINC, '51990-0', 'Basic metabolic panel - Blood', 'Kidneys and salts'),
  bloodCount: concept(LOINC, '58410-2', 'CBC panel - Blood by Automated count', 'Blood count'),
  heart: concept(
    LOINC,
    '33762-6',
    'Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma',
    'Heart strain',
  ),
  thyroid: concept(LOINC, '3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'Thyroid'),
  liver: concept(LOINC, '1742-6', 'Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma', 'Liver'),
  inflammation: concept(LOINC, '1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma', 'Inflammation'),
  glucoseLoad: concept(
    LOINC,
    '1518-0',
    'Glucose [Mass/volume] in Serum or Plasma --2 hours post 75 g glucose PO',
    'Glucose test in pregnancy',
  ),
} as const;

/** Documents of studies (LOINC). */
export const STUDIES = {
  electrocardiogram: concept(LOINC, '11524-6', 'EKG study', 'Electrocardiogram (ECG)'),
  echocardiogram: concept(LOINC, '34552-0', 'Cardiac 2D echo panel', 'Echocardiography'),
  chestXray: concept(LOINC, '36643-5', 'XR Chest 2 Views', 'Chest X-ray'),
  obstetricUltrasound: concept(LOINC, '11525-3', 'US Pelvis and Fetus for pregnancy', 'Ultrasound of the unborn child'),
} as const;
