// Who has missed so many visits that the desk books for them, counted from the Appointments that the reader may see.
import { MISSED_COUNT_FOR_MS } from '@clearchart/exchange';
import { searchFhir } from '../connection/fhir.ts';
import { countMissed, type ScheduledAppointment } from './schedule.ts';

/** Patients asked for in one search. */
const PATIENTS_AT_ONCE = 50;

/** How many visits each of these patients has missed, by FHIR id; only those for whom the desk books. */
export async function missedTooOften(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, number>> {
  const since = encodeURIComponent(new Date(Date.now() - MISSED_COUNT_FOR_MS).toISOString());
  const found: ScheduledAppointment[] = [];
  for (let first = 0; first < ids.length; first += PATIENTS_AT_ONCE) {
    const some = ids
      .slice(first, first + PATIENTS_AT_ONCE)
      .map(encodeURIComponent)
      .join(',');
    found.push(
      ...(await searchFhir<ScheduledAppointment>(`Appointment?patient=${some}&status=noshow&date=ge${since}`, signal)),
    );
  }
  return countMissed(found, Date.now());
}
