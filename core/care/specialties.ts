// The seven specialties a visit can be booked with, coded as in the FHIR R4 value set c80-practice-codes (SNOMED CT).

export const SNOMED = 'http://snomed.info/sct';

/** In the order in which equal suggestions are shown. */
export const SPECIALTIES = [
  { id: 'general-medicine', system: SNOMED, code: '394802001', display: 'General medicine' },
  { id: 'cardiology', system: SNOMED, code: '394579002', display: 'Cardiology' },
  { id: 'paediatrics', system: SNOMED, code: '394537008', display: 'Pediatric specialty' },
  { id: 'gynaecology-obstetrics', system: SNOMED, code: '394585009', display: 'Obstetrics and gynecology' },
  { id: 'orthopaedics', system: SNOMED, code: '394801008', display: 'Trauma and orthopedics' },
  { id: 'dermatology', system: SNOMED, code: '394582007', display: 'Dermatology' },
  { id: 'psychiatry', system: SNOMED, code: '394587001', display: 'Psychiatry' },
] as const;

export type SpecialtyId = (typeof SPECIALTIES)[number]['id'];

/** The specialty a SNOMED CT code stands for, undefined for any other code. */
export function specialtyByCode(code: string): SpecialtyId | undefined {
  return SPECIALTIES.find((specialty) => specialty.code === code)?.id;
}
