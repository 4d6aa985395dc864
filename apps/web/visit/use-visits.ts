import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { searchFhir } from '../connection/fhir.ts';
import type { Condition, MedicationRequest } from '../record/fhir.ts';
import type { Provenance } from './provenance.ts';
import { type Visit, type VisitEncounter, type VisitNote, type VisitOrder, visits } from './visits.ts';

/** The visits of one patient that were written on these pages. */
export function useVisits(patientId: string | undefined): UseQueryResult<Visit[]> {
  return useQuery({
    queryKey: ['record', patientId, 'visits'],
    enabled: patientId !== undefined,
    queryFn: async ({ signal }) => {
      const of = `?patient=${encodeURIComponent(patientId ?? '')}`;
      const [encounters, notes, conditions, requests, orders, provenances] = await Promise.all([
        searchFhir<VisitEncounter>(`Encounter${of}`, signal),
        searchFhir<VisitNote>(`DocumentReference${of}`, signal),
        searchFhir<Condition>(`Condition${of}`, signal),
        searchFhir<MedicationRequest>(`MedicationRequest${of}`, signal),
        searchFhir<VisitOrder>(`ServiceRequest${of}`, signal),
        searchFhir<Provenance>(`Provenance${of}`, signal),
      ]);
      return visits({ encounters, notes, conditions, requests, orders, provenances });
    },
  });
}
