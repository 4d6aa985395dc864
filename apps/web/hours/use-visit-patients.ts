import { useQuery } from '@tanstack/react-query';
import { patientIds, type ScheduledAppointment } from '../booking/schedule.ts';
import { namesOf } from '../booking/names.ts';
import { searchFhir } from '../connection/fhir.ts';

/** Appointments asked for in one search. */
const VISITS_AT_ONCE = 50;

/** Whose visits these are, by the FHIR id of the Appointment, as far as the reader may see it. */
export function useVisitPatients(ids: readonly string[], isDesk: boolean) {
  return useQuery({
    queryKey: ['hours', 'visits', ids],
    queryFn: async ({ signal }) => {
      const visits: ScheduledAppointment[] = [];
      for (let first = 0; first < ids.length; first += VISITS_AT_ONCE) {
        const some = ids.slice(first, first + VISITS_AT_ONCE).join(',');
        visits.push(...(await searchFhir<ScheduledAppointment>(`Appointment?_id=${some}`, signal)));
      }
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
