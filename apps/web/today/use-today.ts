import { useQuery, useQueryClient } from '@tanstack/react-query';
import { searchFhir } from '../connection/fhir.ts';
import { useLedgerEvents } from '../connection/ledger-events.ts';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { useSession } from '../connection/session.ts';
import { type Appointment, dayOf, todayLines } from './today.ts';

/** Covers a lost event stream, and the passing of midnight. */
const ASK_AGAIN_AFTER_MS = 30_000;

/** The signed-in practitioner's appointments of this day; follows every block, so that a booking shows by itself. */
export function useToday() {
  const { session } = useSession();
  const client = useQueryClient();
  const practitioner = session?.role === 'practitioner' ? session.person : undefined;
  useLedgerEvents((event) => {
    if (event.kind !== 'pending') void client.invalidateQueries({ queryKey: ['today'] });
  });
  return useQuery({
    queryKey: ['today', practitioner],
    // Which day it is the browser knows.
    meta: ONLY_IN_BROWSER,
    enabled: practitioner !== undefined,
    refetchInterval: ASK_AGAIN_AFTER_MS,
    queryFn: async ({ signal }) => {
      const { from, until } = dayOf(Date.now());
      const day = `date=ge${encodeURIComponent(from)}&date=lt${encodeURIComponent(until)}`;
      return todayLines(await searchFhir<Appointment>(`Appointment?actor=${practitioner}&${day}`, signal));
    },
  });
}
