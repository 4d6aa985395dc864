// One patient's record, fetched in parallel: what the summary needs at once, the timeline by its newest entries.
import { useQuery } from '@tanstack/react-query';
import { readFhir, searchFhir } from '../connection/fhir.ts';
import type {
  AllergyIntolerance,
  Condition,
  MedicationRequest,
  Observation,
  Patient,
  Resource,
  TimelineResource,
} from './fhir.ts';

/** Resources fetched of each type; the page says when there may be more. */
export const FETCHED_AT_MOST = 200;
const TIMELINE_TYPES = ['Encounter', 'Procedure', 'Immunization', 'DiagnosticReport'] as const;

export function usePatient(id: string | undefined) {
  return useQuery({
    queryKey: ['record', id, 'Patient'],
    enabled: id !== undefined,
    queryFn: ({ signal }) => readFhir<Patient>(`Patient/${encodeURIComponent(id ?? '')}`, signal),
  });
}

function useOf<Item extends Resource>(
  id: string | undefined,
  type: string,
  sort: string | undefined,
  count: number,
  enabled: boolean,
) {
  return useQuery({
    queryKey: ['record', id, type, count],
    enabled: id !== undefined && enabled,
    queryFn: ({ signal }) =>
      searchFhir<Item>(
        `${type}?patient=${encodeURIComponent(id ?? '')}&_count=${count}${sort === undefined ? '' : `&_sort=${sort}`}`,
        signal,
      ),
  });
}

export function useConditions(id: string | undefined) {
  return useOf<Condition>(id, 'Condition', undefined, FETCHED_AT_MOST, true);
}

export function useAllergies(id: string | undefined) {
  return useOf<AllergyIntolerance>(id, 'AllergyIntolerance', undefined, FETCHED_AT_MOST, true);
}

export function useMedicationRequests(id: string | undefined) {
  return useOf<MedicationRequest>(id, 'MedicationRequest', undefined, FETCHED_AT_MOST, true);
}

export function useObservations(id: string | undefined) {
  return useOf<Observation>(id, 'Observation', '-date', FETCHED_AT_MOST, true);
}

/** The newest `count` resources of each type that stands in the timeline. */
export function useTimeline(id: string | undefined, count: number) {
  return useQuery({
    queryKey: ['record', id, 'timeline', count],
    enabled: id !== undefined,
    queryFn: async ({ signal }): Promise<TimelineResource[]> => {
      const patient = encodeURIComponent(id ?? '');
      const lists = await Promise.all(
        TIMELINE_TYPES.map((type) =>
          searchFhir<TimelineResource>(`${type}?patient=${patient}&_sort=-date&_count=${count}`, signal),
        ),
      );
      return lists.flat();
    },
  });
}
