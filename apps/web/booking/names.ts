import { searchFhirFor } from '../connection/fhir.ts';
import { type HumanName, personName, type Resource } from '../record/fhir.ts';

/** By FHIR id, of those whom the reader may see. */
export async function namesOf(
  type: 'Patient' | 'Practitioner',
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const found = await searchFhirFor<Resource & { name?: HumanName[] }>(ids, (some) => `${type}?_id=${some}`, signal);
  return new Map(found.map(({ id, name }) => [id, personName(name)]));
}
