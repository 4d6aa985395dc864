import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMyPatients } from '../record/use-my-patients.ts';
import type { TodayLine } from './today.ts';

/** Names for the lines of the day; whoever has been booked just now is asked for once more. */
export function useNames(lines: readonly TodayLine[]): (line: TodayLine) => string {
  const { t } = useTranslation();
  const { data, refetch } = useMyPatients();
  const known = new Map((data ?? []).map(({ id, name }) => [id, name]));
  const unknown = lines
    .map(({ patientId }) => patientId)
    .filter((id) => !known.has(id))
    .join();
  const loaded = data !== undefined;
  useEffect(() => {
    if (loaded && unknown !== '') void refetch();
  }, [loaded, unknown, refetch]);
  return ({ patientId, appointment }) =>
    known.get(patientId) ??
    appointment.participant?.find(({ actor }) => actor?.reference === `Patient/${patientId}`)?.actor?.display ??
    t('today.somebody');
}
