/** What may happen to a booked visit, by whom and when: booked → arrived → fulfilled, or not shown, or cancelled. */

/** FHIR R4 Appointment.status, those that a visit goes through here. */
export type AppointmentStatus = 'booked' | 'arrived' | 'fulfilled' | 'noshow' | 'cancelled';

/** `take-back` undoes what the desk has marked. */
export type AppointmentAct = 'check-in' | 'no-show' | 'cancel' | 'take-back';

export type AppointmentRefusal = 'not-yours-to-do' | 'state-does-not-allow' | 'too-early' | 'too-late';

/** A person may come this long before the time. */
const CHECK_IN_BEFORE_MS = 12 * 60 * 60 * 1000;

interface Rule {
  readonly from: readonly string[];
  readonly to: AppointmentStatus;
  readonly patientMay?: boolean;
}

const RULES: Readonly<Record<AppointmentAct, Rule>> = {
  'check-in': { from: ['booked'], to: 'arrived' },
  'no-show': { from: ['booked'], to: 'noshow' },
  cancel: { from: ['booked', 'arrived'], to: 'cancelled', patientMay: true },
  'take-back': { from: ['arrived', 'noshow'], to: 'booked' },
};

export interface AppointmentMoment {
  readonly status: string;
  /** Milliseconds. */
  readonly start: number;
  readonly now: number;
  readonly by: 'patient' | 'desk';
}

/** The next status, or why not. */
export function nextStatus(
  act: AppointmentAct,
  { status, start, now, by }: AppointmentMoment,
): { readonly status: AppointmentStatus } | { readonly refused: AppointmentRefusal } {
  const { from, to, patientMay } = RULES[act];
  if (by === 'patient' && patientMay !== true) return { refused: 'not-yours-to-do' };
  if (!from.includes(status)) return { refused: 'state-does-not-allow' };
  if (act === 'check-in' && now < start - CHECK_IN_BEFORE_MS) return { refused: 'too-early' };
  if (act === 'no-show' && now < start) return { refused: 'too-early' };
  if (by === 'patient' && (now >= start || status !== 'booked')) return { refused: 'too-late' };
  return { status: to };
}

/** FHIR R4 Appointment.status of those that take their practitioner's time: all but cancelled, noshow and entered-in-error. */
export const STATUSES_THAT_TAKE_TIME: readonly string[] = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'checked-in',
  'waitlist',
];
