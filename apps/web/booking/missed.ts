// Who has missed so many visits that the desk books for them, counted from the Appointments that the reader may see.
import { MISSED_COUNT_FOR_MS } from '@clearchart/exchange';
import { searchFhirFor } from '../connection/fhir.ts';
import { countMissed, type ScheduledAppointment } from './schedule.ts';

/** How many visits each of these patients has missed, by FHIR id; only those for whom the desk books. */
export async function missedTooOften(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, number>> {
  const since = encodeURIComponent(new Date(Date.now() - MISSED_COUNT_FOR_MS).toISOString());
  const pathOf = (some: string) => `Appointment?patient=${some}&status=noshow&date=ge${since}`;
  const found = await searchFhirFor<ScheduledAppointment>(ids, pathOf, signal);
  return countMissed(found, Date.now());
}
