/** The transactions that book, move, change and cancel a visit: all of it or nothing, sealed and anchored like every record. */
import type { TimeSlot } from '@clearchart/exchange';
import { type Complaint, isEmptyComplaint, questionnaireResponse, reasonOf } from './complaint.ts';
import type { BookableDoctor } from './doctors.ts';

const SCHEDULES = 'urn:clearchart:schedule-of-role';
const MINUTE_MS = 60_000;
const SCHEDULE = 'urn:uuid:00000000-0000-4000-8000-000000000001';
const SLOT = 'urn:uuid:00000000-0000-4000-8000-000000000002';
const ANSWERS = 'urn:uuid:00000000-0000-4000-8000-000000000003';
export const NEW_APPOINTMENT = 'urn:uuid:00000000-0000-4000-8000-000000000004';

/** The parts of a stored Appointment that booking reads. */
export interface StoredAppointment {
  readonly resourceType: 'Appointment';
  readonly id: string;
  readonly meta?: { readonly versionId?: string };
  readonly status?: string;
  readonly start?: string;
  readonly end?: string;
  readonly slot?: readonly { readonly reference?: string }[];
  readonly participant?: readonly { readonly actor?: { readonly reference?: string } }[];
}

export interface StoredSlot {
  readonly resourceType: 'Slot';
  readonly id: string;
  readonly meta?: { readonly versionId?: string };
}

type Entry = { readonly fullUrl?: string; readonly resource: object; readonly request: object };

export interface BookingFacts {
  readonly doctor: BookableDoctor;
  readonly slot: TimeSlot;
  /** FHIR id */
  readonly patientId: string;
  readonly patientName: string;
  readonly complaint: Complaint;
  readonly now: number;
  readonly by: 'patient' | 'desk';
}

export function bookingEntries({ doctor, slot, patientId, patientName, complaint, now, by }: BookingFacts): Entry[] {
  const [start, end] = [new Date(slot.start).toISOString(), new Date(slot.end).toISOString()];
  const patient = { reference: `Patient/${patientId}` };
  const practitioner = { reference: `Practitioner/${doctor.practitioner}`, display: doctor.name };
  const place = doctor.location === undefined ? [] : [{ reference: doctor.location, display: doctor.place }];
  const asked = !isEmptyComplaint(complaint);
  const key = `${SCHEDULES}|${doctor.role}`;
  const schedule = {
    resourceType: 'Schedule',
    identifier: [{ system: SCHEDULES, value: doctor.role }],
    active: true,
    actor: [practitioner, { reference: `PractitionerRole/${doctor.role}` }],
  };
  const busy = { resourceType: 'Slot', schedule: { reference: SCHEDULE }, status: 'busy', start, end };
  const appointment = {
    resourceType: 'Appointment',
    status: 'booked',
    slot: [{ reference: SLOT }],
    start,
    end,
    minutesDuration: Math.round((slot.end - slot.start) / MINUTE_MS),
    created: new Date(now).toISOString(),
    ...(asked ? { reasonCode: reasonOf(complaint), supportingInformation: [{ reference: ANSWERS }] } : {}),
    participant: [
      { actor: { ...patient, display: patientName }, status: 'accepted' },
      { actor: practitioner, status: 'accepted' },
      ...place.map((actor) => ({ actor, status: 'accepted' })),
    ],
  };
  return [
    {
      fullUrl: SCHEDULE,
      resource: schedule,
      request: { method: 'POST', url: 'Schedule', ifNoneExist: `identifier=${key}` },
    },
    { fullUrl: SLOT, resource: busy, request: { method: 'POST', url: 'Slot' } },
    ...(asked
      ? [
          {
            fullUrl: ANSWERS,
            resource: questionnaireResponse(complaint, patient, new Date(now).toISOString(), by),
            request: { method: 'POST', url: 'QuestionnaireResponse' },
          },
        ]
      : []),
    { fullUrl: NEW_APPOINTMENT, resource: appointment, request: { method: 'POST', url: 'Appointment' } },
  ];
}

/** A new version, refused when somebody has written another meanwhile. */
export function changed<Stored extends StoredAppointment | StoredSlot>(stored: Stored, change: object): Entry {
  const { resourceType, id, meta } = stored;
  return {
    resource: { ...stored, ...change },
    request: { method: 'PUT', url: `${resourceType}/${id}`, ifMatch: `W/"${meta?.versionId}"` },
  };
}

export function transaction(entry: readonly Entry[]): object {
  return { resourceType: 'Bundle', type: 'transaction', entry };
}
