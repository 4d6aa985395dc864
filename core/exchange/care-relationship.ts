/**
 * Whether a practitioner takes care of a patient now: a CareTeam, an Encounter or an Appointment of
 * this hospital names both and is current by its dates. This is the right to read at home.
 */
import { intersection, NEVER, type Span, spanOfPeriod } from './period.ts';

interface Reference {
  readonly reference?: string;
}

interface Period {
  readonly start?: string;
  readonly end?: string;
}

/** The parts of FHIR R4 CareTeam, Encounter and Appointment that the rule reads. */
export interface CareResource {
  readonly resourceType: string;
  readonly meta?: { readonly tag?: readonly { readonly system?: string; readonly code?: string }[] };
  readonly status?: string;
  readonly subject?: Reference;
  readonly period?: Period;
  readonly start?: string;
  readonly end?: string;
  readonly participant?: readonly {
    readonly member?: Reference;
    readonly individual?: Reference;
    readonly actor?: Reference;
    readonly period?: Period;
    readonly status?: string;
  }[];
}

export type CareRelation = 'appointment' | 'care-team' | 'encounter';

export interface CareRelationship {
  /** FHIR id of the patient. */
  readonly patient: string;
  readonly relation: CareRelation;
  readonly span: Span;
}

/** A visit is prepared from a day before it and written up until a day after it. */
export const APPOINTMENT_MARGIN_MS = 24 * 60 * 60 * 1000;

/** An appointment is no admission: whatever end it names, it counts for at most seven days from its start. */
export const LONGEST_APPOINTMENT_MS = 7 * 24 * 60 * 60 * 1000;

/** In `meta.tag` of what a practitioner has made: it gives nobody a relationship. */
export const MADE_BY_PRACTITIONER = { system: 'urn:clearchart:made-by', code: 'practitioner' } as const;

export function isMark(tag: { readonly system?: string; readonly code?: string }): boolean {
  return tag.system === MADE_BY_PRACTITIONER.system && tag.code === MADE_BY_PRACTITIONER.code;
}

const RELATIONS: Readonly<Record<string, CareRelation>> = {
  Appointment: 'appointment',
  CareTeam: 'care-team',
  Encounter: 'encounter',
};

export const CARE_RESOURCE_TYPES: readonly string[] = Object.keys(RELATIONS);

export const ENCOUNTER_UNDER_WAY: readonly string[] = ['planned', 'arrived', 'triaged', 'in-progress', 'onleave'];

const CURRENT_STATUS: Readonly<Record<string, ReadonlySet<string>>> = {
  Appointment: new Set(['booked', 'arrived', 'checked-in', 'fulfilled']),
  CareTeam: new Set(['active']),
  Encounter: new Set(ENCOUNTER_UNDER_WAY),
};

/** The relationships that one resource gives a practitioner (`Practitioner/id`); none when it gives none. */
export function careRelationships(resource: CareResource, practitioner: string): CareRelationship[] {
  if (CURRENT_STATUS[resource.resourceType]?.has(resource.status ?? '') !== true) return [];
  if (resource.meta?.tag?.some(isMark) === true) return [];
  const spans = (resource.participant ?? [])
    .filter((participant) => names(participant, practitioner) && participant.status !== 'declined')
    .map((participant) => spanOfPeriod(participant.period));
  const relation = RELATIONS[resource.resourceType];
  if (relation === undefined) return [];
  const whole = spanOf(resource);
  return patientsOf(resource).flatMap((patient) =>
    spans.map((span) => ({ patient, relation, span: intersection(whole, span) })),
  );
}

/** Every practitioner it names, as `Practitioner/id`. */
export function practitionersOf({ participant = [] }: CareResource): string[] {
  const references = participant.flatMap(({ member, individual, actor }) => [member, individual, actor]);
  return references.flatMap((one) => (one?.reference?.startsWith('Practitioner/') ? [one.reference] : []));
}

function names(participant: NonNullable<CareResource['participant']>[number], reference: string): boolean {
  return [participant.member, participant.individual, participant.actor].some((one) => one?.reference === reference);
}

/** FHIR ids of the patients that it is about. */
export function patientsOf(resource: CareResource): string[] {
  const references =
    resource.resourceType === 'Appointment'
      ? (resource.participant ?? []).map((participant) => participant.actor?.reference)
      : [resource.subject?.reference];
  return references.flatMap((reference) => (reference?.startsWith('Patient/') ? [reference.slice(8)] : []));
}

function spanOf(resource: CareResource): Span {
  if (resource.resourceType !== 'Appointment') return spanOfPeriod(resource.period);
  if (resource.start === undefined) return NEVER;
  const span = spanOfPeriod({ start: resource.start, end: resource.end ?? resource.start });
  const until = Math.min(span.until, span.from + LONGEST_APPOINTMENT_MS);
  return { from: span.from - APPOINTMENT_MARGIN_MS, until: until + APPOINTMENT_MARGIN_MS };
}
