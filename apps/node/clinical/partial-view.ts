/**
 * A resource of which the caller sees a part: what is shown of it, and how a write of that part leaves the
 * rest as it stands. Extensions, contained resources and narrative belong to the rest.
 */
import type { TypeView } from '@clearchart/exchange';
import { contentOf, type OpenedVersion } from './opened-version.ts';
import type { Resource } from './ports.ts';
import { refuse } from './refusal.ts';
import { isSubsetted, SUBSETTED } from './response-bundle.ts';

/** `_start`, which holds extensions of `start`, is of the rest. */
function isShown(element: string, view: TypeView): boolean {
  return element === 'resourceType' || element === 'id' || view.elements.has(element);
}

/** Without `meta`: a label in it can say what the rest holds. */
export function partOf(resource: Resource, view: TypeView): Resource {
  const shown = Object.entries(resource).filter(([element]) => isShown(element, view));
  return Object.fromEntries(shown) as unknown as Resource;
}

/** Marked so that nobody takes it for the whole (FHIR R4 search §elements). */
export function partOfVersion<Version extends OpenedVersion>(version: Version, view: TypeView): Version {
  if (version.method === 'DELETE') return version;
  const resource = contentOf<Resource>(version);
  const { versionId, lastUpdated } = resource['meta'] as { versionId: string; lastUpdated: string };
  const shown = { ...partOf(resource, view), meta: { versionId, lastUpdated, tag: [SUBSETTED] } };
  return { ...version, content: Buffer.from(JSON.stringify(shown)) };
}

/**
 * What a caller gives, with the rest of what is stored. Refused when it speaks of the rest at all: an answer
 * that depended on what is stored there would tell it.
 */
export function completed(given: Resource, stored: Resource | undefined, view: TypeView): Resource {
  const { meta, ...elements } = given;
  if (!Object.keys(elements).every((element) => isShown(element, view)))
    throw refuse(403, 'field-not-yours', 'forbidden', 'Your role may not write this part of the resource');
  if (stored === undefined) return withMeta(elements as unknown as Resource, withoutSubsetted(meta));
  const rest = Object.entries(stored).filter(([element]) => element !== 'meta' && !isShown(element, view));
  return withMeta({ ...Object.fromEntries(rest), ...elements } as unknown as Resource, stored['meta']);
}

function withMeta(resource: Resource, meta: unknown): Resource {
  return meta === undefined ? resource : { ...resource, meta };
}

function withoutSubsetted(meta: unknown): unknown {
  const { tag, ...others } = (meta ?? {}) as { tag?: unknown };
  if (!Array.isArray(tag) || !tag.some(isSubsetted)) return meta;
  const tags = tag.filter((one) => !isSubsetted(one));
  return tags.length === 0 ? others : { ...others, tag: tags };
}
