/**
 * Nobody gives the right to read, to himself or to a colleague: what a practitioner makes gives none, and
 * what he changes gives no more than it gave before, in time, in people and in patients.
 */
import {
  CARE_RESOURCE_TYPES,
  type CareRelationship,
  type CareResource,
  careRelationships,
  isMark,
  MADE_BY_PRACTITIONER,
  patientsOf,
  practitionersOf,
} from './care-relationship.ts';
import { tagsOf, withTags } from './meta-tags.ts';

interface Written {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

const GIVES_ACCESS: ReadonlySet<string> = new Set(CARE_RESOURCE_TYPES);

export function isCareResource({ resourceType }: Written): boolean {
  return GIVES_ACCESS.has(resourceType);
}

/** Both have been examined: they have the shapes of their types. */
const asCare = (resource: Written): CareResource => resource as CareResource;

export function namesMorePatients(before: Written, after: Written): boolean {
  const known = new Set(patientsOf(asCare(before)));
  return patientsOf(asCare(after)).some((patient) => !known.has(patient));
}

/** Whether `after` gives anybody a relationship, now or later, that `before` does not. */
export function givesMore(before: Written | undefined, after: Written, now: number): boolean {
  return practitionersOf(asCare(after)).some((practitioner) => {
    const had = before === undefined ? [] : careRelationships(asCare(before), practitioner);
    return careRelationships(asCare(after), practitioner).some((given) => !isCovered(given, had, now));
  });
}

/** What is over gives nothing. */
function isCovered({ patient, span }: CareRelationship, had: readonly CareRelationship[], now: number): boolean {
  const from = Math.max(span.from, now);
  if (from > span.until) return true;
  return had.some((one) => one.patient === patient && one.span.from <= from && span.until <= one.span.until);
}

/** Called before the resource is examined: tags that are none are left for the examination to refuse. */
export function marked<Resource extends Written>(resource: Resource): Resource {
  const tags = tagsOf(resource);
  return tags === undefined || tags.some(isMark) ? resource : withTags(resource, [...tags, MADE_BY_PRACTITIONER]);
}

export function unmarked<Resource extends Written>(resource: Resource): Resource {
  const tags = tagsOf(resource);
  if (tags?.some(isMark) !== true) return resource;
  return withTags(
    resource,
    tags.filter((tag) => !isMark(tag)),
  );
}
