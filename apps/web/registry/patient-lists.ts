import type {
  Alike,
  AlikeAsked,
  IssuedCode,
  NewPractitioner,
  PatientListChecked,
  PatientListWriting,
} from '@clearchart/api';
import { getJson } from '../connection/get-json.ts';
import { postJson } from '../connection/post-json.ts';
import { sendJson } from '../connection/send-json.ts';

/** Writes nothing: what is in the list, what is wrong with it, and who may be known. */
export function checkList(csv: string): Promise<PatientListChecked> {
  return postJson('/api/patient-lists/check', { csv }, (shapes) => shapes.patientListCheckedSchema);
}

/** Begins to write it; the same list again goes on where it was. */
export function startList(csv: string, alsoKnown: boolean, expected: number): Promise<PatientListWriting> {
  return postJson('/api/patient-lists', { csv, alsoKnown, expected }, (shapes) => shapes.patientListWritingSchema);
}

/** The list that is being written, or was the last since the hospital's server started. */
export async function lastList(signal?: AbortSignal): Promise<PatientListWriting | null> {
  const { list } = await getJson('/api/patient-lists/last', (shapes) => shapes.lastPatientListSchema, signal);
  return list ?? null;
}

/** Answers when the piece under way is written. */
export async function breakOffList(): Promise<void> {
  await sendJson('DELETE', '/api/patient-lists/last');
}

/** Who of the hospital's patients this may be. */
export async function findAlike(traits: AlikeAsked): Promise<readonly Alike[]> {
  return (await postJson('/api/patients/alike', traits, (shapes) => shapes.alikeFoundSchema)).people;
}

/** Into the directory with a specialty, and invited. */
export function addPractitioner(practitioner: NewPractitioner): Promise<IssuedCode> {
  return postJson('/api/practitioners', practitioner, (shapes) => shapes.issuedCodeSchema);
}
