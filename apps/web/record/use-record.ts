// One patient's record, fetched in parallel, each list to its end.
import { useQuery } from '@tanstack/react-query';
import { readFhir, searchFhir } from '../connection/fhir.ts';
import type {
  AllergyIntolerance,
  Condition,
  DocumentReference,
  MedicationRequest,
  Observation,
  Patient,
  Resource,
  TimelineResource,
} from './fhir.ts';
import type { Provenance } from '../visit/provenance.ts';

const TIMELINE_TYPES = ['Encounter', 'Procedure', 'Immunization', 'DiagnosticReport'] as const;

export function usePatient(id: string | undefined) {
  return useQuery({
    queryKey: ['record', id, 'Patient'],
    enabled: id !== undefined,
    queryFn: ({ signal }) => readFhir<Patient>(`Patient/${encodeURIComponent(id ?? '')}`, signal),
  });
}

function useOf<Item extends Resource>(id: string | undefined, type: string, sort = '') {
  return useQuery({
    queryKey: ['record', id, type],
    enabled: id !== undefined,
    queryFn: ({ signal }) => searchFhir<Item>(`${type}?patient=${encodeURIComponent(id ?? '')}${sort}`, signal),
  });
}

export function useConditions(id: string | undefined) {
  return useOf<Condition>(id, 'Condition');
}

export function useAllergies(id: string | undefined) {
  return useOf<AllergyIntolerance>(id, 'AllergyIntolerance');
}

export function useMedicationRequests(id: string | undefined) {
  return useOf<MedicationRequest>(id, 'MedicationRequest');
}

export function useObservations(id: string | undefined) {
  return useOf<Observation>(id, 'Observation', '&_sort=-date');
}

export function useDocuments(id: string | undefined) {
  return useOf<DocumentReference>(id, 'DocumentReference', '&_sort=-date');
}

export function useProvenances(id: string | undefined) {
  return useOf<Provenance>(id, 'Provenance');
}

export function useTimeline(id: string | undefined) {
  return useQuery({
    queryKey: ['record', id, 'timeline'],
    enabled: id !== undefined,
    queryFn: async ({ signal }): Promise<TimelineResource[]> => {
      const patient = encodeURIComponent(id ?? '');
      const lists = await Promise.all(
        TIMELINE_TYPES.map((type) => searchFhir<TimelineResource>(`${type}?patient=${patient}&_sort=-date`, signal)),
      );
      return lists.flat();
    },
  });
}
