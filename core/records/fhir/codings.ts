/** Finds the codings of a resource, wherever its datatypes put them (FHIR R4 Coding, CodeableConcept). */
export interface ResourceLike {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

export interface Coding {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
}

/** Elements that say what the record is about, in any resource type that has them. */
const CLINICAL_ELEMENTS = [
  'code',
  'valueCodeableConcept',
  'reasonCode',
  'medicationCodeableConcept',
  'vaccineCode',
  'component',
  'type',
];

/** Codings of the elements that name the clinical content; other elements say where or by whom. */
export function codings(resource: ResourceLike): Coding[] {
  const found: Coding[] = [];
  for (const element of CLINICAL_ELEMENTS) collect(resource[element], found, 0);
  return found;
}

export function hasCodingOf(value: unknown, code: string): boolean {
  const found: Coding[] = [];
  collect(value, found, 0);
  return found.some((coding) => coding.code === code);
}

/** Components hold concepts, concepts hold codings: three levels. */
const LEVELS = 4;

function collect(value: unknown, found: Coding[], level: number): void {
  if (typeof value !== 'object' || value === null || level > LEVELS) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found, level + 1);
    return;
  }
  const object = value as Record<string, unknown>;
  if (typeof object['code'] === 'string') {
    found.push({ system: textOf(object['system']), code: object['code'] });
  }
  for (const element of ['coding', 'code', 'valueCodeableConcept']) {
    if (typeof object[element] === 'object') collect(object[element], found, level + 1);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
