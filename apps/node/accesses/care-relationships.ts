/**
 * Which patients a practitioner takes care of, read from the clinical store and kept until something
 * that could change it is written. Dates are judged at each request, never here.
 */
import {
  CARE_RESOURCE_TYPES,
  type CareRelationship,
  type CareResource,
  careRelationships,
  type Clock,
} from '@clearchart/exchange';

/** A kept answer is read again after this, so an appointment still far away comes into view. */
const REFRESH_AFTER_MS = 10 * 60 * 1000;
const PRACTITIONERS_KEPT = 2_000;
const MILLISECONDS_PER_DAY = 86_400_000;

export interface CareRelationshipPorts {
  readonly clock: Clock;
  /** Every current version that a FHIR search finds, with the hospital's own right. */
  readonly findAll: (query: string) => Promise<CareResource[]>;
}

export interface CareRelationships {
  of(practitioner: string): Promise<readonly CareRelationship[]>;
  /** To be called after each commit with the types that were written. */
  written(types: ReadonlySet<string>): void;
}

export function openCareRelationships({ clock, findAll }: CareRelationshipPorts): CareRelationships {
  const kept = new Map<string, { at: number; found: Promise<readonly CareRelationship[]> }>();

  async function read(practitioner: string): Promise<readonly CareRelationship[]> {
    const id = practitioner.slice('Practitioner/'.length);
    const since = new Date(clock.now() - 2 * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
    const found = await Promise.all([
      findAll(`CareTeam?participant=Practitioner/${id}&status=active`),
      findAll(`Encounter?participant=Practitioner/${id}&date=ge${since}`),
      findAll(`Appointment?actor=Practitioner/${id}&date=ge${since}`),
    ]);
    return found.flat().flatMap((resource) => careRelationships(resource, practitioner));
  }

  return {
    of(practitioner) {
      const now = clock.now();
      const entry = kept.get(practitioner);
      if (entry !== undefined && now - entry.at < REFRESH_AFTER_MS) return entry.found;
      if (kept.size >= PRACTITIONERS_KEPT) kept.clear();
      const found = read(practitioner);
      kept.set(practitioner, { at: now, found });
      found.catch(() => kept.delete(practitioner));
      return found;
    },
    written(types) {
      if (CARE_RESOURCE_TYPES.some((type) => types.has(type))) kept.clear();
    },
  };
}
