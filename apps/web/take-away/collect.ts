// The whole record as one FHIR R4 Bundle, from what this person may read.
import { FHIR_BASE, readFhir, searchFhir } from '../connection/fhir.ts';
import type { Resource } from '../record/fhir.ts';

interface Capabilities {
  readonly rest?: readonly {
    readonly resource?: readonly {
      readonly type: string;
      readonly searchParam?: readonly { readonly name: string }[];
    }[];
  }[];
}

export interface Collection {
  readonly resourceType: 'Bundle';
  readonly type: 'collection';
  readonly timestamp: string;
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}

const AT_ONCE = 6;

/** Types whose resources can be asked for by their patient. */
export function typesWithPatients({ rest }: Capabilities): string[] {
  const types = rest?.[0]?.resource ?? [];
  return types
    .filter(({ searchParam }) => searchParam?.some(({ name }) => name === 'patient') === true)
    .map(({ type }) => type);
}

export function bundleOf(resources: readonly Resource[], origin: string, now: Date): Collection {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: now.toISOString(),
    entry: resources.map((resource) => ({
      fullUrl: `${origin}${FHIR_BASE}/${resource.resourceType}/${resource.id}`,
      resource,
    })),
  };
}

export async function collectRecord(patient: string, onProgress: (share: number) => void): Promise<Collection> {
  const [person, capabilities] = await Promise.all([
    readFhir<Resource>(`Patient/${encodeURIComponent(patient)}`),
    readFhir<Capabilities>('metadata'),
  ]);
  const types = typesWithPatients(capabilities);
  const found: Resource[] = [person];
  for (let start = 0; start < types.length; start += AT_ONCE) {
    onProgress(start / types.length);
    const lists = await Promise.all(
      types
        .slice(start, start + AT_ONCE)
        .map((type) => searchFhir<Resource>(`${type}?patient=${encodeURIComponent(patient)}`)),
    );
    found.push(...lists.flat());
  }
  return bundleOf(found, location.origin, new Date());
}
