/** What bothers a person, as it is stored: the symptoms tapped, the own words, since when (FHIR QuestionnaireResponse). */
import { SNOMED, symptomById } from '@clearchart/care';

export interface Complaint {
  readonly symptoms: readonly string[];
  readonly text: string;
  readonly since?: 'today' | 'days' | 'weeks' | 'longer' | undefined;
}

/** Our own ids, where no SNOMED CT code is known with certainty. */
export const SYMPTOM_SYSTEM = 'urn:clearchart:symptom';
export const QUESTIONNAIRE = 'urn:clearchart:questionnaire:symptoms';

export function isEmptyComplaint({ symptoms, text, since }: Complaint): boolean {
  return symptoms.length === 0 && text.trim() === '' && since === undefined;
}

/** For Appointment.reasonCode: the symptoms as codes, the own words as they are. */
export function reasonOf({ symptoms, text }: Complaint): object[] {
  const codes = symptoms.map((id) => ({ coding: codingsOf(id), text: wordsOf(id) }));
  return text.trim() === '' ? codes : [...codes, { text: text.trim() }];
}

export function questionnaireResponse(
  complaint: Complaint,
  patient: { readonly reference: string },
  authored: string,
  by: 'patient' | 'desk',
): object {
  const { symptoms, text, since } = complaint;
  const item = [
    { linkId: 'symptoms', answer: symptoms.map((id) => ({ valueCoding: codingsOf(id)[0] })) },
    { linkId: 'words', answer: text.trim() === '' ? [] : [{ valueString: text.trim() }] },
    { linkId: 'since', answer: since === undefined ? [] : [{ valueString: since }] },
  ];
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: QUESTIONNAIRE,
    status: 'completed',
    subject: patient,
    // What the desk wrote down, the patient said and did not write.
    ...(by === 'patient' ? { author: patient } : {}),
    source: patient,
    authored,
    item: item.filter(({ answer }) => answer.length > 0),
  };
}

function codingsOf(id: string): { system: string; code: string; display: string }[] {
  const display = wordsOf(id);
  const own = { system: SYMPTOM_SYSTEM, code: id, display };
  const snomed = symptomById(id)?.snomed;
  return snomed === undefined ? [own] : [own, { system: SNOMED, code: snomed, display }];
}

/** `chest-pain` reads "Chest pain". */
function wordsOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
