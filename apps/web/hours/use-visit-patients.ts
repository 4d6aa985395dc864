import { useQuery } from '@tanstack/react-query';
import { patientIds, type ScheduledAppointment } from '../booking/schedule.ts';
import { namesOf } from '../booking/names.ts';
import { searchFhirFor } from '../connection/fhir.ts';

/** Whose visits these are, by the FHIR id of the Appointment, as far as the reader may see it. */
export function useVisitPatients(ids: readonly string[], isDesk: boolean) {
  return useQuery({
    queryKey: ['hours', 'visits', ids],
    queryFn: async ({ signal }) => {
      const visits = await searchFhirFor<ScheduledAppointment>(ids, (some) => `Appointment?_id=${some}`, signal);
      // Who treats is told the name by the visit itself; a search for it would count as one more opening.
      const names = isDesk ? await namesOf('Patient', patientIds(visits), signal) : new Map<string, string>();
      return new Map(
        visits.flatMap((visit) => {
          const [id] = patientIds([visit]);
          if (id === undefined) return [];
          const actor = visit.participant?.find((one) => one.actor?.reference === `Patient/${id}`)?.actor;
          return [[visit.id, { id, name: names.get(id) ?? actor?.display }] as const];
        }),
      );
    },
  });
}
