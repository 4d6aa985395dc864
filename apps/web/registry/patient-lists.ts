import type * as Shapes from '@clearchart/api';
import type { Alike, AlikeAsked, IssuedCode, NewPractitioner, PatientListChecked } from '@clearchart/api';
import { sendJson } from '../connection/send-json.ts';

/** POSTs, and looks at the shape of the answer. */
async function ask<Answer>(
  path: string,
  body: object,
  shape: (shapes: typeof Shapes) => { parse(value: unknown): Answer },
): Promise<Answer> {
  const [answer, shapes] = await Promise.all([sendJson('POST', path, body), import('@clearchart/api')]);
  return shape(shapes).parse(answer);
}

/** Writes nothing: what is in the list, what is wrong with it, and who may be known. */
export function checkList(csv: string): Promise<PatientListChecked> {
  return ask('/api/patient-lists/check', { csv }, (shapes) => shapes.patientListCheckedSchema);
}

export function importList(csv: string, alsoKnown: boolean, expected: number) {
  return ask('/api/patient-lists', { csv, alsoKnown, expected }, (shapes) => shapes.patientListImportedSchema);
}

/** Who of the hospital's patients this may be. */
export async function findAlike(traits: AlikeAsked): Promise<readonly Alike[]> {
  return (await ask('/api/patients/alike', traits, (shapes) => shapes.alikeFoundSchema)).people;
}

/** Into the directory with a specialty, and invited. */
export function addPractitioner(practitioner: NewPractitioner): Promise<IssuedCode> {
  return ask('/api/practitioners', practitioner, (shapes) => shapes.issuedCodeSchema);
}
