// The few FHIR R4 shapes the pages read, and how they are put into words. Everything is optional: a record may come from
// any hospital's software.

export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}

export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
}

export interface Quantity {
  value?: number;
  unit?: string;
  code?: string;
}

export interface Period {
  start?: string;
  end?: string;
}

export interface Resource {
  resourceType: string;
  id: string;
  meta?: { versionId?: string; lastUpdated?: string; tag?: Coding[] };
}

export interface HumanName {
  use?: string;
  text?: string;
  given?: string[];
  family?: string;
  prefix?: string[];
}

export interface ContactPoint {
  system?: string;
  value?: string;
  use?: string;
}

export interface Address {
  use?: string;
  text?: string;
  line?: string[];
  city?: string;
  district?: string;
  state?: string;
  postalCode?: string;
  country?: string;
}

export interface Patient extends Resource {
  link?: { other?: { reference?: string }; type?: string }[];
  name?: HumanName[];
  birthDate?: string;
  gender?: string;
  telecom?: ContactPoint[];
  address?: Address[];
  contact?: { name?: HumanName; telecom?: ContactPoint[]; relationship?: CodeableConcept[] }[];
  communication?: { language?: CodeableConcept; preferred?: boolean }[];
}

export interface Condition extends Resource {
  code?: CodeableConcept;
  clinicalStatus?: CodeableConcept;
  verificationStatus?: CodeableConcept;
  asserter?: { reference?: string };
  onsetDateTime?: string;
  abatementDateTime?: string;
  recordedDate?: string;
}

export interface AllergyIntolerance extends Resource {
  code?: CodeableConcept;
  clinicalStatus?: CodeableConcept;
  criticality?: string;
  reaction?: { manifestation?: CodeableConcept[]; severity?: string }[];
}

export interface MedicationRequest extends Resource {
  status?: string;
  requester?: { reference?: string; display?: string };
  dispenseRequest?: { expectedSupplyDuration?: Quantity };
  medicationCodeableConcept?: CodeableConcept;
  authoredOn?: string;
  dosageInstruction?: {
    text?: string;
    asNeededBoolean?: boolean;
    timing?: { repeat?: { frequency?: number; period?: number; periodUnit?: string; when?: string[] } };
    doseAndRate?: { doseQuantity?: Quantity }[];
  }[];
}

export interface ObservationValue {
  code?: CodeableConcept;
  valueQuantity?: Quantity;
  valueCodeableConcept?: CodeableConcept;
  valueString?: string;
  referenceRange?: { low?: Quantity; high?: Quantity; text?: string }[];
}

export interface Observation extends Resource, ObservationValue {
  status?: string;
  category?: CodeableConcept[];
  effectiveDateTime?: string;
  effectivePeriod?: Period;
  issued?: string;
  component?: ObservationValue[];
}

export interface TimelineResource extends Resource {
  status?: string;
  code?: CodeableConcept;
  type?: CodeableConcept[];
  class?: Coding;
  vaccineCode?: CodeableConcept;
  period?: Period;
  performedDateTime?: string;
  performedPeriod?: Period;
  occurrenceDateTime?: string;
  effectiveDateTime?: string;
  issued?: string;
  reasonCode?: CodeableConcept[];
  result?: unknown[];
  conclusion?: string;
}

export interface DocumentReference extends Resource {
  status?: string;
  type?: CodeableConcept;
  description?: string;
  date?: string;
  author?: { display?: string }[];
  content?: { attachment?: { contentType?: string; title?: string; creation?: string; data?: string } }[];
}

export interface Bundle<Item extends Resource> {
  total?: number;
  link?: { relation: string; url: string }[];
  entry?: { resource: Item; search?: { mode?: string } }[];
}

/** SNOMED CT writes the kind of a concept behind its name; a reader does not need it. */
const SEMANTIC_TAG =
  / \((?:finding|disorder|procedure|situation|event|person|regime\/therapy|substance|physical object|morphologic abnormality)\)$/;

export function conceptWords(concept: CodeableConcept | undefined): string | undefined {
  const words = concept?.text ?? concept?.coding?.find((coding) => coding.display !== undefined)?.display;
  return words?.replace(SEMANTIC_TAG, '');
}

export function conceptCode(concept: CodeableConcept | undefined): string | undefined {
  return concept?.coding?.[0]?.code;
}

/** Name as the person would be addressed; digits that generators append to names stay, they are part of the record. */
export function personName(names: readonly HumanName[] | undefined): string {
  const name = names?.find((one) => one.use === 'official') ?? names?.[0];
  if (name === undefined) return '';
  return (
    name.text ??
    [...(name.prefix ?? []), ...(name.given ?? []), name.family ?? ''].filter((part) => part !== '').join(' ')
  );
}

export function givenName(names: readonly HumanName[] | undefined): string {
  const name = names?.find((one) => one.use === 'official') ?? names?.[0];
  return name?.given?.[0] ?? name?.text?.split(' ')[0] ?? '';
}

export function addressLine(address: Address | undefined): string {
  if (address === undefined) return '';
  if (address.text !== undefined) return address.text;
  const place = [address.postalCode, address.city].filter((part) => part !== undefined).join(' ');
  return [...(address.line ?? []), place, address.state, address.country]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

export function contactValue(telecom: readonly ContactPoint[] | undefined, system: 'phone' | 'email'): string {
  return telecom?.find((point) => point.system === system)?.value ?? '';
}

/** FHIR ids of the records that the desk has joined into this one, or of the one that it was joined into. */
export function joinedWith({ link = [] }: Patient, type: 'replaces' | 'replaced-by'): string[] {
  return link.flatMap((one) => {
    const id = one.type === type ? /^Patient\/(.+)$/.exec(one.other?.reference ?? '')?.[1] : undefined;
    return id === undefined ? [] : [id];
  });
}
