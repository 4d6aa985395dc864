/**
 * Which patients a practitioner takes care of, read from the clinical store and kept until something
 * that could change it is written. Dates are judged at each request, never here.
 */
import {
  APPOINTMENT_MARGIN_MS,
  CARE_RESOURCE_TYPES,
  type CareRelationship,
  type CareResource,
  careRelationships,
  type Clock,
  ENCOUNTER_UNDER_WAY,
  LONGEST_APPOINTMENT_MS,
} from '@clearchart/exchange';

/** A kept answer is read again after this, so an appointment still far away comes into view. */
const REFRESH_AFTER_MS = 10 * 60 * 1000;
const PRACTITIONERS_KEPT = 2_000;
/** Dates without a zone may be a day off. */
const MILLISECONDS_PER_DAY = 86_400_000;

export interface CareRelationshipPorts {
  readonly clock: Clock;
  /** Every current resource of the type that the criteria find, with the hospital's own right. */
  readonly findAll: (type: string, criteria: string) => readonly CareResource[];
}

export interface CareRelationships {
  of(practitioner: string): readonly CareRelationship[];
  /** To be called after each commit with the types that were written. */
  written(types: ReadonlySet<string>): void;
}

export function openCareRelationships({ clock, findAll }: CareRelationshipPorts): CareRelationships {
  const kept = new Map<string, { readonly at: number; readonly found: readonly CareRelationship[] }>();

  /** Leaves out only what gives nothing any more. An Encounter without a period counts by its status alone. */
  function read(practitioner: string): CareRelationship[] {
    const dayBefore = (milliseconds: number): string =>
      new Date(clock.now() - milliseconds - MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
    const underWay = `participant=${practitioner}&status=${ENCOUNTER_UNDER_WAY.join(',')}`;
    const earliest = dayBefore(LONGEST_APPOINTMENT_MS + APPOINTMENT_MARGIN_MS);
    return [
      ...findAll('CareTeam', `participant=${practitioner}&status=active`),
      ...findAll('Encounter', `${underWay}&date=ge${dayBefore(0)}`),
      ...findAll('Encounter', `${underWay}&date:missing=true`),
      ...findAll('Appointment', `actor=${practitioner}&date=ge${earliest}`),
    ].flatMap((resource) => careRelationships(resource, practitioner));
  }

  return {
    of(practitioner) {
      const now = clock.now();
      const entry = kept.get(practitioner);
      if (entry !== undefined && now - entry.at < REFRESH_AFTER_MS) return entry.found;
      if (kept.size >= PRACTITIONERS_KEPT) kept.clear();
      const found = read(practitioner);
      kept.set(practitioner, { at: now, found });
      return found;
    },
    written(types) {
      if (CARE_RESOURCE_TYPES.some((type) => types.has(type))) kept.clear();
    },
  };
}
