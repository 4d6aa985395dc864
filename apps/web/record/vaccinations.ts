// Vaccinations by vaccine: how many doses, and when the newest was. Pure.
import { conceptWords, type Resource, type TimelineResource } from './fhir.ts';

export interface Vaccination {
  words: string;
  /** Of the newest dose. */
  resource: Resource;
  /** Newest first; a dose without a date is not counted among them. */
  dates: string[];
}

/** Only what was given: planned, refused and mistaken ones are no protection. */
export function vaccinations(immunizations: readonly TimelineResource[]): Vaccination[] {
  const given = immunizations
    .filter(({ status }) => status === 'completed')
    .toSorted((one, other) => (other.occurrenceDateTime ?? '').localeCompare(one.occurrenceDateTime ?? ''));
  const groups = new Map<string, Vaccination>();
  for (const resource of given) {
    const words = conceptWords(resource.vaccineCode) ?? '';
    const group = groups.get(words) ?? { words, resource, dates: [] };
    if (resource.occurrenceDateTime !== undefined) group.dates.push(resource.occurrenceDateTime);
    groups.set(words, group);
  }
  return [...groups.values()];
}
