// Usual adult ranges, by LOINC code and UCUM unit, used only where the laboratory sent none, and said so beside the bar.
// Sources: ADA Standards of Care (HbA1c, fasting glucose), NCEP ATP III (lipids), WHO (body mass index, haemoglobin),
// ESC/ESH (blood pressure), KDIGO (glomerular filtration); the others are the intervals common to clinical laboratories.
import type { ReferenceRange } from '../parts/range.ts';

interface UsualRange extends ReferenceRange {
  unit: string;
}

const RANGES: Readonly<Record<string, UsualRange>> = {
  '4548-4': { unit: '%', high: 5.7 }, // HbA1c
  '2339-0': { unit: 'mg/dL', low: 70, high: 100 }, // glucose in blood, fasting
  '2345-7': { unit: 'mg/dL', low: 70, high: 100 }, // glucose in serum, fasting
  '2093-3': { unit: 'mg/dL', high: 200 }, // cholesterol
  '18262-6': { unit: 'mg/dL', high: 100 }, // LDL cholesterol
  '13457-7': { unit: 'mg/dL', high: 100 }, // LDL cholesterol, calculated
  '2085-9': { unit: 'mg/dL', low: 40 }, // HDL cholesterol
  '2571-8': { unit: 'mg/dL', high: 150 }, // triglycerides
  '39156-5': { unit: 'kg/m2', low: 18.5, high: 25 }, // body mass index
  '8480-6': { unit: 'mm[Hg]', low: 90, high: 130 }, // systolic pressure
  '8462-4': { unit: 'mm[Hg]', low: 60, high: 80 }, // diastolic pressure
  '8867-4': { unit: '/min', low: 60, high: 100 }, // heart rate
  '9279-1': { unit: '/min', low: 12, high: 20 }, // breathing rate
  '8310-5': { unit: 'Cel', low: 36.1, high: 37.5 }, // body temperature
  '718-7': { unit: 'g/dL', low: 12, high: 17.5 }, // haemoglobin
  '4544-3': { unit: '%', low: 36, high: 52 }, // haematocrit
  '6690-2': { unit: '10*3/uL', low: 4, high: 11 }, // white cells
  '789-8': { unit: '10*6/uL', low: 3.8, high: 5.9 }, // red cells
  '777-3': { unit: '10*3/uL', low: 150, high: 400 }, // platelets
  '787-2': { unit: 'fL', low: 80, high: 100 }, // MCV
  '785-6': { unit: 'pg', low: 27, high: 33 }, // MCH
  '786-4': { unit: 'g/dL', low: 32, high: 36 }, // MCHC
  '2947-0': { unit: 'mmol/L', low: 135, high: 145 }, // sodium
  '6298-4': { unit: 'mmol/L', low: 3.5, high: 5.1 }, // potassium
  '2069-3': { unit: 'mmol/L', low: 98, high: 107 }, // chloride
  '49765-1': { unit: 'mg/dL', low: 8.5, high: 10.5 }, // calcium
  '20565-8': { unit: 'mmol/L', low: 22, high: 29 }, // carbon dioxide
  '38483-4': { unit: 'mg/dL', low: 0.6, high: 1.3 }, // creatinine in blood
  '2160-0': { unit: 'mg/dL', low: 0.6, high: 1.3 }, // creatinine in serum
  '6299-2': { unit: 'mg/dL', low: 7, high: 20 }, // urea nitrogen
  '33914-3': { unit: 'mL/min/{1.73_m2}', low: 60 }, // glomerular filtration, estimated
};

/** The usual range for a code in exactly this unit, undefined when we have none. */
export function usualRange(loinc: string | undefined, unit: string | undefined): ReferenceRange | undefined {
  const range = loinc === undefined ? undefined : RANGES[loinc];
  return range === undefined || range.unit !== unit ? undefined : { low: range.low, high: range.high };
}
