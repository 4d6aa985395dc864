import { searchFhir } from '../connection/fhir.ts';
import { type HumanName, personName, type Resource } from '../record/fhir.ts';

/** People asked for in one search. */
const NAMES_AT_ONCE = 50;

/** By FHIR id, of those whom the reader may see. */
export async function namesOf(
  type: 'Patient' | 'Practitioner',
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let first = 0; first < ids.length; first += NAMES_AT_ONCE) {
    const some = ids.slice(first, first + NAMES_AT_ONCE).join(',');
    const found = await searchFhir<Resource & { name?: HumanName[] }>(`${type}?_id=${some}`, signal);
    for (const { id, name } of found) names.set(id, personName(name));
  }
  return names;
}
