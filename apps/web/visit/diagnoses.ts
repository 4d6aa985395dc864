// Search in the table of common diagnoses. Pure.
import type { CodeableConcept } from '../record/fhir.ts';
import { DIAGNOSIS_ROWS } from './diagnosis-rows.ts';

export interface CommonDiagnosis {
  readonly icd10: string;
  readonly name: string;
  readonly concept: CodeableConcept;
  /** Plain letters of name and other words. */
  readonly words: readonly string[];
}

const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
const SNOMED = 'http://snomed.info/sct';
const FOUND_AT_MOST = 8;

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f’']/g, '')
    .toLowerCase();

export const COMMON_DIAGNOSES: readonly CommonDiagnosis[] = DIAGNOSIS_ROWS.split('\n')
  .filter((row) => row.trim() !== '')
  .map((row) => {
    const [icd10 = '', snomed = '', name = '', others = ''] = row.split('|').map((cell) => cell.trim());
    const codings = [
      { system: ICD10, code: icd10, display: name },
      ...(snomed === '' ? [] : [{ system: SNOMED, code: snomed }]),
    ];
    return {
      icd10,
      name,
      // The pages take the first coding for the code of a problem: SNOMED CT, where there is one.
      concept: { coding: codings.toReversed(), text: name },
      words: `${name} ${others}`.split(/[\s,()-]+/).map(plain),
    };
  });

/** Every word that was typed must begin a word of the row, or the typed text its code; names that begin with it come first. */
export function searchDiagnoses(typed: string): CommonDiagnosis[] {
  const text = plain(typed.trim());
  const wanted = text.split(/[\s,()-]+/).filter((word) => word !== '');
  if (wanted.length === 0) return [];
  return COMMON_DIAGNOSES.filter(
    ({ words, icd10 }) =>
      icd10.toLowerCase().startsWith(text) || wanted.every((word) => words.some((one) => one.startsWith(word))),
  )
    .toSorted((one, other) => Number(plain(other.name).startsWith(text)) - Number(plain(one.name).startsWith(text)))
    .slice(0, FOUND_AT_MOST);
}
