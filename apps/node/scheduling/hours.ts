/** When a practitioner can be booked, as people set it: kept in PractitionerRole and nowhere else, so that it counts at once. */
import type { HoursChecked, HoursList, HoursSpan, RoleHours, TimeOff } from '@clearchart/api';
import { type Clock, isWithinHours, overlaps, type TimeSlot, type WallClock } from '@clearchart/exchange';
import { type ClinicalSession, Refusal, takenTimes, visitsOf } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';
import { type AvailabilityRules, closedTimes, openHours } from './availability.ts';
import { Doctors, type RoleOfPractitioner } from './doctors.ts';
import { rulesOf, timesOffOf, weekOf } from './role-hours.ts';
import { rolesOfVisit } from './visit-roles.ts';

/** Visits further ahead are not looked for. */
const LOOKED_AHEAD_MS = 365 * 24 * 60 * 60_000;
/** Visits that are named. */
const MOST_NAMED = 200;

export interface HoursPorts {
  /** With the hospital's own right; whose hours may be changed is decided by `owner`. */
  readonly session: ClinicalSession;
  readonly clock: Clock;
  readonly wall: WallClock;
  /** IANA name. */
  readonly timeZone: string;
}

export interface HoursChange {
  readonly week: readonly HoursSpan[];
  readonly timesOff: readonly TimeOff[];
}

/** `owner`: FHIR id of the practitioner whose roles alone are there; undefined for the desk, to whom all are. */
export class Hours {
  readonly #ports: HoursPorts;
  readonly #doctors: Doctors;

  constructor(ports: HoursPorts) {
    this.#ports = ports;
    this.#doctors = new Doctors(ports.session);
  }

  list(owner: string | undefined): HoursList {
    const { wall, clock } = this.#ports;
    const roles = this.#doctors.roles(owner).map((found) => ({
      ...whose(found),
      week: weekOf(found.rules),
      timesOff: timesOffOf(found.rules, wall, clock.now()).length,
    }));
    return { roles: roles.toSorted((one, other) => one.name.localeCompare(other.name)) };
  }

  /** @throws ApiError `not-found` */
  of(role: string, owner: string | undefined): RoleHours {
    const { wall, clock, timeZone } = this.#ports;
    const found = this.#role(role, owner);
    return {
      ...whose(found),
      versionId: String(found.version),
      week: weekOf(found.rules),
      timesOff: timesOffOf(found.rules, wall, clock.now()),
      timeZone,
    };
  }

  /** Booked visits that fall into a new time off or out of the hours, but not those in another role. @throws ApiError `not-found`, `bad-request` */
  check(role: string, change: HoursChange, owner: string | undefined): HoursChecked {
    const { session, clock } = this.#ports;
    const { rules, practitioner } = this.#role(role, owner);
    const now = clock.now();
    const [before, after] = [this.#asked(rules), this.#asked(this.#rulesOf(change, rules))];
    const lost = ({ time }: { time: TimeSlot }) =>
      (after.closed(time) && !before.closed(time)) || (before.open(time) && !after.open(time));
    const others = this.#doctors.roles(practitioner).flatMap((one) => (one.role === role ? [] : [one.role]));
    const visits = takenTimes(session, visitsOf(session, practitioner), { start: now, end: now + LOOKED_AHEAD_MS })
      .filter((visit) => visit.time.end > now && lost(visit) && mayBeIn(role, others, rolesOfVisit(session, visit.id)))
      .toSorted((one, other) => one.time.start - other.time.start)
      .slice(0, MOST_NAMED);
    const instant = (time: number) => new Date(time).toISOString();
    return { visits: visits.map(({ id, time }) => ({ id, start: instant(time.start), end: instant(time.end) })) };
  }

  /** @throws ApiError `not-found`, `bad-request`, `changed-meanwhile` */
  async save(
    role: string,
    { versionId, ...change }: HoursChange & { readonly versionId: string },
    owner: string | undefined,
  ): Promise<RoleHours> {
    const { rules: stored } = this.#role(role, owner);
    const { availableTime: _week, notAvailable: _timesOff, ...rest } = stored;
    const resource = { ...rest, ...this.#rulesOf(change, stored) };
    try {
      await this.#ports.session.update('PractitionerRole', { id: role }, resource, Number(versionId));
    } catch (fault) {
      if (fault instanceof Refusal && fault.status === 412) throw new ApiError('changed-meanwhile');
      throw fault;
    }
    return this.of(role, owner);
  }

  #asked(rules: AvailabilityRules) {
    const { wall } = this.#ports;
    const [hours, closed] = [openHours(rules), closedTimes(rules, wall)];
    return {
      open: (time: TimeSlot) => isWithinHours(time, hours, wall),
      closed: (time: TimeSlot) => closed.some((off) => overlaps(off, time)),
    };
  }

  #rulesOf({ week, timesOff }: HoursChange, stored: AvailabilityRules): AvailabilityRules {
    const { wall, clock } = this.#ports;
    const rules = rulesOf(week, timesOff, wall, timesOffOf(stored, wall, clock.now()));
    if (rules === undefined) throw new ApiError('bad-request', { detail: 'look at timesOff' });
    return rules;
  }

  /** Another's role and none at all are one answer. */
  #role(id: string, owner: string | undefined): RoleOfPractitioner {
    const found = this.#doctors.role(id);
    if (found === undefined || (owner !== undefined && found.practitioner !== owner)) throw new ApiError('not-found');
    return found;
  }
}

/** A visit that names none of the practitioner's roles may be in any. */
function mayBeIn(role: string, others: readonly string[], named: ReadonlySet<string>): boolean {
  return named.has(role) || !others.some((other) => named.has(other));
}

function whose({ role, practitioner, name, specialty, place }: RoleOfPractitioner) {
  return {
    role,
    practitioner,
    name,
    ...(specialty === undefined ? {} : { specialty }),
    ...(place === undefined ? {} : { place }),
  };
}
