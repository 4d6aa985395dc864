/**
 * Clinical codes the demo uses, each with the words its publisher gives it. Sources: SNOMED CT International
 * Edition; CDC CVX; HL7 terminology. Laboratory tests (LOINC) and medicines (ATC) have tables of their own.
 */
import type { CodeableConcept } from '@medplum/fhirtypes';

export const SNOMED = 'http://snomed.info/sct';
export const LOINC = 'http://loinc.org';
const CVX = 'http://hl7.org/fhir/sid/cvx';

export function concept(system: string, code: string, display: string, text: string = display): CodeableConcept {
  return { coding: [{ system, code, display }], text };
}

const snomed = (code: string, display: string, text?: string) => concept(SNOMED, code, display, text);

export const CONDITIONS = {
  type2Diabetes: snomed('44054006', 'Diabetes mellitus type 2', 'Type 2 diabetes'),
  type1Diabetes: snomed('46635009', 'Diabetes mellitus type 1', 'Type 1 diabetes'),
  hypertension: snomed('59621000', 'Essential hypertension', 'Hypertension'),
  chestPain: snomed('29857009', 'Chest pain', 'Chest tightness on effort'),
  heartFailure: snomed('88805009', 'Chronic congestive heart failure', 'Chronic heart failure'),
  oldInfarction: snomed('1755008', 'Old myocardial infarction', 'Old heart attack'),
  kidneyDisease: snomed('433144002', 'Chronic kidney disease stage 3', 'Chronic kidney disease, stage 3'),
  copd: snomed('13645005', 'Chronic obstructive lung disease', 'Chronic obstructive lung disease (COPD)'),
  asthma: snomed('195967001', 'Asthma'),
  hypothyroidism: snomed('40930008', 'Hypothyroidism', 'Underactive thyroid'),
  osteoporosis: snomed('64859006', 'Osteoporosis'),
  pregnancy: snomed('72892002', 'Normal pregnancy', 'Pregnancy'),
  ironDeficiency: snomed('87522002', 'Iron deficiency anemia', 'Iron deficiency anaemia'),
  otitisMedia: snomed('65363002', 'Otitis media', 'Middle ear infection'),
  depression: snomed('35489007', 'Depressive disorder', 'Depression'),
  tuberculosis: snomed('154283005', 'Pulmonary tuberculosis', 'Tuberculosis of the lung'),
  pneumonia: snomed('233604007', 'Pneumonia'),
  appendicitis: snomed('74400008', 'Appendicitis'),
  lowBackPain: snomed('279039007', 'Low back pain', 'Pain in the lower back'),
  highCholesterol: snomed('13644009', 'Hypercholesterolemia', 'High cholesterol'),
  eczema: snomed('43116000', 'Eczema'),
  anxiety: snomed('197480006', 'Anxiety disorder'),
  migraine: snomed('37796009', 'Migraine'),
  reflux: snomed('235595009', 'Gastroesophageal reflux disease', 'Acid reflux'),
  kneeArthritis: snomed('239873007', 'Osteoarthritis of knee', 'Osteoarthritis of the knee'),
} as const;

export const ALLERGENS = {
  aspirin: snomed('387458008', 'Aspirin'),
  penicillin: snomed('764146007', 'Penicillin'),
  sulfonamide: snomed('387406002', 'Sulfonamide'),
  peanut: snomed('762952008', 'Peanut'),
  houseDustMite: snomed('260147004', 'House dust mite'),
  none: snomed('716186003', 'No known allergy'),
} as const;

export const REACTIONS = {
  wheezing: snomed('56018004', 'Wheezing', 'Wheeze'),
  rash: snomed('271807003', 'Eruption of skin', 'Rash'),
  urticaria: snomed('126485001', 'Urticaria', 'Hives'),
  sneezing: snomed('76067001', 'Sneezing'),
} as const;

export const VISITS = {
  checkUp: snomed('185349003', 'Encounter for check up', 'Check-up'),
  followUp: snomed('390906007', 'Follow-up encounter', 'Follow-up'),
  symptom: snomed('185345009', 'Encounter for symptom', 'Visit for a complaint'),
  prenatal: snomed('424619006', 'Prenatal visit', 'Antenatal visit'),
  wellChild: snomed('410620009', 'Well child visit', 'Child health visit'),
  inpatient: snomed('183452005', 'Emergency hospital admission', 'Emergency admission'),
} as const;

export const PROCEDURES = {
  electrocardiogram: snomed('29303009', 'Electrocardiographic procedure', 'Electrocardiogram (ECG)'),
  echocardiography: snomed('433236007', 'Transthoracic echocardiography', 'Echocardiography'),
  coronaryStent: snomed('415070008', 'Percutaneous coronary intervention', 'Coronary stent'),
  chestXray: snomed('399208008', 'Plain chest X-ray', 'Chest X-ray'),
  spirometry: snomed('127783003', 'Spirometry', 'Breathing test (spirometry)'),
  boneDensity: snomed('312681000', 'Bone density scan', 'Bone density scan'),
  appendectomy: snomed('80146002', 'Excision of appendix', 'Removal of the appendix'),
  obstetricUltrasound: snomed('268445003', 'Ultrasound scan - obstetric', 'Ultrasound of the unborn child'),
  footExamination: snomed('401191002', 'Diabetic foot examination', 'Foot check for diabetes'),
} as const;

export const BLOOD_GROUPS = {
  'O+': snomed('278147001', 'Blood group O Rh(D) positive', 'O+'),
  'O-': snomed('278148006', 'Blood group O Rh(D) negative', 'O−'),
  'A+': snomed('278149003', 'Blood group A Rh(D) positive', 'A+'),
  'B+': snomed('278150003', 'Blood group B Rh(D) positive', 'B+'),
  'AB+': snomed('278151004', 'Blood group AB Rh(D) positive', 'AB+'),
} as const;

export const SMOKING = {
  never: snomed('266919005', 'Never smoked tobacco', 'Never smoked'),
  former: snomed('8517006', 'Ex-smoker', 'Stopped smoking'),
} as const;

/** As in the FHIR R4 value set c80-practice-codes, which has only branches of paediatrics. */
export const SPECIALTIES = {
  generalMedicine: snomed('394802001', 'General medicine'),
  cardiology: snomed('394579002', 'Cardiology'),
  paediatrics: snomed('394537008', 'Pediatric specialty', 'Paediatrics'),
  obstetrics: snomed('394585009', 'Obstetrics and gynecology', 'Obstetrics and gynaecology'),
  orthopaedics: snomed('394801008', 'Trauma and orthopedics', 'Orthopaedics'),
  dermatology: snomed('394582007', 'Dermatology'),
  psychiatry: snomed('394587001', 'Psychiatry'),
} as const;

const cvx = (code: string, display: string, text: string) => concept(CVX, code, display, text);

export const VACCINES = {
  bcg: cvx('19', 'BCG', 'BCG (tuberculosis)'),
  hepatitisB: cvx('08', 'Hep B, adolescent or pediatric', 'Hepatitis B'),
  pentavalent: cvx('102', 'DTP-Hib-Hep B', 'Pentavalent (DTP, Hib, hepatitis B)'),
  polio: cvx('10', 'IPV', 'Polio, injected'),
  rotavirus: cvx('119', 'rotavirus, monovalent', 'Rotavirus'),
  measlesRubella: cvx('04', 'M/R', 'Measles and rubella'),
  dtp: cvx('01', 'DTP', 'Diphtheria, tetanus, pertussis'),
  tetanus: cvx('113', 'Td (adult) preservative free', 'Tetanus and diphtheria'),
  tdap: cvx('115', 'Tdap', 'Tetanus, diphtheria, pertussis'),
  influenza: cvx('140', 'Influenza, seasonal, injectable, preservative free', 'Influenza'),
  pneumococcal: cvx('133', 'Pneumococcal conjugate PCV 13', 'Pneumococcal'),
} as const;

export type BloodGroup = keyof typeof BLOOD_GROUPS;
