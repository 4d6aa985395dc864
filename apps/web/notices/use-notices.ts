// The bell's lines for whoever is signed in, fetched again when the ledger moves.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { readerName } from '../accesses/reader-name.ts';
import { useDeskDisputes, useDisputes } from '../accesses/use-disputes.ts';
import { readFhir, searchFhir } from '../connection/fhir.ts';
import { statusOf } from '../connection/fault-words.ts';
import { useLedgerEvents } from '../connection/ledger-events.ts';
import { ownPatientId, type Session } from '../connection/session.ts';
import { useAccessesCheck } from '../proof/use-accesses-check.ts';
import type { Bundle, Resource } from '../record/fhir.ts';
import { useAccounts } from '../registry/use-registry.ts';
import {
  type AheadVisit,
  type Changed,
  newestFirst,
  type Notice,
  NOTICE_DAYS,
  noticesOf,
  REMINDED_HOURS,
  remindersOf,
} from './notice.ts';

/** Of each type; more than that of one month is not read one by one. */
const OF_EACH = 50;
/** So long after the ledger moved, not all pages of a hospital at the same moment. */
const AFTER_MS = 1_000;
const SPREAD_MS = 1_000;
/** The ledger moves every second while much is written; the lists of one page follow at this pace. */
const AT_MOST_EVERY_MS = 10_000;
const KEYS = ['notices', 'accesses', 'disputes', 'desk-disputes', 'accounts'];

const PATIENT_SEARCHES = ['DiagnosticReport', 'Observation?category=laboratory', 'MedicationRequest', 'Appointment'];

async function changedSince(search: string, person: string, signal: AbortSignal): Promise<Changed[]> {
  const since = new Date(Date.now() - NOTICE_DAYS * 86_400_000).toISOString();
  const separator = search.includes('?') ? '&' : '?';
  const path = `${search}${separator}${person}&_lastUpdated=ge${since}&_sort=-_lastUpdated&_count=${OF_EACH}`;
  try {
    const bundle = await readFhir<Bundle<Resource & Changed>>(path, signal);
    return (bundle.entry ?? []).map(({ resource }) => resource);
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 403) return [];
    throw error;
  }
}

async function remindersFor(patient: string, signal: AbortSignal): Promise<Notice[]> {
  const now = Date.now();
  const day = `date=ge${new Date(now).toISOString()}&date=lt${new Date(now + REMINDED_HOURS * 3_600_000).toISOString()}`;
  return remindersOf(
    await searchFhir<Resource & AheadVisit>(`Appointment?patient=${patient}&status=booked&${day}`, signal),
    now,
  );
}

function useChanged(session: Session, patient: string | undefined) {
  const practitioner = session.role === 'practitioner' ? session.person : undefined;
  return useQuery({
    queryKey: ['notices', session.accountId],
    enabled: patient !== undefined || practitioner !== undefined,
    queryFn: async ({ signal }): Promise<Notice[]> => {
      if (patient === undefined) {
        const found = await changedSince('Appointment', `actor=${practitioner}`, signal);
        return noticesOf(found, '/patients');
      }
      const lists = await Promise.all(
        PATIENT_SEARCHES.map((search) => changedSince(search, `patient=${patient}`, signal)),
      );
      return [...noticesOf(lists.flat(), '/me'), ...(await remindersFor(patient, signal))];
    },
  });
}

function useFollowLedger(): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastAt = useRef(0);
  useLedgerEvents(() => {
    const soon = AFTER_MS + Math.random() * SPREAD_MS;
    const delay = Math.max(soon, lastAt.current + AT_MOST_EVERY_MS - Date.now());
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      lastAt.current = Date.now();
      void client.invalidateQueries({ predicate: ({ queryKey }) => KEYS.includes(String(queryKey[0])) });
    }, delay);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

export function useNotices(session: Session): Notice[] {
  const { t } = useTranslation();
  useFollowLedger();
  const patient = ownPatientId(session);
  const desk = session.role === 'administrator';
  const changed = useChanged(session, patient).data ?? [];
  const accesses = useAccessesCheck(patient).data?.lines ?? [];
  const disputes = useDisputes(patient).data ?? [];
  const questions = useDeskDisputes(desk).data ?? [];
  const people = useAccounts('unverified', 1, desk).data?.accounts ?? [];
  const notices: Notice[] = [
    ...changed,
    ...accesses.map(
      (line): Notice => ({
        id: `access/${line.access}`,
        kind: line.emergency ? 'emergency' : 'opened',
        at: line.at,
        name: readerName(line, t),
        to: '/me/accesses',
      }),
    ),
    ...disputes.flatMap(({ id, answer }): Notice[] =>
      answer === undefined
        ? []
        : [{ id: `answer/${id}`, kind: 'answered', at: Date.parse(answer.at), to: '/me/accesses' }],
    ),
    ...waiting(
      'desk-disputes',
      questions.map(({ askedAt }) => Date.parse(askedAt)),
    ),
    ...waiting(
      'desk-people',
      people.map(({ createdAt }) => createdAt),
    ),
  ];
  return newestFirst(notices, Date.now());
}

/** What waits at the desk is one line, as old as its newest. */
function waiting(kind: 'desk-disputes' | 'desk-people', times: readonly number[]): Notice[] {
  return times.length === 0 ? [] : [{ id: kind, kind, at: Math.max(...times), count: times.length, to: '/registry' }];
}
