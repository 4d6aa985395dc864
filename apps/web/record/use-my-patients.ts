import { useQuery } from '@tanstack/react-query';
import { getJson } from '../connection/get-json.ts';

/** The people in a care relationship with the practitioner that is current now. */
export function useMyPatients(enabled = true) {
  return useQuery({
    queryKey: ['my-patients'],
    enabled,
    queryFn: async ({ signal }) =>
      (await getJson('/api/my-patients', (shapes) => shapes.myPatientsSchema, signal)).patients,
  });
}
