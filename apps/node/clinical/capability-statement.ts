/** What this server does, said from the tables it works by (FHIR R4 CapabilityStatement). */
import type { DefinitionTable, SearchParameter } from './definitions/search-parameter.ts';

const INTERACTIONS = [
  'read',
  'vread',
  'update',
  'patch',
  'delete',
  'history-instance',
  'history-type',
  'create',
  'search-type',
];

const BUILT_IN = [
  { name: '_id', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/Resource-id' },
  { name: '_lastUpdated', type: 'date', definition: 'http://hl7.org/fhir/SearchParameter/Resource-lastUpdated' },
];

export interface CapabilityOptions {
  readonly baseUrl: string;
  readonly softwareVersion: string;
  /** Milliseconds since the epoch: when the node started. */
  readonly startedAt: number;
}

export function capabilityStatement(
  table: DefinitionTable,
  { baseUrl, softwareVersion, startedAt }: CapabilityOptions,
): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date(startedAt).toISOString(),
    kind: 'instance',
    software: { name: 'Clearchart', version: softwareVersion },
    implementation: { description: 'Clearchart node of one hospital', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Search: modifiers :missing, :not (token), :exact and :contains (string), :identifier and :[type] (reference); chains of up to three links, _has, _include and _revinclude with :iterate, _sort, _count up to 1,000, _total, _elements, _summary. Composite parameters, :above, :below, :in, :text and other modifiers are refused with 400. GET entries of a transaction are answered after its commit. Writes take an Idempotency-Key, kept for 24 hours for each account or token: the same request again is answered with what it came to at first, another request with the key is refused with 422, one under way with 409.',
        security: { description: 'Bearer tokens, or the session of the web page' },
        resource: [...table.types].map((type) => resourceCapability(table, type)),
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        searchParam: ['_include', '_revinclude', '_sort', '_count', '_total', '_elements', '_summary'].map((name) => ({
          name,
          type: 'special',
        })),
      },
    ],
  };
}

function resourceCapability(table: DefinitionTable, type: string): object {
  const parameters = [...(table.parameters.get(type)?.values() ?? [])];
  const references = parameters.filter(({ kind }) => kind === 'reference');
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: INTERACTIONS.map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: false,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical'],
    searchInclude: references.map(({ code }) => `${type}:${code}`),
    searchRevInclude: reverseIncludes(table, type),
    searchParam: [...BUILT_IN, ...parameters.map(searchParameter)],
  };
}

function searchParameter({ code, kind, url }: SearchParameter): object {
  return { name: code, type: kind, ...(url === '' ? {} : { definition: url }) };
}

/** Only parameters that say this type is a target; those open to any type would list everything. */
function reverseIncludes(table: DefinitionTable, type: string): string[] {
  return [...table.parameters].flatMap(([source, parameters]) =>
    [...parameters.values()]
      .filter(({ kind, targets }) => kind === 'reference' && targets.includes(type))
      .map(({ code }) => `${source}:${code}`),
  );
}
