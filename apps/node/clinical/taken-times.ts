/**
 * No practitioner is given away twice (docs/protocol/scheduling.md, S4): judged on the store as a write leaves it, inside its database
 * transaction, so that it holds by every door and however many come at once.
 */
import {
  type AppointmentTimes,
  asksForMore,
  type Claim,
  collides,
  LONGEST_VISIT_MS,
  STATUSES_THAT_TAKE_TIME,
  takenTime,
  type TimeSlot,
} from '@clearchart/exchange';
import { parseReferenceAnywhere } from '@clearchart/records';
import { contentOf, type OpenedVersion } from './opened-version.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Visits of somebody that are looked through. */
const MOST_VISITS = 5_000;
/** Roles of one practitioner. */
const MOST_ROLES = 50;
const TAKES_TIME = `status=${STATUSES_THAT_TAKE_TIME.join(',')}`;

/** The whole store, read at once and reported to nobody. */
export interface WholeStore {
  find(type: string, criteria: string, limit: number): readonly OpenedVersion[];
  resolve(reference: string): OpenedVersion | undefined;
}

export interface TakenTime {
  /** FHIR id of the Appointment. */
  readonly id: string;
  readonly time: TimeSlot;
}

interface Appointment extends AppointmentTimes {
  readonly participant?: readonly { readonly actor?: { readonly reference?: string } }[];
}

export interface TakenTimesPorts extends WholeStore {
  /** What the version before said. */
  readonly before: (written: OpenedVersion) => Appointment | undefined;
  readonly now: () => number;
}

/**
 * Holds the versions of one write, all of them applied, against the store.
 * @throws Refusal `slot-taken`
 */
export function checkTakenTimes(written: readonly OpenedVersion[], ports: TakenTimesPorts): void {
  for (const version of written) {
    if (version.type !== 'Appointment') continue;
    const claim = claimOf(contentOf<Appointment>(version), ports);
    const now = ports.now();
    if (claim === undefined || claim.time.end <= now) continue;
    const before = ports.before(version);
    if (!asksForMore(claim, before === undefined ? undefined : claimOf(before, ports))) continue;
    for (const practitioner of claim.practitioners) {
      const others = takenTimes(ports, visitsOf(ports, practitioner), claim.time);
      if (others.some(({ id, time }) => id !== version.id && collides(time, claim.time, now))) throw slotTaken();
    }
  }
}

function slotTaken(): Refusal {
  return refuse(409, 'slot-taken', 'conflict', 'The practitioner has another visit at this time');
}

function claimOf(appointment: Appointment, store: WholeStore): Claim | undefined {
  const time = takenTime(appointment);
  if (time === undefined) return undefined;
  const practitioners = (appointment.participant ?? []).flatMap(({ actor }) => {
    const named = parseReferenceAnywhere(actor?.reference ?? '');
    if (named?.type !== 'PractitionerRole') return named?.type === 'Practitioner' ? [named.id] : [];
    const role = store.resolve(`PractitionerRole/${named.id}`);
    const of = role === undefined ? undefined : contentOf<{ practitioner?: { reference?: string } }>(role).practitioner;
    const practitioner = parseReferenceAnywhere(of?.reference ?? '');
    return practitioner?.type === 'Practitioner' ? [practitioner.id] : [];
  });
  return { time, practitioners: new Set(practitioners) };
}

/**
 * The times that those Appointments take which `who` finds, as far as they may reach into a span.
 * @throws Refusal `busy` when there are too many to look through: who is not seen might be who is there.
 */
export function takenTimes(
  store: Pick<WholeStore, 'find'>,
  who: string,
  { start, end }: TimeSlot,
): readonly TakenTime[] {
  const at = (time: number) => encodeURIComponent(new Date(time).toISOString());
  const criteria = `${who}&${TAKES_TIME}&date=ge${at(start - LONGEST_VISIT_MS)}&date=lt${at(end)}`;
  const found = store.find('Appointment', criteria, MOST_VISITS);
  if (found.length === MOST_VISITS) throw refuse(503, 'busy', 'too-costly', 'There are too many visits at this time');
  return found.flatMap((version) => {
    const time = takenTime(contentOf<Appointment>(version));
    return time === undefined ? [] : [{ id: version.id, time }];
  });
}

/** Criteria for what takes time of a practitioner: under the own name or that of any of the own roles. */
export function visitsOf(store: Pick<WholeStore, 'find'>, practitioner: string): string {
  const roles = store.find('PractitionerRole', `practitioner=Practitioner/${practitioner}`, MOST_ROLES);
  return `actor=${[`Practitioner/${practitioner}`, ...roles.map(({ id }) => `PractitionerRole/${id}`)].join(',')}`;
}
