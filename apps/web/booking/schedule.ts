// A day's appointments by practitioner, and what the desk may do with each now. Pure; the server decides anew.
import type { Resource } from '../record/fhir.ts';

export interface ScheduledAppointment extends Resource {
  status?: string;
  start?: string;
  participant?: { actor?: { reference?: string; display?: string } }[];
  /** Name as the desk sees it. */
  patient?: string;
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

const isPatient = (reference: string | undefined): reference is string => reference?.startsWith('Patient/') === true;

/** FHIR ids, each once. */
export function patientIds(appointments: readonly ScheduledAppointment[]): string[] {
  const references = appointments.flatMap(({ participant = [] }) => participant.map(({ actor }) => actor?.reference));
  return [...new Set(references.filter(isPatient).map((reference) => reference.slice('Patient/'.length)))];
}

/** `names`: by FHIR id of the patient; an appointment may name its patient itself. */
export function byPractitioner(
  appointments: readonly ScheduledAppointment[],
  names: ReadonlyMap<string, string>,
): PractitionerDay[] {
  const days = new Map<string, PractitionerDay>();
  const ordered = appointments
    .filter(({ status, start }) => SHOWN.has(status) && start !== undefined)
    .toSorted((one, other) => Date.parse(one.start ?? '') - Date.parse(other.start ?? ''));
  for (const appointment of ordered) {
    const actors = (appointment.participant ?? []).flatMap(({ actor }) => actor ?? []);
    const who = actors.find(({ reference }) => isPatient(reference));
    const patient = names.get(who?.reference?.slice('Patient/'.length) ?? '') ?? who?.display ?? '';
    for (const { reference, display } of actors) {
      if (reference?.startsWith('Practitioner/') !== true) continue;
      const day = days.get(reference) ?? { practitioner: reference, name: display ?? reference, lines: [] };
      day.lines.push({ ...appointment, patient });
      days.set(reference, day);
    }
  }
  return [...days.values()].toSorted((one, other) => one.name.localeCompare(other.name));
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
