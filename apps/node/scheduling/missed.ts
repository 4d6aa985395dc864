/** How often a person has not come, read from the Appointments that the desk has marked so. */
import { MISSED_COUNT_FOR_MS, missedVisits, type MissedVisits, spanOfDateTime } from '@clearchart/exchange';
import { contentOf, type ClinicalSession } from '../clinical/index.ts';

/** More than these change nothing. */
const MOST_MISSED = 1_000;

/** `person`: search criteria for all Appointments of the person. */
export function missedVisitsOf(session: Pick<ClinicalSession, 'find'>, person: string, now: number): MissedVisits {
  const at = (time: number) => encodeURIComponent(new Date(time).toISOString());
  const criteria = `${person}&status=noshow&date=ge${at(now - MISSED_COUNT_FOR_MS)}&date=le${at(now)}`;
  const starts = session
    .find('Appointment', criteria, MOST_MISSED)
    .flatMap((version) => spanOfDateTime(contentOf<{ start?: string }>(version).start ?? '')?.from ?? []);
  return missedVisits(starts, now);
}
