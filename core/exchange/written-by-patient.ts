/** A version of the own Patient resource that the person wrote says so, and any other says it no longer (docs/protocol/access.md, C23). */
import { equalJson } from './equal-json.ts';
import { tagsOf, withTags } from './meta-tags.ts';

/** In `meta.tag` of such a version. */
export const MADE_BY_PATIENT = { system: 'urn:clearchart:made-by', code: 'patient' } as const;

interface Written {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

export function isMadeByPatient(resource: Written): boolean {
  return tagsOf(resource)?.some(isMark) === true;
}

/** Tags that are none are left for the examination to refuse. */
export function markedByWriter<Resource extends Written>(resource: Resource, byPatient: boolean): Resource {
  const tags = tagsOf(resource);
  if (tags === undefined || tags.some(isMark) === byPatient) return resource;
  return withTags(resource, byPatient ? [...tags, MADE_BY_PATIENT] : tags.filter((tag) => !isMark(tag)));
}

function isMark(tag: object): boolean {
  const { system, code } = tag as { system?: unknown; code?: unknown };
  return equalJson({ system, code }, MADE_BY_PATIENT);
}
