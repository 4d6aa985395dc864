import { searchFhir } from '../connection/fhir.ts';
import { type Patient, personName } from '../record/fhir.ts';

/** Patients asked for in one search. */
const NAMES_AT_ONCE = 50;

/** By FHIR id, of those whom the reader may see. */
export async function patientNames(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let first = 0; first < ids.length; first += NAMES_AT_ONCE) {
    const some = ids.slice(first, first + NAMES_AT_ONCE).join(',');
    for (const { id, name } of await searchFhir<Patient>(`Patient?_id=${some}`, signal))
      names.set(id, personName(name));
  }
  return names;
}
