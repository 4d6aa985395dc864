/** Bundles that go out. Stored bytes are put in as they stand, so nothing is parsed that is only passed on. */
import type { Resource } from './ports.ts';

export interface ResponseEntry {
  readonly fullUrl?: string;
  /** JSON text or bytes of a resource. */
  readonly resource?: Uint8Array | undefined;
  readonly search?: { readonly mode: 'match' | 'include' | 'outcome' };
  readonly request?: { readonly method: string; readonly url: string };
  readonly response?: object;
}

export interface ResponseBundle {
  readonly type: 'searchset' | 'history' | 'transaction-response' | 'batch-response';
  readonly total?: number | undefined;
  readonly links: readonly { readonly relation: string; readonly url: string }[];
  readonly entries: readonly ResponseEntry[];
}

export function writeBundle({ type, total, links, entries }: ResponseBundle): Uint8Array {
  const head = {
    resourceType: 'Bundle',
    type,
    ...(total === undefined ? {} : { total }),
    ...(links.length === 0 ? {} : { link: links }),
  };
  if (entries.length === 0) return Buffer.from(JSON.stringify(head));
  const parts: Uint8Array[] = [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"entry":[`)];
  entries.forEach((entry, index) => {
    const { resource, ...rest } = entry;
    const text = JSON.stringify(rest);
    const comma = index === 0 ? '' : ',';
    if (resource === undefined) {
      parts.push(Buffer.from(comma + text));
      return;
    }
    parts.push(Buffer.from(`${comma}{"resource":`), resource, Buffer.from(text === '{}' ? '}' : `,${text.slice(1)}`));
  });
  parts.push(Buffer.from(']}'));
  return Buffer.concat(parts);
}

export const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

export function isSubsetted(tag: unknown): boolean {
  const { system, code } = (tag ?? {}) as Partial<typeof SUBSETTED>;
  return system === SUBSETTED.system && code === SUBSETTED.code;
}

/** A resource with some of its elements, marked so that nobody takes it for the whole (FHIR R4 search §elements). */
export function subset(content: Uint8Array, keep: (element: string) => boolean): Uint8Array {
  const resource = JSON.parse(Buffer.from(content).toString('utf8')) as Resource;
  const meta = resource['meta'] as { tag?: object[] } | undefined;
  const kept: Record<string, unknown> = { resourceType: resource.resourceType };
  for (const [element, value] of Object.entries(resource)) {
    const name = element.replace(/^_/, '');
    if (name === 'id' || keep(name)) kept[element] = value;
  }
  const tags = (meta?.tag ?? []).filter((tag) => !isSubsetted(tag));
  kept['meta'] = { ...meta, tag: [...tags, SUBSETTED] };
  return Buffer.from(JSON.stringify(kept));
}
