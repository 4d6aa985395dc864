/** References of FHIR R4 (§2.3): how one is read, and how those of a bundle find the ids their targets got. */
export interface LocalReference {
  readonly type: string;
  readonly id: string;
  readonly version?: string;
}

const LOCAL = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/;

/** `Type/id` or `Type/id/_history/n`; undefined for anything else (absolute, contained, urn, conditional). */
export function parseLocalReference(text: string): LocalReference | undefined {
  const match = LOCAL.exec(text);
  if (match === null) return undefined;
  const [, type = '', id = '', version] = match;
  return version === undefined ? { type, id } : { type, id, version };
}

/** The same, and what an absolute URL names at its end, whichever server stands before: one server has many addresses. */
export function parseReferenceAnywhere(text: string): LocalReference | undefined {
  return parseLocalReference(
    /^https?:\/\/[^?#]*?\/([A-Z][A-Za-z]*\/[^/?#]+(?:\/_history\/[^/?#]+)?)$/.exec(text)?.[1] ?? text,
  );
}

/** The text of a conditional reference, `Type?criteria` (FHIR R4 http §transaction). */
export function parseConditionalReference(text: string): { type: string; criteria: string } | undefined {
  const match = /^([A-Z][A-Za-z]{1,63})\?(.+)$/.exec(text);
  return match === null ? undefined : { type: match[1] ?? '', criteria: match[2] ?? '' };
}

/** Calls `visit` with every `reference` text of a value, at any depth. */
export function visitReferences(value: unknown, visit: (reference: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visitReferences(item, visit);
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    if (key === 'reference' && typeof child === 'string') visit(child);
    else visitReferences(child, visit);
  }
}

/**
 * A copy in which references, and the urls and links that FHIR lets a bundle rewrite, name their
 * target's new place. `replace` returns undefined to leave a text as it is.
 */
export function rewriteReferences<Value>(value: Value, replace: (reference: string) => string | undefined): Value {
  return rewrite(value, '', replace) as Value;
}

function rewrite(value: unknown, key: string, replace: (reference: string) => string | undefined): unknown {
  if (typeof value === 'string') {
    const rewritable = key === 'reference' || (value.startsWith('urn:') && REWRITTEN_ELEMENTS.test(key));
    return rewritable ? (replace(value) ?? value) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => rewrite(item, key, replace));
  const copy: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) copy[name] = rewrite(child, name, replace);
  return copy;
}

/** Elements of type uri, url, oid and uuid that may point into the bundle. */
const REWRITTEN_ELEMENTS = /^(url|uri|valueUri|valueUrl|valueUuid|valueOid|instantiatesUri)$/;
