/** One line of the bell. It says what kind of thing happened: the content stands on the page it leads to. */
export type NoticeKind =
  | 'answered'
  | 'appointment'
  | 'cancelled'
  | 'desk-disputes'
  | 'desk-people'
  | 'emergency'
  | 'opened'
  | 'prescription'
  | 'reminder'
  | 'results';

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Who opened the record. */
  readonly name?: string;
  readonly count?: number;
  /** When the visit is, of which it reminds. */
  readonly visitAt?: number;
  readonly to: '/me' | '/me/accesses' | '/patients' | '/registry';
}

/** Days that a notice stays in the list. */
export const NOTICE_DAYS = 30;
const SHOWN_AT_MOST = 20;

/** As FHIR hands it back, as far as a notice looks. */
export interface Changed {
  readonly resourceType: string;
  readonly id: string;
  readonly status?: string;
  readonly meta?: { readonly lastUpdated?: string };
}

const DAY = 10;

/** Results of one day are one notice; each prescription and appointment is its own. */
export function noticesOf(changed: readonly Changed[], to: Notice['to']): Notice[] {
  const results = new Map<string, Changed[]>();
  const notices: Notice[] = [];
  for (const one of changed) {
    const updated = one.meta?.lastUpdated;
    if (updated === undefined) continue;
    const at = Date.parse(updated);
    const id = `${one.resourceType}/${one.id}`;
    if (one.resourceType === 'Appointment') {
      notices.push({ id, at, to, kind: one.status === 'cancelled' ? 'cancelled' : 'appointment' });
    } else if (one.resourceType === 'MedicationRequest') {
      notices.push({ id, at, to, kind: 'prescription' });
    } else {
      const day = updated.slice(0, DAY);
      results.set(day, [...(results.get(day) ?? []), one]);
    }
  }
  for (const [day, found] of results) {
    const at = Math.max(...found.map(({ meta }) => Date.parse(meta?.lastUpdated ?? '')));
    notices.push({ id: `results/${day}`, at, to, kind: 'results', count: found.length });
  }
  return notices;
}

/** Hours before a visit from which the bell reminds of it. */
export const REMINDED_HOURS = 24;

export interface AheadVisit {
  readonly id: string;
  readonly start?: string;
}

export function remindersOf(visits: readonly AheadVisit[], now: number): Notice[] {
  return visits.flatMap(({ id, start }): Notice[] => {
    const visitAt = Date.parse(start ?? '');
    const at = visitAt - REMINDED_HOURS * 3_600_000;
    return visitAt > now && at <= now
      ? [{ id: `reminder/${id}/${visitAt}`, kind: 'reminder', at, visitAt, to: '/me' }]
      : [];
  });
}

/** The newest first, and not more than one looks at. */
export function newestFirst(notices: readonly Notice[], now: number): Notice[] {
  const from = now - NOTICE_DAYS * 86_400_000;
  return notices
    .filter(({ at }) => at >= from)
    .toSorted((left, right) => right.at - left.at)
    .slice(0, SHOWN_AT_MOST);
}
