// A day's appointments by practitioner, and what the desk may do with each now. Pure; the server decides anew.
import { missedVisits } from '@clearchart/exchange';
import type { Resource } from '../record/fhir.ts';

export interface ScheduledAppointment extends Resource {
  status?: string;
  start?: string;
  participant?: { actor?: { reference?: string; display?: string } }[];
  /** Name as the desk sees it. */
  patient?: string;
  /** Visits that the patient has missed, when the desk books because of it. */
  missed?: number | undefined;
}

export interface PractitionerDay {
  practitioner: string;
  name: string;
  lines: ScheduledAppointment[];
}

type Act = 'check-in' | 'no-show' | 'cancel' | 'take-back';

const SHOWN: ReadonlySet<string | undefined> = new Set(['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled']);
/** As on the server: a person may come this long before the time. */
const CHECK_IN_BEFORE_MS = 12 * 60 * 60 * 1000;

const PRACTITIONER = 'Practitioner/';
const isPractitioner = (reference: string | undefined): reference is string =>
  reference?.startsWith(PRACTITIONER) === true;
const isPatient = (reference: string | undefined): reference is string => reference?.startsWith('Patient/') === true;

/** FHIR ids, each once. */
export function patientIds(appointments: readonly ScheduledAppointment[]): string[] {
  const references = appointments.flatMap(({ participant = [] }) => participant.map(({ actor }) => actor?.reference));
  return [...new Set(references.filter(isPatient).map((reference) => reference.slice('Patient/'.length)))];
}

/** FHIR ids, each once, of those whom their appointments do not name. */
export function unnamedPractitioners(appointments: readonly ScheduledAppointment[]): string[] {
  const actors = appointments.flatMap(({ participant = [] }) => participant.map(({ actor }) => actor));
  const unnamed = actors.flatMap((actor) =>
    actor?.display === undefined && isPractitioner(actor?.reference) ? actor.reference.slice(PRACTITIONER.length) : [],
  );
  return [...new Set(unnamed)];
}

/** `names`: by FHIR id of patient or practitioner; an appointment may name them itself. */
export function byPractitioner(
  appointments: readonly ScheduledAppointment[],
  names: ReadonlyMap<string, string>,
  missed: ReadonlyMap<string, number> = new Map(),
): PractitionerDay[] {
  const days = new Map<string, PractitionerDay>();
  const ordered = appointments
    .filter(({ status, start }) => SHOWN.has(status) && start !== undefined)
    .toSorted((one, other) => Date.parse(one.start ?? '') - Date.parse(other.start ?? ''));
  for (const appointment of ordered) {
    const actors = (appointment.participant ?? []).flatMap(({ actor }) => actor ?? []);
    const who = actors.find(({ reference }) => isPatient(reference));
    const id = who?.reference?.slice('Patient/'.length) ?? '';
    const patient = names.get(id) ?? who?.display ?? '';
    for (const { reference, display } of actors) {
      if (!isPractitioner(reference)) continue;
      const name = display ?? names.get(reference.slice(PRACTITIONER.length)) ?? reference;
      const day = days.get(reference) ?? { practitioner: reference, name, lines: [] };
      day.lines.push({ ...appointment, patient, missed: missed.get(id) });
      days.set(reference, day);
    }
  }
  return [...days.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

/** How many visits each patient has missed, by FHIR id; only those for whom the desk books because of it. */
export function countMissed(appointments: readonly ScheduledAppointment[], now: number): Map<string, number> {
  const starts = new Map<string, number[]>();
  for (const appointment of appointments)
    for (const id of patientIds([appointment]))
      starts.set(id, [...(starts.get(id) ?? []), Date.parse(appointment.start ?? '')]);
  const counted = [...starts].flatMap(([id, all]): [string, number][] => {
    const { count, deskBooksUntil } = missedVisits(all, now);
    return deskBooksUntil === undefined ? [] : [[id, count]];
  });
  return new Map(counted);
}

export function actsFor({ status, start }: ScheduledAppointment, now: number): Act[] {
  const begins = Date.parse(start ?? '');
  if (status === 'arrived' || status === 'noshow') return ['take-back'];
  if (status !== 'booked') return [];
  const acts: Act[] = [];
  if (now >= begins - CHECK_IN_BEFORE_MS) acts.push('check-in');
  if (now >= begins) acts.push('no-show');
  return [...acts, 'cancel'];
}
