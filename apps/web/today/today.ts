// The day's appointments of one practitioner, in order, and who comes next. Pure.
import type { CodeableConcept } from '../record/fhir.ts';
import type { AppointmentResource } from '../visit/visit-bundle.ts';

export interface Appointment extends AppointmentResource {
  end?: string;
  description?: string;
  reasonCode?: CodeableConcept[];
  supportingInformation?: { reference?: string }[];
}

export type VisitState = 'expected' | 'arrived' | 'done' | 'missed' | 'cancelled';

export interface TodayLine {
  readonly appointment: Appointment;
  readonly patientId: string;
  readonly start: string;
  readonly state: VisitState;
  readonly reason: string | undefined;
}

const STATES: Readonly<Record<string, VisitState>> = {
  booked: 'expected',
  arrived: 'arrived',
  'checked-in': 'arrived',
  fulfilled: 'done',
  noshow: 'missed',
  cancelled: 'cancelled',
};

const MILLISECONDS_PER_DAY = 86_400_000;

/** The instants between which the reader's day lies, as FHIR writes them. */
export function dayOf(now: number): { from: string; until: string } {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const next = new Date(midnight.getTime() + MILLISECONDS_PER_DAY + MILLISECONDS_PER_DAY / 2);
  next.setHours(0, 0, 0, 0);
  return { from: midnight.toISOString(), until: next.toISOString() };
}

/** By time; what has no time, no patient or no meaning for the day is left out. */
export function todayLines(appointments: readonly Appointment[]): TodayLine[] {
  return appointments
    .flatMap((appointment): TodayLine[] => {
      const state = STATES[appointment.status ?? ''];
      const patient = appointment.participant?.find(({ actor }) => actor?.reference?.startsWith('Patient/'));
      const patientId = patient?.actor?.reference?.slice('Patient/'.length);
      const { start } = appointment;
      if (state === undefined || patientId === undefined || start === undefined) return [];
      const [reason] = appointment.reasonCode ?? [];
      const words = reason?.text ?? reason?.coding?.[0]?.display ?? appointment.description;
      return [{ appointment, patientId, start, state, reason: words }];
    })
    .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start));
}

/** Who has arrived, else who is expected, whoever comes first. */
export function nextOf(lines: readonly TodayLine[]): TodayLine | undefined {
  return lines.find(({ state }) => state === 'arrived') ?? lines.find(({ state }) => state === 'expected');
}

/** The appointment of a patient that a visit now would fulfil. */
export function openAppointmentOf(lines: readonly TodayLine[], patientId: string): Appointment | undefined {
  return nextOf(lines.filter((line) => line.patientId === patientId))?.appointment;
}
