/**
 * Bookings are decided one after another: what one person has and holds is looked up and the visit written before the next decision
 * begins. That no practitioner is given away twice is the store's to hold (S4); here the time is offered, and refused early.
 */
import type { Booked } from '@clearchart/api';
import {
  type AppointmentAct,
  type Clock,
  freeSlots,
  type MissedVisits,
  nextStatus,
  overlaps,
  type TimeSlot,
  VISIT_MINUTES,
  type WallClock,
} from '@clearchart/exchange';
import type { JoinedRecords } from '../accesses/index.ts';
import { contentOf, type ClinicalSession, takenTimes, visitsOf } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';
import { OneByOne } from '../one-by-one.ts';
import { parsePatient, personName } from '../routes/patient-lines.ts';
import { bookingEntries, changed, type StoredAppointment, type StoredSlot, transaction } from './appointment-bundle.ts';
import { Allowance } from './allowance.ts';
import { closedTimes, openHours } from './availability.ts';
import type { Complaint } from './complaint.ts';
import { type BookableDoctor, Doctors } from './doctors.ts';
import { Holds } from './holds.ts';
import { missedVisitsOf } from './missed.ts';

/** Times further ahead are not offered. */
const HORIZON_MS = 60 * 24 * 60 * 60_000;
/** Visits ahead that one patient may have booked for the own person; the desk books more. */
const MOST_AHEAD = 8;
/** Visits that one patient may book, move or cancel in a day. */
const CHANGES_A_DAY = 30;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface BookingPorts {
  /** With the hospital's own right; who may book for whom has been decided before. */
  readonly session: ClinicalSession;
  readonly clock: Clock;
  readonly wall: WallClock;
  /** Records of one person that the desk has joined. */
  readonly joined: Pick<JoinedRecords, 'isOf' | 'sameAs' | 'survivorOf'>;
}

export interface BookingRequest {
  /** Whose hold counts: the account that books. */
  readonly holder: string;
  readonly patientId: string;
  readonly role: string;
  /** Milliseconds. */
  readonly start: number;
  readonly complaint: Complaint;
  /** FHIR id of the appointment that this one takes the place of. */
  readonly replaces?: string | undefined;
  readonly by: 'patient' | 'desk';
}

export class Bookings {
  readonly #ports: BookingPorts;
  readonly #holds = new Holds();
  readonly #changes = new Allowance(CHANGES_A_DAY, DAY_MS);
  readonly doctors: Doctors;
  readonly #decisions = new OneByOne();

  constructor(ports: BookingPorts) {
    this.#ports = ports;
    this.doctors = new Doctors(ports.session);
  }

  /** Free times of one practitioner from now on, earliest first. */
  free(doctor: BookableDoctor, holder: string, most: number): TimeSlot[] {
    const { clock } = this.#ports;
    const now = clock.now();
    return this.#freeIn(doctor, holder, { from: now + 1, until: now + HORIZON_MS, most });
  }

  /** Visits that the patient did not come to, under whichever of the own records. */
  missed(patientId: string): MissedVisits {
    const { session, clock } = this.#ports;
    return missedVisitsOf(session, this.#ofPatient(patientId), clock.now());
  }

  #freeIn(
    doctor: BookableDoctor,
    holder: string,
    search: { from: number; until: number; most: number },
    without?: string,
  ): TimeSlot[] {
    const { session, wall, clock } = this.#ports;
    const span = { start: search.from, end: search.until + VISIT_MINUTES * MINUTE_MS };
    const visits = takenTimes(session, visitsOf(session, doctor.practitioner), span);
    const taken = [
      ...closedTimes(doctor.rules, wall),
      ...visits.filter(({ id }) => id !== without).map(({ time }) => time),
      ...this.#holds.ofOthers(holder, doctor.practitioner, clock.now()),
    ];
    return freeSlots({ hours: openHours(doctor.rules), taken, lengthMinutes: VISIT_MINUTES, wall, ...search });
  }

  /** @returns until when, in milliseconds. @throws ApiError `slot-taken`, `slot-not-offered` */
  hold(holder: string, role: string, start: number): Promise<number> {
    return this.#decisions.run(async () => {
      const { doctor, slot } = this.#offered(holder, role, start);
      return this.#holds.place(holder, doctor.practitioner, slot, this.#ports.clock.now());
    });
  }

  /**
   * @throws ApiError `slot-taken`, `slot-not-offered`, `own-time-taken`, for a patient `missed-too-often` and `too-many-visits`, and for a
   * move what forbids to cancel
   */
  book(request: BookingRequest): Promise<Booked> {
    return this.#decisions.run(async () => {
      const { holder, role, start, complaint, replaces, by } = request;
      const { session, clock, joined } = this.#ports;
      const patientId = joined.survivorOf(request.patientId);
      const now = clock.now();
      const patient = session.resolve(`Patient/${patientId}`);
      if (patient === undefined) throw new ApiError('not-found');
      const moved = replaces === undefined ? undefined : this.#own(replaces, patientId);
      if (by === 'patient') this.#allow(patientId, now, moved === undefined);
      const { doctor, slot } = this.#offered(holder, role, start, replaces);
      const own = takenTimes(session, this.#ofPatient(patientId), slot);
      if (own.some((one) => one.id !== replaces && overlaps(one.time, slot))) throw new ApiError('own-time-taken');
      const patientName = personName(parsePatient(patient.content));
      const reply = await session.bundle(
        transaction([
          ...bookingEntries({ doctor, slot, patientId, patientName, complaint, now, by }),
          ...(moved === undefined ? [] : this.#change(moved, 'cancel', by)),
        ]),
      );
      this.#holds.end(holder);
      const written = reply.entries.find(({ version }) => version?.type === 'Appointment');
      if (written?.version === undefined) throw new Error('the appointment was not written');
      const { rules: _rules, location: _location, ...line } = doctor;
      return {
        appointmentId: written.version.id,
        versionId: String(written.version.version),
        start: new Date(slot.start).toISOString(),
        end: new Date(slot.end).toISOString(),
        doctor: line,
        ...(written.transactionId === undefined ? {} : { transactionId: written.transactionId }),
      };
    });
  }

  /** @throws ApiError `not-found` unless it is of this patient, `too-early`, `too-late`, `appointment-state`, `forbidden` */
  change(
    id: string,
    act: AppointmentAct,
    by: 'patient' | 'desk',
    patientId: string | undefined,
  ): Promise<{ status: string; versionId: string }> {
    return this.#decisions.run(async () => {
      const appointment = this.#own(id, patientId);
      if (by === 'patient') this.#allow(patientId ?? '', this.#ports.clock.now(), false);
      const reply = await this.#ports.session.bundle(transaction(this.#change(appointment, act, by)));
      const version = reply.entries.find((one) => one.version?.type === 'Appointment')?.version;
      if (version === undefined) throw new Error('the appointment was not written');
      const { status } = contentOf<{ status: string }>(version);
      return { status, versionId: String(version.version) };
    });
  }

  /**
   * One person's visits leave room for others, and every change is a record for ever.
   * @throws ApiError `too-many-visits`, `missed-too-often`
   */
  #allow(patientId: string, now: number, isMore: boolean): void {
    const { session } = this.#ports;
    if (isMore && this.missed(patientId).deskBooksUntil !== undefined) throw new ApiError('missed-too-often');
    const horizon = { start: now, end: now + HORIZON_MS };
    const ahead = isMore ? takenTimes(session, this.#ofPatient(patientId), horizon) : [];
    const full = ahead.filter(({ time }) => time.start > now).length >= MOST_AHEAD;
    if (full || !this.#changes.take(patientId, now)) throw new ApiError('too-many-visits');
  }

  #offered(holder: string, role: string, start: number, without?: string): { doctor: BookableDoctor; slot: TimeSlot } {
    const now = this.#ports.clock.now();
    const doctor = this.doctors.byRole(role);
    if (doctor === undefined) throw new ApiError('not-found');
    const search = { from: start, until: start + 1, most: 1 };
    const { wall } = this.#ports;
    const hours = { hours: openHours(doctor.rules), taken: [], lengthMinutes: VISIT_MINUTES, wall };
    const offered = start > now && start < now + HORIZON_MS && freeSlots({ ...hours, ...search }).length === 1;
    if (!offered) throw new ApiError('slot-not-offered');
    const [slot] = this.#freeIn(doctor, holder, search, without);
    if (slot === undefined) throw new ApiError('slot-taken');
    return { doctor, slot };
  }

  #own(id: string, patientId: string | undefined): StoredAppointment {
    const found = this.#ports.session.resolve(`Appointment/${id}`);
    if (found === undefined) throw new ApiError('not-found');
    const appointment = contentOf<StoredAppointment>(found);
    if (patientId === undefined) return appointment;
    const { joined } = this.#ports;
    const isOf = appointment.participant?.some(({ actor }) => joined.isOf(actor?.reference, patientId)) === true;
    if (!isOf) throw new ApiError('not-found');
    return appointment;
  }

  #ofPatient(patientId: string): string {
    return `patient=${[patientId, ...this.#ports.joined.sameAs(patientId)].join(',')}`;
  }

  #change(appointment: StoredAppointment, act: AppointmentAct, by: 'patient' | 'desk') {
    const { status = '', start = '' } = appointment;
    const next = nextStatus(act, { status, start: Date.parse(start), now: this.#ports.clock.now(), by });
    if ('refused' in next) throw new ApiError(REFUSALS[next.refused]);
    const slots = next.status === 'cancelled' ? this.#slotsOf(appointment) : [];
    return [changed(appointment, { status: next.status }), ...slots.map((slot) => changed(slot, { status: 'free' }))];
  }

  #slotsOf({ slot = [] }: StoredAppointment): StoredSlot[] {
    return slot.flatMap(({ reference }) => {
      const found = reference === undefined ? undefined : this.#ports.session.resolve(reference);
      return found?.type === 'Slot' ? [contentOf<StoredSlot>(found)] : [];
    });
  }
}

const REFUSALS = {
  'not-yours-to-do': 'forbidden',
  'state-does-not-allow': 'appointment-state',
  'too-early': 'too-early',
  'too-late': 'too-late',
} as const;
