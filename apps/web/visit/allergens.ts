// Substances and reactions that allergies are often about (SNOMED CT); a medicine is also found by its name in the formulary.
import { searchMedicines } from '@clearchart/care';
import type { CodeableConcept } from '../record/fhir.ts';

const SNOMED = 'http://snomed.info/sct';
const ATC = 'http://www.whocc.no/atc';

const snomed = (code: string, display: string, text = display): CodeableConcept => ({
  coding: [{ system: SNOMED, code, display }],
  text,
});

export const COMMON_ALLERGENS: readonly CodeableConcept[] = [
  snomed('764146007', 'Penicillin'),
  snomed('387458008', 'Aspirin'),
  snomed('387406002', 'Sulfonamide'),
  snomed('762952008', 'Peanut'),
  snomed('102263004', 'Egg'),
  snomed('3718001', 'Milk'),
  snomed('111088007', 'Latex'),
  snomed('260147004', 'House dust mite'),
];

export const COMMON_REACTIONS: readonly CodeableConcept[] = [
  snomed('271807003', 'Eruption of skin', 'Rash'),
  snomed('126485001', 'Urticaria', 'Hives'),
  snomed('56018004', 'Wheezing', 'Wheeze'),
  snomed('41291007', 'Angioedema', 'Swelling of the face'),
  snomed('39579001', 'Anaphylaxis'),
  snomed('422400008', 'Vomiting'),
];

const FOUND_AT_MOST = 6;

/** Single medicines by name or brand; none when a table is broken: the words as typed remain. */
export function searchAllergens(typed: string): CodeableConcept[] {
  try {
    const found = searchMedicines(typed).filter(({ ingredients }) => ingredients.length === 1);
    const byName = new Map(found.map(({ name, atc }) => [name, atc]));
    return [...byName]
      .slice(0, FOUND_AT_MOST)
      .map(([name, atc]) => ({ coding: [{ system: ATC, code: atc, display: name }], text: name }));
  } catch {
    return [];
  }
}
