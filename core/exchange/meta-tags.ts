/** The tags in `meta` of a resource, read and replaced. */
interface Written {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

/** Undefined when they are no tags at all: left for the examination to refuse. */
export function tagsOf({ meta }: Written): readonly object[] | undefined {
  if (meta === undefined) return [];
  const tags = isObject(meta) ? (meta['tag'] ?? []) : undefined;
  return Array.isArray(tags) && tags.every(isObject) ? tags : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function withTags<Resource extends Written>(resource: Resource, tags: readonly object[]): Resource {
  const { meta, ...rest } = resource;
  const { tag: _tag, ...others } = (meta ?? {}) as Record<string, unknown>;
  const kept = tags.length === 0 ? others : { ...others, tag: tags };
  return (Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept }) as Resource;
}
